"""How documents and places in them are cited."""

import pytest

from knowledge.faqs.legal_form import is_article, is_document
from knowledge.faqs.problem import ProblemKind
from knowledge.faqs.validate import validate_folder


@pytest.mark.parametrize(
    "written",
    [
        "Điều 70",
        "Điều 64 khoản 1 điểm a",
        "Điều 18 khoản 2 điểm a, b",
        "Điều 22 khoản 5a, Điều 27",
        "Điều 70 khoản 1 điểm c–d, khoản 4; Điều 78 khoản 3–4; Điều 106",
        "Điều 8 khoản 1, Điều 13 khoản 2 và khoản 7",
        "Điều 58 đến Điều 60",
        "Điều 22–24, 26",
        "Điều 6 khoản 5 điểm b, Mẫu số 4",
        "Mục 1 điểm e",
        "Mục II.1",
        "Phụ lục VII.4",
    ],
)
def test_places_are_cited_from_the_large_to_the_small(written):
    assert is_article(written)


@pytest.mark.parametrize(
    "written",
    ["khoản 1 Điều 64", "Điều", "điều 70", "Điều 70 điểm a", "Điều 70.", "Đ.70", "Điều 70 k1", "điểm a", "Điều 70,"],
)
def test_other_ways_of_citing_a_place_are_refused(written):
    assert not is_article(written)


@pytest.mark.parametrize(
    "written",
    [
        "Luật Bảo hiểm xã hội số 41/2024/QH15",
        "Luật Bảo hiểm xã hội số 41/2024/QH15, sửa đổi bởi Luật Dân số số 113/2025/QH15",
        "Luật Bảo hiểm y tế (sửa đổi bởi Luật số 51/2024/QH15)",
        "Bộ luật Lao động năm 2019",
        "Nghị định số 158/2025/NĐ-CP",
        "Nghị quyết số 78/2025/UBTVQH15",
        "Nghị quyết số 66.7/2025/NQ-CP",
        "Thông tư số 12/2025/TT-BNV",
        "Quyết định số 844/QĐ-TTg",
        "Công văn số 1804/BHXH-QLT năm 2025",
        "Văn bản hợp nhất số 19/VBHN-VPQH",
    ],
)
def test_documents_are_cited_by_kind_and_number(written):
    assert is_document(written)


@pytest.mark.parametrize(
    "written", ["Luật BHXH", "NĐ 158/2025/NĐ-CP", "Nghị định 158/2025/NĐ-CP", "Nghị định số 158", "41/2024/QH15"]
)
def test_short_names_of_documents_are_refused(written):
    assert not is_document(written)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("article: Điều 9", "article: khoản 1 Điều 9", ProblemKind.ARTICLE_FORM),
        ("Luật Thử số 1/2024/QH15", "Luật thử", ProblemKind.DOCUMENT_FORM),
    ],
)
def test_an_odd_citation_is_a_warning_at_its_line(spoil, parameters, today, old, new, kind):
    (problem,) = validate_folder(spoil(old, new), parameters, today)
    assert (problem.kind, problem.line, problem.is_warning) == (kind, 17, True)
