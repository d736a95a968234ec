"""Scripts, templates, FAQ files and texts.yml agree."""

import re
from datetime import date
from pathlib import Path

import pytest

from console.chat.pages import FOLDER
from console.chat.texts import load_page_texts
from knowledge.faqs.entry import Audience
from knowledge.faqs.library import load_faqs
from knowledge.faqs.parameters import load_parameters

CONTENT = Path(__file__).resolve().parents[4] / "knowledge" / "content"
TODAY = date(2026, 11, 22)
FILLED_IN = {"feedback_thanks_${value}": {"feedback_thanks_up", "feedback_thanks_down"}}


@pytest.fixture(scope="module")
def texts():
    return load_page_texts(FOLDER / "texts.yml")


def named_in_scripts():
    """Keys that scripts name: in text("…"), text(`…`), and on either side of a ?: inside text(…)."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER / "static" / "js").glob("*.js"))
    calls = re.findall(r"\btext\(((?:[^()]|\([^()]*\))*)\)", source)
    names = {name for call in calls for name in re.findall(r"[\"`]([a-z_${}]+)[\"`]", call)}
    return set().union(*(FILLED_IN.get(name, {name}) for name in names))


def test_every_sentence_that_a_script_shows_exists(texts):
    assert named_in_scripts() <= set(texts.messages)


def test_no_sentence_is_left_over(texts):
    templates = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER / "templates").glob("*.html"))
    in_templates = set(re.findall(r"texts\.messages\.(\w+)", templates)) - {"items"}
    assert set(texts.messages) == named_in_scripts() | in_templates


def test_no_script_holds_vietnamese_of_its_own():
    letters = re.compile(r"[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ]", re.IGNORECASE)
    for path in (FOLDER / "static" / "js").glob("*.js"):
        code = re.sub(r"//.*", "", re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
        assert not letters.search(code), path.name


def test_every_audience_of_the_faqs_has_a_name(texts):
    assert set(texts.audiences) == {audience.value for audience in Audience}


def test_every_example_is_a_question_that_a_faq_answers(texts):
    entries = load_faqs(CONTENT / "faqs", load_parameters(CONTENT / "parameters.yml"), TODAY)
    questions = {entry.question for entry in entries if entry.status == "live"}
    assert set(texts.examples) <= questions


def test_the_hotline_can_be_dialled(texts):
    assert texts.hotline_uri == "tel:19009068"
