from dataclasses import replace

import pytest

from desk.presence import Presence, Present, Said, presence_at
from desk.settings import PresenceSettings
from tests.fakes.stored import START, at

RULES = PresenceSettings(away_minutes=10.0, gone_seconds=90.0)
SAID = Said(7, Presence.ONLINE, START, START, START)


def stands(said, seconds):
    return presence_at(said, at(seconds), RULES)


def test_what_was_chosen_counts_while_the_page_is_heard():
    assert stands(SAID, 89) == Present(7, Presence.ONLINE, START)


def test_a_page_that_is_not_heard_any_more_is_gone_from_then_on():
    assert stands(SAID, 90) == Present(7, Presence.OFFLINE, at(90))


@pytest.mark.parametrize("chosen", [Presence.ONLINE, Presence.BUSY])
def test_ten_minutes_without_a_key_are_away(chosen):
    said = replace(SAID, chosen=chosen, heard_at=at(590))
    assert stands(said, 599).presence is chosen
    assert stands(said, 600) == Present(7, Presence.AWAY, at(600))


def test_whoever_chose_away_is_away_since_then():
    said = replace(SAID, chosen=Presence.AWAY, heard_at=at(3600))
    assert stands(said, 3600) == Present(7, Presence.AWAY, START)


def test_whoever_signed_out_stays_out_whatever_is_heard():
    said = replace(SAID, chosen=Presence.OFFLINE, heard_at=at(3600), active_at=at(3600))
    assert stands(said, 3600) == Present(7, Presence.OFFLINE, START)


def test_away_then_gone():
    assert stands(SAID, 3600) == Present(7, Presence.OFFLINE, at(90))
