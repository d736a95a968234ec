from pathlib import Path

from bot.components.source_digest import text_rules_digest


def project(folder: Path) -> Path:
    (folder / "vietnamese").mkdir()
    (folder / "bot" / "components").mkdir(parents=True)
    (folder / "vietnamese" / "words.py").write_text("A = 1")
    (folder / "bot" / "components" / "rules.py").write_text("B = 1")
    return folder


def test_a_changed_lexicon_changes_the_digest(tmp_path: Path):
    root = project(tmp_path)
    before = text_rules_digest(root)
    (root / "vietnamese" / "words.py").write_text("A = 2")
    assert text_rules_digest(root) != before


def test_a_renamed_module_changes_the_digest(tmp_path: Path):
    root = project(tmp_path)
    before = text_rules_digest(root)
    (root / "bot" / "components" / "rules.py").rename(root / "bot" / "components" / "other.py")
    assert text_rules_digest(root) != before


def test_the_same_sources_give_the_same_digest(tmp_path: Path):
    root = project(tmp_path)
    assert text_rules_digest(root) == text_rules_digest(root)
