"""The wait that citizens are told is that of those who waited in the queue today; on both databases."""

from dataclasses import replace
from datetime import timedelta

from app.handoffs import build_office
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import reading, writing
from desk.handoff.availability import Obstacle
from desk.handoff.log import open_episode
from desk.handoff.moves import claim, end_waiting, request
from desk.handoff.state import Reason
from tests.fakes.console import console_settings
from tests.fakes.gateway import now
from tests.fakes.office import OPEN

NOBODY = replace(OPEN, operators_online=0)


def came_after(engine, name, minutes, availability=OPEN, ended=False):
    """Somebody who wanted a person so long ago and has one now; `ended`: after a call-back took its place."""
    key, asked_at = ConversationKey(f"web-{name}", "web", "main", name), now() - timedelta(minutes=minutes)
    with writing(engine) as connection:
        ensure_conversation(connection, key, asked_at)
        stored = request(connection, key.id, Reason.REQUESTED, availability, asked_at).stored
        if ended:
            end_waiting(connection, stored, Obstacle.QUEUE_FULL, asked_at + timedelta(minutes=15))
        claim(connection, open_episode(connection, key.id), 7, "Lan", now())


def told(engine):
    office = build_office(console_settings())
    with reading(engine) as connection:
        seconds = office.availability(connection, "web", now()).median_wait_seconds
    return None if seconds is None else round(seconds / 60)


def test_the_middle_of_three_waits_is_told_and_of_two_none(engine):
    for name, minutes in (("an", 2), ("ba", 9)):
        came_after(engine, name, minutes)
    assert told(engine) is None
    came_after(engine, "chi", 4)
    assert told(engine) == 4


def test_call_backs_kept_in_the_morning_make_nobodys_wait_longer(engine):
    for name in ("an", "ba", "chi"):
        came_after(engine, name, 14 * 60, NOBODY)
        came_after(engine, f"{name}-het-cho", 14 * 60, ended=True)
    assert told(engine) is None
