from datetime import date

import pytest

from knowledge.faqs.library import load_faqs
from knowledge.faqs.problem import ContentError, ProblemKind


def test_an_entry_is_loaded_with_all_its_fields(faqs, parameters, today):
    (entry,) = load_faqs(faqs, parameters, today)
    assert entry.id == "muc-dong-thu"
    assert entry.topic == "Chủ đề thử"
    assert entry.question == "Mức đóng thử là bao nhiêu?"
    assert len(entry.alternates) == 8
    assert entry.audience == ("citizen",)
    assert (entry.confidence, entry.source, entry.status) == ("high", "primary", "live")
    assert entry.review_by == date(2027, 6, 30)
    assert entry.facts == ("F00",)


def test_the_answer_holds_the_value_in_force_on_the_day(faqs, parameters):
    (now,) = load_faqs(faqs, parameters, date(2026, 11, 22))
    (then,) = load_faqs(faqs, parameters, date(2025, 11, 22))
    assert now.answer == "Mức đóng là 2.530.000 đồng/tháng.\nNơi làm: Cơ quan thử."
    assert then.answer == "Mức đóng là 1.000.000 đồng/tháng.\nNơi làm: Cơ quan thử."


def test_a_legal_basis_may_come_from_the_parameter_table(spoil, parameters, today):
    folder = spoil(
        "- {document: Luật Thử số 1/2024/QH15, article: Điều 9, effective_from: 2025-07-01, effective_to: null}",
        "- {parameter: muc_thu}",
    )
    (entry,) = load_faqs(folder, parameters, today)
    (basis,) = entry.legal_basis
    assert (basis.document, basis.article, basis.effective_from) == ("Nghị định thử", "Điều 1", date(2026, 1, 1))


def test_a_null_article_means_the_whole_document(spoil, parameters, today):
    (entry,) = load_faqs(spoil("article: Điều 9", "article: null"), parameters, today)
    assert entry.legal_basis[0].article == ""


def test_drafts_are_loaded_too(spoil, parameters, today):
    (entry,) = load_faqs(spoil("status: live", "status: draft"), parameters, today)
    assert entry.status == "draft"


def test_an_entry_whose_value_has_ended_is_left_out(spoil, parameters):
    folder = spoil("{muc_thu}", "{muc_sap_het}")
    assert load_faqs(folder, parameters, date(2026, 12, 31))
    assert load_faqs(folder, parameters, date(2027, 1, 1)) == ()


def test_files_come_in_alphabetical_order(faqs, faq_text, parameters, today):
    (faqs / "a.yml").write_text(faq_text.replace("id: muc-dong-thu", "id: muc-dau"), encoding="utf-8")
    assert [entry.id for entry in load_faqs(faqs, parameters, today)] == ["muc-dau", "muc-dong-thu"]


def test_other_files_in_the_folder_are_ignored(faqs, parameters, today):
    (faqs / "ghi-chu.md").write_text("{{", encoding="utf-8")
    assert len(load_faqs(faqs, parameters, today)) == 1


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("topic: Chủ đề thử", "chu_de: x", ProblemKind.MISSING_KEY),
        ("{muc_thu}", "{muc_la}", ProblemKind.UNKNOWN_PARAMETER),
        ("{muc_thu}", "{muc_thu/0}", ProblemKind.PLACEHOLDER_FORM),
        ("review_by: 2027-06-30", "review_by: null", ProblemKind.DATE_FORM),
    ],
)
def test_a_wrong_folder_is_not_loaded(spoil, parameters, today, old, new, kind):
    with pytest.raises(ContentError) as error:
        load_faqs(spoil(old, new), parameters, today)
    assert kind in [finding.kind for finding in error.value.findings]


def test_a_missing_folder_is_said(tmp_path, parameters, today):
    with pytest.raises(ContentError, match="khong-co:0 folder_missing"):
        load_faqs(tmp_path / "khong-co", parameters, today)
