from dataclasses import dataclass
from pathlib import Path

import pytest

from settings.reader import SettingsError, read_section


@dataclass(frozen=True)
class Inner:
    rate: float


@dataclass(frozen=True)
class Section:
    folder: Path
    count: int
    names: tuple[str, ...]
    inner: Inner
    note: str | None = None


GOOD = "room:\n  folder: var\n  count: 3\n  names: [a, b]\n  inner: {rate: 2}\n"


def read(tmp_path, text):
    file = tmp_path / "settings.yml"
    file.write_text(text, encoding="utf-8")
    return read_section(file, "room", Section)


def test_a_section_becomes_its_dataclass_with_paths_tuples_and_nested_sections(tmp_path):
    assert read(tmp_path, GOOD) == Section(Path("var"), 3, ("a", "b"), Inner(2.0))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD + "  colour: red\n", r"room\.colour: unknown key"),
        (GOOD.replace("  count: 3\n", ""), r"room\.count: missing"),
        (GOOD.replace("count: 3", "count: three"), r"room\.count: expected int"),
        (GOOD.replace("count: 3", "count: true"), r"room\.count: expected a number"),
        (GOOD.replace("{rate: 2}", "{speed: 2}"), r"room\.inner\.speed: unknown key"),
        (GOOD.replace("[a, b]", "a"), r"room\.names: expected a list"),
        ("other: {}\n", "section 'room' is missing"),
        ("room: [1, 2]\n", "expected keys and values"),
        ("room: {\n", "not valid YAML"),
        ("", "section 'room' is missing"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, named):
    with pytest.raises(SettingsError, match=named):
        read(tmp_path, text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SettingsError, match="no such settings file"):
        read_section(tmp_path / "none.yml", "room", Section)
