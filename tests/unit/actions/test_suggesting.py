import json
from http import HTTPStatus

import pytest

from actions.suggesting import answer_request
from knowledge.answer import Answer, AnswerStatus
from knowledge.answering.assistant import Suggested
from knowledge.answering.policy import Strength
from knowledge.search_result import Hit
from tests.unit.actions.fakes import MATERNITY, citation_of

JSON = "application/json; charset=utf-8"


def suggested(score, strength=Strength.LIKELY):
    answer = Answer(AnswerStatus.ANSWERED, MATERNITY.text, (citation_of(MATERNITY),))
    return Suggested(answer, Hit(MATERNITY, score, 1), strength)


class FakeKnowledge:
    """`found` maps a question to what it brings; what was asked is kept."""

    def __init__(self, **found):
        self.found, self.asked = found, []

    def suggest(self, question, limit):
        self.asked.append(question)
        return self.found.get(question, ())[:limit]


def ask(knowledge, media_type=JSON, **document):
    return answer_request(media_type, json.dumps(document).encode(), knowledge)


def test_an_answer_comes_with_its_score_and_sources():
    answered = ask(FakeKnowledge(hoi=(suggested(0.61234),)), question="hoi")
    [one] = answered.body["suggestions"]
    assert answered.status is HTTPStatus.OK
    assert (one["text"], one["title"], one["collection"]) == (MATERNITY.text, MATERNITY.title, "faq")
    assert (one["score"], one["strength"]) == (0.6123, "likely")
    assert one["citations"][0]["passage_id"] == MATERNITY.id
    json.dumps(answered.body)


def test_a_weak_answer_is_tried_again_with_the_role():
    knowledge = FakeKnowledge(hoi=(suggested(0.2, Strength.WEAK),))
    knowledge.found["hoi (người lao động)"] = (suggested(0.5),)
    answered = ask(knowledge, question="hoi", role="người lao động")
    assert answered.body["suggestions"][0]["score"] == 0.5
    assert knowledge.asked == ["hoi", "hoi (người lao động)"]


def test_a_role_makes_nothing_worse():
    knowledge = FakeKnowledge(hoi=(suggested(0.2, Strength.WEAK),))
    assert ask(knowledge, question="hoi", role="x").body["suggestions"][0]["score"] == 0.2
    sure = FakeKnowledge(hoi=(suggested(0.9, Strength.SURE),))
    ask(sure, question="hoi", role="x")
    assert sure.asked == ["hoi"]


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_only_json_is_read(media_type):
    knowledge = FakeKnowledge()
    assert ask(knowledge, media_type, question="hoi").status is HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    assert knowledge.asked == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[" * 4_000,
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"question": 7}',
        b'{"question": "  "}',
        b'{"question": "hoi", "role": []}',
        json.dumps({"question": "a" * 1_001}).encode(),
        json.dumps({"question": "a", "role": "b" * 81}).encode(),
    ],
)
def test_what_is_no_question_is_refused_without_repeating_it(body):
    knowledge = FakeKnowledge()
    answered = answer_request(JSON, body, knowledge)
    assert answered.status is HTTPStatus.BAD_REQUEST
    assert set(answered.body) == {"error"}
    assert knowledge.asked == []


def test_an_oversized_body_is_refused():
    assert answer_request(JSON, b" " * 8_193, FakeKnowledge()).status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE
