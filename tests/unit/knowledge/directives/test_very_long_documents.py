"""Documents that nobody would write are read in time that grows with their length; nothing of them is lost."""

from knowledge.directives.duplicates import MOST_COMPARED
from knowledge.directives.parser import parse_directive
from knowledge.directives.passages import directive_passages
from knowledge.passage import MAX_PASSAGE_CHARACTERS

HEAD = (
    "BẢO HIỂM XÃ HỘI THỬ NGHIỆM\nSố: 12/BHXH-CSXH\nHà Nội, ngày 05 tháng 10 năm 2026\nV/v thử\nKính gửi: Các đơn vị.\n"
)


def passages(body):
    return directive_passages(parse_directive(HEAD + body, "x"))


def test_a_paragraph_of_many_pages_is_cut_and_keeps_its_words():
    found = [part for part in passages("Câu này dài vừa phải thôi. " * 2_000) if part.section != "thể thức"]
    assert all(len(part.text) <= MAX_PASSAGE_CHARACTERS for part in found)
    assert sum(part.text.count("Câu này") for part in found) == 2_000


def test_of_very_many_sections_those_that_say_the_same_rare_words_are_still_found():
    many = MOST_COMPARED + 50
    lines = [f"Điều {number}. Việc riêng số {number} của đơn vị thử nghiệm." for number in range(1, many)]
    twice = "Lập sổ theo dõi giấy hẹn màu xanh của bộ phận một cửa trong ngày làm việc."
    found = passages("\n".join([f"Điều 1. {twice}", *lines[1:], f"Điều {many}. {twice}", ""]))
    first = next(part for part in found if part.section == "Điều 1")
    assert [other.rsplit("/", 1)[1] for other in first.near_duplicates] == [f"dieu-{many}"]
