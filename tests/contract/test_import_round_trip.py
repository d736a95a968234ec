"""The directives of the project, written as Word files and brought again, have the same sections."""

from dataclasses import replace

import docx
import pytest

from editing.importing.conversion import convert_text
from editing.importing.directive_file import first_reading
from knowledge.directives.front_matter import FrontMatter, read_front_matter
from knowledge.directives.parser import parse_directive
from knowledge.directives.source import MAX_WRAPPED_CHARACTERS
from tests.conftest import ROOT
from tests.fakes.brought_files import LIMITS, saved

FOLDER = ROOT / "knowledge/content/directives"
SLUGS = sorted(path.stem for path in FOLDER.glob("*.txt"))


def sections(text, slug, front):
    """Label and words of each."""
    return [(section.label, section.text) for section in parse_directive(text, slug, front).sections]


def paragraphs(text):
    """As Word has them: what the web page indented is the end of the line above. With the new number of each line."""
    found, numbers = [], {}
    for number, line in enumerate(text.rstrip("\n").split("\n"), start=1):
        if line.startswith("  ") and line.strip() and len(found[-1]) + len(line) <= MAX_WRAPPED_CHARACTERS:
            found[-1] = f"{found[-1]} {line.strip()}"
        else:
            found.append(line)
        numbers[number] = len(found)
    return found, numbers


@pytest.mark.parametrize("slug", SLUGS)
def test_a_directive_comes_back_from_word_with_the_same_sections(slug):
    text = (FOLDER / f"{slug}.txt").read_text(encoding="utf-8")
    front = read_front_matter((FOLDER / f"{slug}.yml").read_text(encoding="utf-8"), slug)
    lines, numbers = paragraphs(text)
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    brought = convert_text(f"{slug}.docx", saved(document), LIMITS)
    assert first_reading(brought).slug == slug
    moved = tuple(replace(split, line=numbers[split.line]) for split in front.split_letters)
    assert sections(brought.text, slug, replace(front, split_letters=moved)) == sections(text, slug, front)


def test_paragraphs_that_are_whole_in_word_stay_whole():
    """As people have it: one paragraph a point, with tables for head and foot."""
    slug = "288-BHXH-VP"
    text = (FOLDER / f"{slug}.txt").read_text(encoding="utf-8")
    known = parse_directive(text, slug, FrontMatter())
    document = docx.Document()
    paragraphs = sorted((part.first_line, part.full_text) for section in known.sections for part in section.paragraphs)
    for _, words in paragraphs:
        document.add_paragraph(words)
    brought = convert_text("a.docx", saved(document), LIMITS)
    file = first_reading(brought)
    again = parse_directive(brought.text, slug, file.body.front_matter(slug))
    assert [section.label for section in again.sections] == [section.label for section in known.sections]
