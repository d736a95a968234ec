from knowledge.faqs.library import load_faqs
from knowledge.faqs.passages import faq_passages
from knowledge.passage import Collection


def test_an_entry_becomes_one_passage(faqs, parameters, today):
    (passage,) = faq_passages(load_faqs(faqs, parameters, today))
    assert passage.id == "faq/muc-dong-thu"
    assert passage.collection is Collection.FAQ
    assert (passage.document, passage.section) == ("muc-dong-thu", "")
    assert passage.title == "Mức đóng thử là bao nhiêu?"
    assert passage.text == "Mức đóng là 2.530.000 đồng/tháng."
    assert passage.context == "Chủ đề thử"
    assert "giá một kỳ thử" in passage.questions
    assert passage.answerable


def test_a_draft_gives_no_passage(spoil, parameters, today):
    assert faq_passages(load_faqs(spoil("status: live", "status: draft"), parameters, today)) == ()
