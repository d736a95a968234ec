"""Who is at the desk, on SQLite and on PostgreSQL alike."""

from desk.accounts.administration import disable
from desk.database import reading, writing
from desk.presence import Presence, all_presences, choose_presence, hear_page, presence_of
from desk.settings import PresenceSettings
from tests.fakes.accounts import add_operator
from tests.fakes.stored import START, at

RULES = PresenceSettings(away_minutes=10.0, gone_seconds=90.0)


def choose(engine, operator, presence, seconds=0):
    with writing(engine) as connection:
        choose_presence(connection, operator.id, presence, at(seconds))


def hear(engine, operator, seconds, is_active=False):
    with writing(engine) as connection:
        hear_page(connection, operator.id, is_active, at(seconds))


def stands(engine, operator, seconds):
    with reading(engine) as connection:
        return presence_of(connection, operator.id, at(seconds), RULES)


def test_whoever_never_came_has_no_presence(engine):
    made = add_operator(engine)
    hear(engine, made, 0)
    assert stands(engine, made, 0) is None


def test_the_last_choice_counts(engine):
    made = add_operator(engine)
    for seconds, presence in enumerate((Presence.ONLINE, Presence.BUSY)):
        choose(engine, made, presence, seconds)
    assert (stands(engine, made, 5).presence, stands(engine, made, 5).since) == (Presence.BUSY, at(1))


def test_a_page_that_stays_open_without_a_key_becomes_away_and_a_key_brings_back(engine):
    made = add_operator(engine)
    choose(engine, made, Presence.ONLINE)
    for seconds in range(0, 660, 30):
        hear(engine, made, seconds)
    assert stands(engine, made, 650).presence is Presence.AWAY
    hear(engine, made, 660, is_active=True)
    assert stands(engine, made, 660).presence is Presence.ONLINE


def test_a_closed_page_is_offline_and_opening_it_again_brings_back(engine):
    made = add_operator(engine)
    choose(engine, made, Presence.BUSY)
    assert stands(engine, made, 90).presence is Presence.OFFLINE
    hear(engine, made, 120, is_active=True)
    assert stands(engine, made, 120).presence is Presence.BUSY


def test_all_are_listed_but_those_whose_account_is_closed(engine):
    present, gone = add_operator(engine), add_operator(engine, "le.mau")
    for one in (present, gone):
        choose(engine, one, Presence.ONLINE)
    with writing(engine) as connection:
        disable(connection, gone.id, "terminal:test", START)
    with reading(engine) as connection:
        assert [one.operator_id for one in all_presences(connection, at(1), RULES)] == [present.id]
    assert stands(engine, gone, 1) is None
