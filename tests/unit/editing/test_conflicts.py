"""Entries that rest on the same place of the law and say another figure."""

from editing.conflicts import Stated, conflicts

LAW = ("Luật Bảo hiểm xã hội số 41/2024/QH15", "Điều 70")


def stated(document, text, *bases):
    return Stated(document, f"Câu hỏi {document}", text, bases or (LAW,))


MINE = stated("faq/a", "Được hưởng tối đa 75% và nghỉ đủ 12 tháng.")


def test_another_figure_on_the_same_basis_is_found():
    (found,) = conflicts(MINE, [stated("faq/b", "Mức hưởng tối đa 70%.")])
    assert (found.document, found.mine, found.other, found.unit) == ("faq/b", "75", "70", "%")
    assert "70" in found.basis


def test_the_same_figure_is_no_conflict():
    assert not list(conflicts(MINE, [stated("faq/b", "Hưởng TỐI ĐA 75 % lương.")]))


def test_another_article_is_no_conflict():
    assert not list(conflicts(MINE, [stated("faq/b", "Tối đa 70%.", (LAW[0], "Điều 71"))]))


def test_figures_about_other_things_are_no_conflict():
    assert not list(conflicts(MINE, [stated("faq/b", "Đóng ít nhất 8%, nghỉ thêm 6 tháng.")]))


def test_how_the_law_is_written_does_not_matter():
    other = stated("faq/b", "Tối đa 70%.", ("luật bảo hiểm xã hội số 41/2024/qh15", "điều 70"))
    assert len(list(conflicts(MINE, [other]))) == 1


def test_an_entry_is_not_in_conflict_with_itself():
    assert not list(conflicts(MINE, [stated("faq/a", "Tối đa 70%.")]))
