"""What a parser says of a directive reaches editors in Vietnamese sentences."""

import re

import pytest

from editing.bodies.directive import DirectiveBody
from editing.bodies.directive_faults import fault_in_words
from editing.importing.directive_file import DirectiveFile, read_directive
from editing.importing.messages import load_import_messages
from editing.workshop.faults import sentences_of
from knowledge.directives.correction import MOST_CORRECTIONS
from knowledge.directives.errors import DirectiveError, DirectiveFault
from knowledge.directives.library import load_directives
from tests.fakes.brought_files import LETTER

TEXT = "\n".join(LETTER) + "\n"


def line(**said):
    return {"corrections": [{"line": 10, "as": "point", **said}]}


@pytest.mark.parametrize(
    ("text", "front", "words"),
    [
        ("", {}, "chưa thấy số, ký hiệu"),
        ("", {"number": "1/X"}, "chưa thấy ngày ban hành"),
        (TEXT, {"issued_on": "05/10/2026"}, "“05/10/2026” không phải là một ngày"),
        (TEXT, {"issued_on": "2026-02-30"}, "“2026-02-30” không phải là một ngày"),
        (TEXT, {"validity": {"effective_from": None}}, "thiếu ngày bắt đầu"),
        (TEXT, {"mau": "đỏ"}, "không dùng được: mau"),
        (TEXT, {"changed_by": [{"kind": "x"}]}, "sửa đổi, thay thế"),
        (TEXT, {"corrections": [{"line": 1, "as": "text"}] * (MOST_CORRECTIONS + 1)}, "quá 2000 chỉnh sửa"),
        (TEXT, {"corrections": [{"line": "mười"}]}, "không đúng dạng"),
        (TEXT, line(**{"as": "lạ"}), "không đúng dạng"),
        (TEXT, {"corrections": [{"line": 999, "as": "text"}]}, "dòng 999 không còn khớp"),
        (TEXT, line(**{"as": "split"}), "cắt dòng 10"),
        (TEXT, line(label="a"), "số “a” ghi cho dòng 10"),
        (TEXT, line(level="number", label="x"), "số “x” ghi cho dòng 10"),
        (TEXT, {"split_letters": [{"line": 999, "repaired": "x"}]}, "dòng 999 không còn khớp với toàn văn"),
        (TEXT, {"split_letters": [{"dong": 1}]}, "không đúng dạng"),
    ],
)
def test_each_fault_is_a_vietnamese_sentence(text, front, words):
    with pytest.raises(DirectiveError) as raised:
        DirectiveBody(text, front).parsed("moi")
    said = fault_in_words(raised.value)
    assert words in said
    assert not re.search(r"[{}]|correction|must be|wrong|not a |line ", said)


def test_every_fault_has_a_sentence():
    assert all(fault_in_words(DirectiveError("", fault)) for fault in DirectiveFault)


def test_a_long_value_is_cut():
    assert len(fault_in_words(DirectiveError("", DirectiveFault.DATE, value="x" * 9_000))) < 120


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ({"issued_on": "mai"}, "Thông tin văn bản có chỗ không hợp lệ: “mai” không phải là một ngày"),
        ({"corrections": [{"line": 999, "as": "text"}]}, "Chỉnh sửa ở dòng 999 không áp dụng được"),
    ],
)
def test_the_preview_of_an_import_says_it_too(front, words):
    read = read_directive(DirectiveFile("", DirectiveBody(TEXT, front)))
    (problem,) = read.problems
    assert words in load_import_messages().problem(problem)


def test_a_build_names_the_document(tmp_path):
    (tmp_path / "12-BHXH-CSXH.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "12-BHXH-CSXH.yml").write_text("mau: do\n", encoding="utf-8")
    with pytest.raises(DirectiveError) as raised:
        load_directives(tmp_path)
    assert sentences_of(raised.value) == ("12-BHXH-CSXH: phần thông tin có trường không dùng được: mau.",)
