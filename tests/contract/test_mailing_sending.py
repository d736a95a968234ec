"""A mailing reaches everybody who asked for it, once, and nobody else: on both databases."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from connectors.deliveries import DeliveryState, deliveries
from connectors.outbox import outbox
from desk.conversation import conversations
from desk.database import reading, writing
from desk.notices.mailing import MailingKind, MailingState, mailing_by_id
from desk.notices.mailing_steps import pause_mailing, resume_mailing, stop_mailing
from desk.notices.subscription import unsubscribe
from desk.ownership import take_over
from tests.fakes.news import APPROVER, MORNING, Newsroom
from tests.fakes.transactions import Killed, MortalTransactions


@pytest.fixture
def room(engine):
    room = Newsroom(engine)
    yield room
    room.close()


def sent_all(room):
    """As the sender does."""
    with writing(room.engine) as connection:
        waiting = update(deliveries).where(deliveries.c.state == DeliveryState.PENDING)
        connection.execute(waiting.values(state=DeliveryState.SENT, finished_at=room.time))


async def test_each_subscriber_gets_it_once_with_how_to_stop_and_it_ends(room):
    reader, other = room.citizen("an"), room.citizen("ba", topic=False)
    page = room.citizen("web", "web")
    mailing = room.approved()
    await room.tick(3)
    sent_all(room)
    await room.tick(2)
    (text,) = room.said(reader)
    assert ("Lương hưu" in text, text.endswith("Nhắn DỪNG TIN để không nhận nữa."), room.said(other)) == (
        True,
        True,
        [],
    )
    assert room.said(page) == [text]
    assert room.recipients(mailing) == {"an": ("sent", ""), "web": ("sent", "")}
    assert room.state(mailing) is MailingState.DONE


async def test_only_a_few_are_sent_at_a_time_and_none_while_answers_wait(room):
    keys = [room.citizen(f"c{number}") for number in range(8)]
    room.approved()
    await room.tick()
    assert sum(len(room.said(key)) for key in keys) == 3
    await room.tick(5)
    assert sum(len(room.said(key)) for key in keys) == 5
    sent_all(room)
    await room.tick(5)
    assert sum(len(room.said(key)) for key in keys) == 8


async def test_a_pause_holds_at_once_and_going_on_repeats_nothing(room):
    keys = [room.citizen(f"c{number}") for number in range(5)]
    mailing = room.approved()
    await room.tick()
    with writing(room.engine) as connection:
        pause_mailing(connection, mailing, APPROVER, "sai ngày", room.time)
    sent_all(room)
    await room.tick(3)
    assert sum(len(room.said(key)) for key in keys) == 3
    with writing(room.engine) as connection:
        resume_mailing(connection, mailing, APPROVER, room.time)
    await room.tick(3)
    assert [len(room.said(key)) for key in keys] == [1] * 5


async def test_what_is_stopped_goes_to_nobody_else(room):
    for number in range(5):
        room.citizen(f"c{number}")
    mailing = room.approved()
    await room.tick()
    with writing(room.engine) as connection:
        left = stop_mailing(connection, mailing, APPROVER, "sai", room.time)
    await room.tick(3)
    states = list(room.recipients(mailing).values())
    assert (left, states.count(("skipped", "stopped")), room.state(mailing)) == (2, 2, MailingState.STOPPED)


async def test_who_may_not_be_written_to_is_left_out_and_the_row_says_why(room):
    quiet, blocked, old, gone = (room.citizen(name) for name in ("quiet", "blocked", "old", "gone"))
    window = room.citizen("window", "zalo_oa", said=False)
    quota = room.citizen("quota", "zalo_oa")
    room.citizen("reached", "zalo_oa")
    with writing(room.engine) as connection:
        for key, change in ((quiet, {"quiet_since": MORNING}), (blocked, {"unreachable": "left"})):
            connection.execute(update(conversations).where(conversations.c.id == key.id).values(change))
        room.hears(connection, window, MORNING - timedelta(hours=50))
        spend(connection, quota, 6)
    mailing = room.approved()
    await room.tick()
    with writing(room.engine) as connection:
        unsubscribe(connection, gone.id, "hủy tin lương hưu", MORNING)
    sent_all(room)
    await room.tick(5)
    reasons = room.recipients(mailing)
    assert {name: reasons[name] for name in ("quiet", "blocked", "window", "quota")} == {
        "quiet": ("skipped", "quiet"),
        "blocked": ("skipped", "unreachable"),
        "window": ("skipped", "window_over"),
        "quota": ("skipped", "quota"),
    }
    assert (len(room.said(old)), reasons["reached"][0] in {"sent", "queued"}) == (1, True)
    assert reasons["gone"] in {("skipped", "not_subscribed"), ("sent", "")}


def spend(connection, key, number):
    """So many free replies are gone."""
    for sequence in range(number):
        message = {"part": 0, "channel": key.channel, "account": key.account, "sequence": 100 + sequence}
        said = {"author": "assistant", "status": "answered", "text": "x", "content": {}, "has_buttons": False}
        row = insert(outbox).values(**message, **said, conversation_id=key.id, created_at=MORNING)
        outbox_id = connection.execute(row.returning(outbox.c.id)).scalar_one()
        connection.execute(
            insert(deliveries).values(
                outbox_id=outbox_id,
                chunk=0,
                conversation_id=key.id,
                channel=key.channel,
                account=key.account,
                text="x",
                buttons=[],
                state=DeliveryState.SENT,
                attempts=1,
                next_attempt_at=MORNING,
                created_at=MORNING,
                finished_at=MORNING,
            )
        )


async def test_the_page_says_before_sending_who_will_be_left_out(room):
    room.citizen("an")
    quiet = room.citizen("quiet")
    room.citizen("window", "zalo_oa", said=False)
    with writing(room.engine) as connection:
        connection.execute(update(conversations).where(conversations.c.id == quiet.id).values(quiet_since=MORNING))
    mailing = room.approved()
    with reading(room.engine) as connection:
        counts = room.reach.counts(connection, mailing_by_id(connection, mailing), room.time)
    assert {(count.channel, count.reason): count.recipients for count in counts} == {
        ("telegram", ""): 1,
        ("telegram", "quiet"): 1,
        ("zalo_oa", "window_over"): 1,
    }


async def test_who_talks_with_an_officer_gets_it_afterwards_or_not_at_all(room):
    key = room.citizen("an")
    with writing(room.engine) as connection:
        take_over(connection, key.id, MORNING + timedelta(minutes=20))
    mailing = room.approved()
    await room.tick(2)
    assert (room.said(key), room.recipients(mailing)) == ([], {"an": ("waiting", "with_person")})
    await room.tick(minutes=30)
    assert len(room.said(key)) == 1
    with writing(room.engine) as connection:
        take_over(connection, key.id, None)
    second = room.approved()
    await room.tick(2)
    await room.tick(days=1, hours=1)
    assert (len(room.said(key)), room.recipients(second)) == (1, {"an": ("skipped", "with_person")})


async def test_nothing_is_sent_at_night_nor_before_its_time(room):
    key = room.citizen("an")
    room.approved(send_at=MORNING + timedelta(hours=2))
    await room.tick(2)
    await room.tick(hours=12)
    assert room.said(key) == []
    await room.tick(hours=12)
    assert len(room.said(key)) == 1


async def test_a_correction_goes_to_those_who_were_named_subscribed_or_not(room):
    named, other = room.citizen("an", topic=False), room.citizen("ba")
    mailing = room.approved(kind=MailingKind.CORRECTION, recipients=[named.id, named.id, "nobody"])
    await room.tick(2)
    (text,) = room.said(named)
    assert (text.startswith("ĐÍNH CHÍNH"), room.said(other), list(room.recipients(mailing))) == (True, [], ["an"])


async def test_a_correction_leaves_out_channels_that_were_not_chosen(room):
    named, elsewhere = room.citizen("an"), room.citizen("web", "web")
    ids = [named.id, elsewhere.id]
    mailing = room.approved(kind=MailingKind.CORRECTION, recipients=ids, channels=("telegram",))
    await room.tick(2)
    assert (len(room.said(named)), room.said(elsewhere)) == (1, [])
    assert room.recipients(mailing)["web"] == ("skipped", "not_chosen")


async def test_how_a_send_ended_is_told_from_the_senders_rows(room):
    keys = [room.citizen(f"c{number}") for number in range(3)]
    mailing = room.approved()
    await room.tick()
    ends = (("failed", "permanent"), ("unknown", "unknown"), ("cancelled", None))
    with writing(room.engine) as connection:
        for key, (state, error) in zip(keys, ends, strict=True):
            mine = update(deliveries).where(deliveries.c.conversation_id == key.id)
            connection.execute(mine.values(state=state, error_class=error, finished_at=room.time))
    await room.tick(2)
    assert room.recipients(mailing) == {
        "c0": ("failed", "permanent"),
        "c1": ("failed", "unknown"),
        "c2": ("failed", "cancelled"),
    }
    assert room.state(mailing) is MailingState.DONE


@pytest.mark.parametrize("ending", ["die_before_write", "die_after_write"])
async def test_a_gateway_killed_at_any_write_sends_nobody_anything_twice(engine, ending):
    """A new life after each death, one write later each time, until one goes through."""
    room = Newsroom(engine)
    keys = [room.citizen(f"c{number}") for number in range(4)]
    mailing = room.approved()
    for number in range(1, 8):
        mortal = MortalTransactions(engine)
        getattr(mortal, ending)(number % 4 + 1)
        with suppress(Killed):
            await replace(room.clock, transactions=mortal).tick()
        mortal.close()
        sent_all(room)
    await room.tick(4)
    sent_all(room)
    await room.tick(2)
    assert [len(room.said(key)) for key in keys] == [1] * 4
    assert room.state(mailing) is MailingState.DONE
    with reading(engine) as connection:
        assert len(connection.execute(select(deliveries.c.id)).all()) == 4
    room.close()
