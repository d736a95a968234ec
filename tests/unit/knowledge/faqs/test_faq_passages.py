from knowledge.faqs.passages import faq_passages
from knowledge.faqs.template import load_templates
from knowledge.passage import Collection
from knowledge.versions import NO_VERSIONS


def passages(folder, parameters, day):
    return faq_passages(load_templates(folder, parameters, NO_VERSIONS, day), day)


def test_an_entry_becomes_one_passage(faqs, parameters, today):
    (passage,) = passages(faqs, parameters, today)
    assert passage.id == "faq/muc-dong-thu"
    assert passage.collection is Collection.FAQ
    assert (passage.document, passage.section) == ("muc-dong-thu", "")
    assert passage.title == "Mức đóng thử là bao nhiêu?"
    assert passage.text == "Mức đóng là 2.530.000 đồng/tháng.\nNơi làm: Cơ quan thử."
    assert passage.context == "Chủ đề thử"
    assert "giá một kỳ thử" in passage.questions
    assert passage.answerable


def test_a_draft_gives_no_passage(spoil, parameters, today):
    assert passages(spoil("status: live", "status: draft"), parameters, today) == ()
