"""What we read in an update is what python-telegram-bot reads in it."""

import json

import pytest
from telegram import Bot, Update

from connectors.message import InboundKind, InboundMessage
from connectors.telegram.address import BotIdentity
from connectors.telegram.channel import TelegramChannel
from connectors.telegram.payload import ALLOWED_UPDATES, Reading, parse
from tests.unit.connectors.telegram.bot import FIXTURES, ME, NOW, NUMBERS

READING = Reading(NOW, BotIdentity(ME["id"], ME["username"]), NUMBERS)
WHOLE = sorted(path.stem for path in FIXTURES.glob("*.json") if not path.stem.startswith("broken_"))
UNREADABLE_TO_BOTH = ["broken_without_chat_id", "broken_without_message_id"]
# The library leaves the bot's name in the question.
NAMING_US = {
    "command_start_named",
    "group_command",
    "group_mention",
    "group_mention_within",
    "group_photo_mention",
}


def read_by_both(name):
    body = (FIXTURES / f"{name}.json").read_bytes()
    (ours,) = parse(body, READING)
    return ours, Update.de_json(json.loads(body), None)


HEARD = [name for name in WHOLE if isinstance(read_by_both(name)[0], InboundMessage)]


def of_kind(*kinds):
    return [name for name in HEARD if read_by_both(name)[0].kind in kinds]


@pytest.mark.parametrize("name", HEARD)
def test_both_see_the_same_chat(name):
    ours, theirs = read_by_both(name)
    assert int(ours.conversation.participant) == theirs.effective_chat.id


@pytest.mark.parametrize("name", of_kind(InboundKind.TEXT, InboundKind.ATTACHMENT))
def test_both_read_the_same_words_and_see_the_same_attachments(name):
    ours, theirs = read_by_both(name)
    message = theirs.effective_message
    assert ours.text == (message.text or message.caption or "") or name in NAMING_US
    assert bool(ours.attachments) is bool(message.effective_attachment)
    assert all(getattr(message, one.kind) for one in ours.attachments)
    assert message.media_group_id or str(message.message_id) in ours.message_id.split(":")


@pytest.mark.parametrize("name", of_kind(InboundKind.CHOICE))
def test_both_see_the_same_press(name):
    ours, theirs = read_by_both(name)
    query = theirs.callback_query
    assert (ours.choice, ours.receipt) == (query.data, query.id)
    assert str(query.message.message_id) in ours.message_id.split(":")


@pytest.mark.parametrize("name", of_kind(InboundKind.LEFT, InboundKind.FOLLOWED))
def test_both_see_who_left(name):
    ours, theirs = read_by_both(name)
    assert (ours.kind is InboundKind.LEFT) is (theirs.my_chat_member.new_chat_member.status in ("left", "kicked"))


@pytest.mark.parametrize("name", WHOLE)
def test_what_we_ignore_as_unknown_holds_no_message_for_the_library_either(name):
    ours, theirs = read_by_both(name)
    if getattr(ours, "reason", None) == "unknown":
        assert theirs.effective_message is None
    else:
        assert theirs.api_kwargs == {}


@pytest.mark.conformance("H4")
@pytest.mark.parametrize("name", UNREADABLE_TO_BOTH)
def test_what_is_malformed_to_us_breaks_the_library(name):
    with pytest.raises((KeyError, TypeError)):
        Update.de_json(json.loads((FIXTURES / f"{name}.json").read_bytes()), None)


@pytest.mark.conformance("H49")
def test_what_is_asked_for_are_kinds_of_update_that_the_library_knows():
    assert set(ALLOWED_UPDATES) < set(Update.ALL_TYPES)


def test_the_channel_holds_the_library_and_does_not_inherit_from_it():
    assert not issubclass(TelegramChannel, Bot)
