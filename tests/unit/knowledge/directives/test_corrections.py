"""What a person says about a line wins over what the parser reads."""

import pytest
import yaml

from knowledge.directives.correction import Correction, Level, Reading, read_corrections, write_correction
from knowledge.directives.errors import DirectiveError
from knowledge.directives.front_matter import FrontMatter, read_front_matter
from knowledge.directives.parser import parse_directive

TEXT = """BẢO HIỂM XÃ HỘI THỬ NGHIỆM
Số: 12/BHXH-THU
Hà Nội, ngày 05 tháng 10 năm 2026
V/v thử nghiệm cách đọc văn bản
Kính gửi: Các đơn vị thử nghiệm.
LONG
1. Tiếp nhận hồ sơ.
Hồ sơ gồm đơn và bản sao; b) Giấy giới thiệu của đơn vị.
Trả kết quả cho công dân
Trả trong ba ngày làm việc.
Trang mạng thử nghiệm
2. Lưu hồ sơ.
Đề nghị các đơn vị thực hiện.
""".replace(
    "LONG",
    "Để thống nhất cách làm, cơ quan thử nghiệm hướng dẫn như sau, các đơn vị đọc kỹ và làm đúng từng bước một, "
    "không bỏ bước nào, không làm thay:",
)


def labels(*corrections, text=TEXT):
    directive = parse_directive(text, "12-BHXH-THU", FrontMatter(corrections=corrections))
    return {section.label: section.text for section in directive.sections}


def test_without_corrections_the_parser_decides():
    assert list(labels()) == ["thể thức", "mở đầu", "1", "2", "kết"]


def test_a_line_becomes_a_point_with_the_number_that_is_given():
    found = labels(Correction(9, Reading.POINT, level=Level.LETTER, label="c"))
    assert found["1.c"].startswith("Trả kết quả cho công dân")


def test_a_line_is_cut_and_its_second_piece_is_read_anew():
    found = labels(Correction(8, Reading.SPLIT, at="b) Giấy"))
    assert found["1.b"].startswith("b) Giấy giới thiệu")
    assert found["1"].endswith("bản sao;")


def test_a_heading_stands_over_what_follows():
    directive = parse_directive(
        TEXT, "s", FrontMatter(corrections=(Correction(9, Reading.HEADING, level=Level.NUMBER, label="3"),))
    )
    section = directive.section("3")
    assert section.heading == "Trả kết quả cho công dân"
    assert [part.text for part in section.paragraphs][1] == "Trả trong ba ngày làm việc."


def test_what_is_left_out_is_in_no_section():
    assert "Trang mạng" in "".join(labels().values())
    assert "Trang mạng" not in "".join(labels(Correction(11, Reading.LEFT_OUT)).values())


def test_a_point_that_is_none_goes_on_in_the_point_before():
    found = labels(Correction(12, Reading.TEXT))
    assert "2" not in found
    assert "2. Lưu hồ sơ." in found["1"]


def test_a_line_is_joined_to_the_paragraph_before():
    assert "Tiếp nhận hồ sơ. Hồ sơ gồm" in labels(Correction(8, Reading.JOINED))["1"]


def test_the_closing_begins_where_a_person_says():
    assert labels(Correction(12, Reading.CLOSING))["kết"].startswith("2. Lưu hồ sơ.")


def test_words_taken_for_the_closing_stay_in_their_point():
    found = labels(Correction(13, Reading.TEXT))
    assert "kết" not in found
    assert found["2"].endswith("Đề nghị các đơn vị thực hiện.")


def test_the_head_ends_where_a_line_is_marked():
    found = labels(Correction(4, Reading.POINT, level=Level.ROMAN, label="I"))
    assert "V/v" not in found["thể thức"]
    assert "V/v thử nghiệm" in found["I"]


def test_a_point_without_a_number_needs_one():
    with pytest.raises(DirectiveError, match="line 9"):
        labels(Correction(9, Reading.POINT))


def test_a_line_that_is_not_there_is_named():
    with pytest.raises(DirectiveError, match="no line 99"):
        labels(Correction(99, Reading.TEXT))
    with pytest.raises(DirectiveError, match="no line 8"):
        labels(Correction(8, Reading.SPLIT, at="không có ở đây"))


def test_short_lines_that_are_paragraphs_are_not_joined():
    text = TEXT.replace(max(TEXT.split("\n"), key=len), "Hướng dẫn:")
    loose = parse_directive(text, "s", FrontMatter(wrapped=False))
    assert "Trả kết quả cho công dân\nTrả trong ba ngày" in loose.section("1").text


@pytest.mark.parametrize(
    "entry",
    [
        {"line": 0, "as": "text"},
        {"line": "1", "as": "text"},
        {"line": 1, "as": "page"},
        {"line": 1, "as": "split"},
        {"line": 1, "as": "point", "level": "letter", "label": "12"},
        {"line": 1, "as": "point", "level": "row", "label": "1"},
        {"line": 1, "as": "point", "label": "a"},
        {"line": 1, "as": "text", "more": 1},
    ],
)
def test_wrong_corrections_are_refused_by_name(entry):
    with pytest.raises(DirectiveError, match="corrections"):
        read_corrections([entry])


def test_corrections_are_written_as_they_are_read():
    one = Correction(9, Reading.POINT, "Trả", Level.LETTER, "đ")
    text = yaml.safe_dump({"corrections": [write_correction(one)]}, allow_unicode=True)
    assert read_front_matter(text, "x.yml").corrections == (one,)


def test_a_table_ends_where_a_person_says_so():
    table = "\n".join(
        ["PHỤ LỤC", "TT", "Nội dung công việc", "Thời hạn", "1", "Việc một", "Quý I", "Ghi chú chung.", ""]
    )
    text = TEXT + "Nơi nhận:\n- Như trên.\nGIÁM ĐỐC\nNguyễn Văn Thử\n" + table
    line = text.split("\n").index("Ghi chú chung.") + 1
    found = labels(Correction(line, Reading.TEXT), text=text)
    assert "Ghi chú chung." not in found["Phụ lục.1"]
    assert any("Ghi chú chung." in words for words in found.values())
