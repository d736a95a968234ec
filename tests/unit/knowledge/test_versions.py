from datetime import date

import pytest

from knowledge.errors import KnowledgeError
from knowledge.versions import read_versions


def write(tmp_path, text):
    path = tmp_path / "versions.yml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_version_belongs_to_a_document_and_its_period(tmp_path):
    rows = "- {document: faq/x, version: 3}\n- {document: faq/x, version: 4, live_from: 2027-01-01}\n"
    versions = read_versions(write(tmp_path, rows))
    assert versions.of("faq/x", None) == "3"
    assert versions.of("faq/x", date(2027, 1, 1)) == "4"


def test_what_the_file_does_not_name_has_no_version(tmp_path):
    assert read_versions(write(tmp_path, "")).of("faq/x", None) == ""
    assert read_versions(tmp_path / "none.yml").of("faq/x", None) == ""


@pytest.mark.parametrize(
    "text",
    [
        "a: 1",
        "- faq/x",
        "- {document: faq/x}",
        "- {document: faq/x, version: '3'}",
        "- {document: faq/x, version: true}",
        "- {document: 5, version: 3}",
        "- {document: faq/x, version: 3, live_from: soon}",
        "- {document: faq/x, version: 3, owner: me}",
        "- [",
        b"\xff\xfe",
    ],
)
def test_anything_else_is_refused_with_the_name_of_the_file(tmp_path, text):
    with pytest.raises(KnowledgeError, match=r"versions\.yml"):
        read_versions(write(tmp_path, text))
