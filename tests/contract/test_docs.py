"""What the docs must name: every setting, status, command and environment variable."""

import dataclasses
import re
import typing
from pathlib import Path

import pytest
import typer.main
import yaml

from app.cli import build_app
from connectors.settings import ConnectorSettings
from desk.settings import DeskSettings
from editing.settings import EditingSettings
from knowledge.answer import AnswerStatus
from knowledge.settings import KnowledgeSettings

ROOT = Path(__file__).resolve().parents[2]
SETTINGS_DOC = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r"[\"{$]((?:BHXH|ZALO|TELEGRAM)_[A-Z_]*[A-Z])\b")
GROUPED = ("search.fusion", "search.calibration")


def keys_of(section, prefix=""):
    for name, hint in typing.get_type_hints(section).items():
        if dataclasses.is_dataclass(hint):
            yield from keys_of(hint, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


SECTIONS = (KnowledgeSettings, ConnectorSettings, DeskSettings, EditingSettings)


@pytest.mark.parametrize("key", [key for section in SECTIONS for key in keys_of(section)])
def test_every_setting_has_a_line(key):
    group = next((group for group in GROUPED if key.startswith(group)), None)
    assert f"`{group}.*`" in SETTINGS_DOC if group else f"`{key}`" in SETTINGS_DOC


def test_every_environment_variable_has_a_line():
    sources = [*ROOT.glob("[a-z]*/**/*.py"), *ROOT.glob("*.yml"), ROOT / "Makefile"]
    sources = [path for path in sources if not {"var", "tests", "models"} & set(path.relative_to(ROOT).parts)]
    used = {name for path in sources for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert {name for name in used if f"`{name}`" not in SETTINGS_DOC} == set()


def test_every_status_has_a_vietnamese_name():
    labels = yaml.safe_load((ROOT / "knowledge" / "content" / "labels.yml").read_text(encoding="utf-8"))
    assert set(labels["statuses"]) == {status.value for status in AnswerStatus} | {"no_status"}


def test_every_command_is_in_the_command_reference():
    reference = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    group = typer.main.get_command(build_app())
    for name, command in group.commands.items():
        names = [f"{name} {sub}" for sub in command.commands] if hasattr(command, "commands") else [name]
        assert [one for one in names if f"`bhxh {one}" not in reference] == []


def test_every_make_verb_has_help():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split()
    assert [verb for verb in verbs if not re.search(rf"^{verb}:.*## ", makefile, re.MULTILINE)] == []


def test_the_readme_stays_short_and_its_links_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.count("\n") <= 120
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", readme) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []


def documents():
    return sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("connectors/*/doc.md")])


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []
