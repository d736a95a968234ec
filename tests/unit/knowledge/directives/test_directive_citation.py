import pytest

from knowledge.directives.citation import citation_label, document_label
from knowledge.directives.labels import load_labels, read_labels

LETTER, DECISION = "Công văn 288/BHXH-VP ngày 31/01/2024", "Quyết định 24/QĐ-BHXH ngày 19/01/2024"
CITED = [
    ("288-BHXH-VP", "1.e", f"điểm e mục 1 {LETTER}"),
    ("288-BHXH-VP", "3", f"mục 3 {LETTER}"),
    ("288-BHXH-VP", "mở đầu", f"phần mở đầu {LETTER}"),
    ("288-BHXH-VP", "kết", f"phần kết {LETTER}"),
    ("288-BHXH-VP", "thể thức", f"phần thể thức {LETTER}"),
    ("771-BHXH-TTKT", "2.-3", "gạch đầu dòng thứ 3 mục 2 Công văn 771/BHXH-TTKT ngày 29/03/2021"),
    ("09-BHXH-TDKT", "II.7", "mục 7 phần II Công văn 09/BHXH-TĐKT ngày 04/01/2023"),
    ("24-QD-BHXH", "Điều 1", f"Điều 1 {DECISION}"),
    ("24-QD-BHXH", "I.2", f"mục 2 phần I Chương trình hành động kèm theo {DECISION}"),
    (
        "24-QD-BHXH",
        "III.5.b",
        f"điểm b mục 5 phần III (Nhiệm vụ và giải pháp) Chương trình hành động kèm theo {DECISION}",
    ),
    ("24-QD-BHXH", "III(2)", f"phần III (Tổ chức thực hiện) Chương trình hành động kèm theo {DECISION}"),
    (
        "24-QD-BHXH",
        "III(2).2.a",
        f"điểm a mục 2 phần III (Tổ chức thực hiện) Chương trình hành động kèm theo {DECISION}",
    ),
    ("24-QD-BHXH", "mở đầu(2)", f"phần mở đầu Chương trình hành động kèm theo {DECISION}"),
    ("24-QD-BHXH", "Phụ lục V.6", f"dòng 6 nhóm V Phụ lục kèm theo {DECISION}"),
    ("24-QD-BHXH", "Chú thích 1", f"chú thích 1 Chương trình hành động kèm theo {DECISION}"),
]
CITED_INVENTED = [
    ("125-BHXH-CST", "1.đ", "điểm đ mục 1 Công văn 125/BHXH-CST ngày 05/06/2023"),
    ("125-BHXH-CST", "3.1", "mục 3.1 Công văn 125/BHXH-CST ngày 05/06/2023"),
    ("77-QD-BHXH", "Điều 2(2).2.đ", "điểm đ khoản 2 Điều 2 Quy chế kèm theo Quyết định 77/QĐ-BHXH ngày 15/08/2022"),
    ("310-KH-BHXH", "Phụ lục 01.2", "dòng 2 Phụ lục 01 kèm theo Kế hoạch 310/KH-BHXH ngày 02/02/2024"),
    ("46-BHXH-VP", "đoạn 2", "đoạn thứ 2 Công văn 46/BHXH-VP ngày 12/04/2024"),
]


@pytest.mark.parametrize(("slug", "label", "cited"), CITED)
def test_a_place_is_cited_as_a_civil_servant_writes_it(slug, label, cited, directives):
    assert citation_label(directives[slug], label) == cited


@pytest.mark.parametrize(("slug", "label", "cited"), CITED_INVENTED)
def test_places_of_other_documents_are_cited_alike(slug, label, cited, invented):
    assert citation_label(invented[slug], label) == cited


def test_a_section_that_the_document_lacks_cannot_be_cited(directives):
    with pytest.raises(KeyError, match="288/BHXH-VP"):
        citation_label(directives["288-BHXH-VP"], "9.z")


def test_the_wording_can_be_given(directives, tmp_path):
    path = tmp_path / "labels.yml"
    text = "document: '{number}'\nattached: ''\ntitles: {}\nquestions: {}\ncontext: {}\nabbreviations: {}\n"
    text += "places: {number: 'điểm số {value}'}\n"
    path.write_text(text, encoding="utf-8")
    assert citation_label(directives["288-BHXH-VP"], "4", load_labels(path)) == "điểm số 4 288/BHXH-VP"


def test_labels_with_an_unknown_key_are_refused():
    with pytest.raises(TypeError, match="plases"):
        read_labels("plases: {}\nquestions: {}\n")


def test_a_document_is_called_by_kind_number_and_date(directives):
    assert document_label(directives["288-BHXH-VP"]) == LETTER
