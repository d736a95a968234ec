"""While the pointer moves 20 times, every answer is whole and of the snapshot that it names."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actions.action_answer_question import AnswerQuestion
from actions.base import HelpdeskAction
from knowledge.answer import AnswerStatus
from knowledge.embedding.fake import FakeEmbedder
from knowledge.following import Following
from knowledge.pointer import make_current
from knowledge.search.builder import build_candidate
from tests.small_content import LOST_CARD, Faq, small_maker, write_content
from tests.unit.actions.conversation import Conversation

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
SWITCHES, ASKERS = 20, 4
OTHER = Faq("mat-so", "Mất sổ bảo hiểm xã hội thì sao?", "Được cấp lại sổ.")


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def releases(tmp_path, index):
    """Three snapshots that answer the same question in other words, and cite another article; by id."""
    found = {}
    for number in range(3):
        basis = LOST_CARD.basis.replace("Điều 9", f"Điều {number}")
        faq = replace(LOST_CARD, answer=f"Câu trả lời số {number}.", basis=basis)
        content = write_content(tmp_path / f"content-{number}", faq, OTHER)
        (content / "versions.yml").write_text(f"- {{document: faq/mat-the, version: {number}}}\n", encoding="utf-8")
        built = build_candidate(content, FakeEmbedder(), index, NOON + timedelta(hours=number))
        found[built.id] = number
    make_current(index, next(iter(found)))
    return found


@pytest.fixture
def following(index, releases):
    return Following(index, small_maker(index).load)


def test_no_answer_fails_or_is_mixed_while_the_pointer_moves(index, releases, following):
    records, failures, done = [], [], threading.Event()

    def ask():
        while not done.is_set():
            try:
                records.append(following.current.answer("mất thẻ bảo hiểm y tế"))
            except Exception as error:  # noqa: BLE001 - whatever it is, the test must see it
                failures.append(error)
                return

    askers = [threading.Thread(target=ask) for _ in range(ASKERS)]
    for asker in askers:
        asker.start()
    ids = list(releases)
    for switch in range(1, SWITCHES + 1):
        make_current(index, ids[switch % len(ids)])
        assert following.look()
    done.set()
    for asker in askers:
        asker.join()
    assert failures == []
    assert {record.snapshot_id for record in records} == set(ids)
    assert [described(record) for record in records] == [expected(releases[one.snapshot_id]) for one in records]


def described(record):
    passage = record.result.hits[0].passage
    return record.answer.status, record.answer.text, record.answer.citations[0].section, passage.version


def expected(number):
    return AnswerStatus.ANSWERED, f"Câu trả lời số {number}.", f"Điều {number}", str(number)


def test_a_turn_of_several_steps_keeps_to_one_snapshot(index, releases, following, monkeypatch):
    """The pointer moves between the steps of one turn: a follow-up is asked as several questions."""
    asked = []

    class Moving:
        """Answers as the assistant that it holds, and moves the pointer after each question."""

        def __init__(self, assistant):
            self.assistant = assistant

        def answer(self, question, *, audience=""):
            record = self.assistant.answer(question, audience=audience)
            asked.append(record.snapshot_id)
            make_current(index, next(one for one in releases if one != following.snapshot_id))
            following.look()
            return replace(record, answer=replace(record.answer, status=AnswerStatus.UNANSWERABLE_LOW_SCORE))

    monkeypatch.setattr(HelpdeskAction, "assistant", property(lambda _: Moving(following.current)))
    talk = Conversation()
    talk.say(AnswerQuestion, "mất thẻ bảo hiểm y tế")
    asked.clear()
    talk.say(AnswerQuestion, "còn sổ thì sao")
    assert len(asked) > 1
    assert len(set(asked)) == 1
