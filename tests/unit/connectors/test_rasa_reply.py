import json

import pytest

from connectors.message import Button, Reply
from connectors.rasa_reply import MalformedReplyError, parse_replies

CITATION = {
    "document": "288/BHXH-VP",
    "section": "1.e",
    "label": "điểm e mục 1",
    "date": "2024-01-31",
    "validity": "",
    "url": "/van-ban/288-BHXH-VP#1.e",
    "passage_id": "directive/288/1.e",
}


def parse(*items):
    return parse_replies(json.dumps(items).encode())


def answer(**changes):
    custom = {"status": "answered", "text": "Theo điểm e…", "citations": [CITATION], "buttons": [], "feedback": True}
    return {"recipient_id": "web-1", "custom": {**custom, "handoff": None, "form": None, **changes}}


def test_an_answer_keeps_status_citations_and_the_wish_for_feedback():
    (reply,) = parse(answer())
    assert (reply.status, reply.text, reply.feedback) == ("answered", "Theo điểm e…", True)
    assert reply.citations[0].label == "điểm e mục 1"


def test_a_fixed_line_has_no_status_and_keeps_its_buttons():
    line = {"recipient_id": "web-1", "text": "Chào anh/chị", "buttons": [{"title": "Hỏi", "payload": "/ask"}]}
    assert parse(line) == (Reply("Chào anh/chị", buttons=(Button("Hỏi", "/ask"),)),)


def test_a_handoff_is_read_by_its_reason():
    (reply,) = parse(answer(status="handed_off_emergency", handoff={"reason": "emergency"}))
    assert reply.handoff == "emergency"


def test_a_form_is_kept():
    assert parse(answer(form="leave_message"))[0].form == "leave_message"


def test_a_fixed_line_is_never_rated():
    assert not parse(answer(status="no_status"))[0].feedback


def test_several_items_are_several_replies_in_order():
    assert [reply.text for reply in parse({"text": "một"}, {"text": "hai"})] == ["một", "hai"]


def test_an_empty_list_is_no_reply():
    assert parse() == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"{}",
        b"null",
        b"[1]",
        b"[" * 100_000,
        b'[{"recipient_id": "x"}]',
        b'[{"text": ""}]',
        b'[{"text": 5}]',
    ],
    ids=["nothing", "bytes", "object", "null", "number", "deep", "silent", "blank", "not text"],
)
def test_a_body_of_another_form_is_a_typed_error(body):
    with pytest.raises(MalformedReplyError):
        parse_replies(body)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": None},
        {"status": "Answered!"},
        {"text": "  "},
        {"citations": {}},
        {"citations": [{**CITATION, "url": "javascript:alert(1)"}]},
        {"citations": [{**CITATION, "url": "//elsewhere.example/"}]},
        {"citations": [{**CITATION, "label": 5}]},
        {"buttons": [{"title": "Có"}]},
        {"feedback": "yes"},
        {"handoff": {"why": "?"}},
        {"form": 7},
    ],
    ids=str,
)
def test_an_answer_with_a_broken_field_is_a_typed_error(changes):
    with pytest.raises(MalformedReplyError):
        parse(answer(**changes))


def test_the_error_names_the_place_and_not_the_content():
    with pytest.raises(MalformedReplyError) as caught:
        parse(answer(), answer(buttons=[{"title": "bí mật", "payload": 5}]))
    assert "[1].buttons" in str(caught.value)
    assert "bí mật" not in str(caught.value)


FOUND = {"passage_id": "faq/1", "title": "Hỏi gì?", "document": "1", "section": "", "score": 0.41}
DIALOGUE = {"question": "hỏi", "role": "người lao động", "abstentions": 2}


def test_what_was_found_and_remembered_comes_for_operators():
    (reply,) = parse(answer(found=[FOUND, {**FOUND, "score": None}], dialogue=DIALOGUE))
    assert [found.score for found in reply.found] == [0.41, None]
    assert (reply.dialogue.question, reply.dialogue.role, reply.dialogue.abstentions) == ("hỏi", "người lao động", 2)


def test_an_action_server_that_says_nothing_of_it_is_understood():
    (reply,) = parse(answer())
    assert (reply.found, reply.dialogue) == ((), None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"found": [{**FOUND, "score": "0.4"}]},
        {"found": [{**FOUND, "score": True}]},
        {"found": [{**FOUND, "score": 7}]},
        {"found": [{**FOUND, "title": 1}]},
        {"found": ["x"]},
        {"found": "x"},
        {"dialogue": "x"},
        {"dialogue": {**DIALOGUE, "abstentions": "2"}},
        {"dialogue": {**DIALOGUE, "question": 2}},
    ],
)
def test_a_wrong_form_of_it_is_named(wrong):
    with pytest.raises(MalformedReplyError):
        parse(answer(**wrong))


SOURCE = {
    "passage_id": "faq/1",
    "document": "faq/1",
    "section": "",
    "version": "3",
    "topic": "Thai sản",
    "snapshot": "20300601T120000-11111111",
    "score": 0.91,
}


def test_where_an_answer_comes_from_is_kept():
    (reply,) = parse(answer(source=SOURCE))
    assert (reply.source.document, reply.source.version, reply.source.score) == ("faq/1", "3", 0.91)
    assert reply.source.snapshot == SOURCE["snapshot"]


@pytest.mark.parametrize("source", [None, {**SOURCE, "score": None}, {"document": "faq/1"}])
def test_a_source_may_be_missing_or_partial(source):
    (reply,) = parse(answer(source=source))
    assert reply.source is None or reply.source.score is None


@pytest.mark.parametrize(
    "wrong",
    [
        "faq/1",
        [SOURCE],
        {**SOURCE, "score": 2},
        {**SOURCE, "version": 3},
        {**SOURCE, "document": "x" * 161},
        {**SOURCE, "topic": "x" * 201},
    ],
)
def test_a_wrong_source_is_refused(wrong):
    with pytest.raises(MalformedReplyError, match="source"):
        parse(answer(source=wrong))
