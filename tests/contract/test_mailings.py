"""The life of a mailing on both databases: which step follows on which state, and two who act at once."""

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import update

from desk.database import reading, writing
from desk.notices import mailing_steps
from desk.notices.mailing import (
    InvalidMailingError,
    MailingKind,
    MailingState,
    OwnMailingError,
    PausedByOtherError,
    StaleMailingError,
    WrongMailingStateError,
    mailing_by_id,
    mailings,
)
from desk.notices.mailing_steps import (
    approve_mailing,
    end_mailing,
    pause_mailing,
    reject_mailing,
    resume_mailing,
    stop_mailing,
    submit_mailing,
    take_back_mailing,
)
from desk.notices.mailing_writing import create_mailing, save_mailing
from desk.notices.news_topic import InvalidTopicError, TopicTakenError, add_topic, news_topics_of, topic_meant
from tests.fakes.news import APPROVER, AUTHOR, LINKS, MORNING, WORDS

STATE = MailingState
STEPS = {
    "submit": (lambda c, i: submit_mailing(c, i, AUTHOR, MORNING), {STATE.DRAFT}, STATE.SUBMITTED),
    "take back": (
        lambda c, i: take_back_mailing(c, i, AUTHOR, MORNING),
        {STATE.SUBMITTED, STATE.APPROVED},
        STATE.DRAFT,
    ),
    "approve": (lambda c, i: approve_mailing(c, i, 1, APPROVER, MORNING), {STATE.SUBMITTED}, STATE.APPROVED),
    "reject": (lambda c, i: reject_mailing(c, i, APPROVER, "thiếu", MORNING), {STATE.SUBMITTED}, STATE.DRAFT),
    "pause": (lambda c, i: pause_mailing(c, i, APPROVER, "sai", MORNING), {STATE.SENDING}, STATE.PAUSED),
    "resume": (lambda c, i: resume_mailing(c, i, APPROVER, MORNING), {STATE.PAUSED}, STATE.SENDING),
    "stop": (
        lambda c, i: stop_mailing(c, i, APPROVER, "sai", MORNING),
        set(STATE) - {STATE.DONE, STATE.STOPPED},
        STATE.STOPPED,
    ),
}


@pytest.fixture
def made(engine):
    with writing(engine) as connection:
        topic = add_topic(connection, "Lương hưu", "", AUTHOR, MORNING)
        return create_mailing(connection, MailingKind.NEWS, replace(WORDS, topic_id=topic.id), AUTHOR, LINKS, MORNING)


def test_each_step_follows_on_its_states_and_on_no_other(engine, made):
    for name, (step, before, after) in STEPS.items():
        for state in STATE:
            with writing(engine) as connection:
                connection.execute(update(mailings).values(state=state, revision=1))
                if state in before:
                    step(connection, made.id)
                else:
                    with pytest.raises(WrongMailingStateError):
                        step(connection, made.id)
                now_in = mailing_by_id(connection, made.id).state
            assert now_in is (after if state in before else state), (name, state)


def test_what_was_paused_meanwhile_does_not_end(engine, made):
    with writing(engine) as connection:
        connection.execute(update(mailings).values(state=STATE.PAUSED))
        assert not end_mailing(connection, made.id, MORNING)


def test_what_somebody_else_paused_goes_on_by_them_or_by_who_may_approve(engine, made):
    with writing(engine) as connection:
        connection.execute(update(mailings).values(state=STATE.SENDING))
        pause_mailing(connection, made.id, APPROVER, "Nội dung sai", MORNING)
        with pytest.raises(PausedByOtherError):
            resume_mailing(connection, made.id, AUTHOR, MORNING)
        assert mailing_by_id(connection, made.id).state is STATE.PAUSED
        resume_mailing(connection, made.id, APPROVER, MORNING)
        pause_mailing(connection, made.id, AUTHOR, "Chờ một lát", MORNING)
        resume_mailing(connection, made.id, APPROVER, MORNING, overrules=True)
        assert mailing_by_id(connection, made.id).state is STATE.SENDING


def test_everybody_who_wrote_on_it_is_kept_from_approving(engine, made):
    text = replace(WORDS, topic_id=made.topic_id, title="Khác")
    with writing(engine) as connection:
        save_mailing(connection, made.id, 1, text, 3, LINKS, MORNING)
        submit_mailing(connection, made.id, 3, MORNING)
        for writer in (AUTHOR, 3):
            with pytest.raises(OwnMailingError):
                approve_mailing(connection, made.id, 2, writer, MORNING)
        approve_mailing(connection, made.id, 2, APPROVER, MORNING)


def test_what_was_rewritten_while_it_was_approved_is_not_approved(engine, made, monkeypatch):
    with writing(engine) as connection:
        submit_mailing(connection, made.id, AUTHOR, MORNING)
        seen = mailing_by_id(connection, made.id)
        connection.execute(update(mailings).values(revision=2))
        monkeypatch.setattr(mailing_steps, "mailing_by_id", lambda _connection, _id: seen)
        with pytest.raises(WrongMailingStateError):
            approve_mailing(connection, made.id, 1, APPROVER, MORNING)
        assert mailing_by_id(connection, made.id).state is STATE.SUBMITTED


def test_the_second_of_two_who_save_at_once_is_told(engine, made):
    text = replace(WORDS, topic_id=made.topic_id)
    with writing(engine) as connection:
        save_mailing(connection, made.id, 1, replace(text, title="Trước"), AUTHOR, LINKS, MORNING)
        with pytest.raises(StaleMailingError):
            save_mailing(connection, made.id, 1, replace(text, title="Sau"), 3, LINKS, MORNING)
        submit_mailing(connection, made.id, AUTHOR, MORNING)
        with pytest.raises(WrongMailingStateError):
            save_mailing(connection, made.id, 2, text, AUTHOR, LINKS, MORNING)
    with reading(engine) as connection:
        assert mailing_by_id(connection, made.id).title == "Trước"


def test_news_needs_a_topic_and_a_correction_does_not(engine, made):
    with writing(engine) as connection:
        make = partial(create_mailing, connection, written=WORDS, author_id=AUTHOR, links=LINKS, now=MORNING)
        with pytest.raises(InvalidMailingError) as refused:
            make(MailingKind.NEWS)
        assert refused.value.problems == {"topic": "no_topic"}
        assert make(MailingKind.CORRECTION).topic_id is None


def test_a_topic_is_found_however_it_is_typed_and_stands_once(engine, made):
    with writing(engine) as connection:
        add_topic(connection, "Thai sản", "", AUTHOR, MORNING)
        add_topic(connection, "Thai sản nam", "", AUTHOR, MORNING)
        with pytest.raises(TopicTakenError):
            add_topic(connection, "THAI SAN", "", AUTHOR, MORNING)
        with pytest.raises(InvalidTopicError):
            add_topic(connection, "…", "", AUTHOR, MORNING)
        topics = news_topics_of(connection)
    found = {words: topic_meant(topics, words) for words in ("thai san", "LUONG", "luong huu", "thai", "", "bóng đá")}
    names = {words: topic and topic.name for words, topic in found.items()}
    assert names == {
        "thai san": "Thai sản",
        "LUONG": "Lương hưu",
        "luong huu": "Lương hưu",
        "thai": None,
        "": None,
        "bóng đá": None,
    }
