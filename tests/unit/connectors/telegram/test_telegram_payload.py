import dataclasses
import json
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.channel import UnreadableError
from connectors.message import Ignored, InboundKind, InboundMessage
from connectors.telegram.address import BotIdentity
from connectors.telegram.payload import Reading, parse
from tests.unit.connectors.telegram.bot import FIXTURES, NOW, NUMBERS, update
from tests.unit.connectors.telegram.updates import ATTACHMENTS, BROKEN, CAPTIONS, IGNORED, MEMBERSHIPS, PRESSES, TEXTS

SENT_AT = datetime(2026, 1, 1, tzinfo=UTC)
BOT = BotIdentity(100200300, "bhxh_thu_bot")
READING = Reading(NOW, BOT, NUMBERS)


def parsed(name, reading=READING):
    (item,) = parse(update(name), reading)
    return item


def changed(name, **values):
    document = json.loads(update(name))
    document["message"].update(values)
    return json.dumps(document).encode()


def test_every_fixture_is_expected_to_be_something():
    known = {"text_decomposed", *IGNORED, *ATTACHMENTS, *CAPTIONS, *TEXTS, *MEMBERSHIPS, *PRESSES, *BROKEN}
    assert {path.stem for path in FIXTURES.glob("*.json")} == known


@pytest.mark.conformance(("H5", "H8", "H9", "H13", "H24", "H25"))
@pytest.mark.parametrize("name", IGNORED)
def test_what_is_not_for_us_is_ignored_for_a_reason(name):
    assert parsed(name) == Ignored(IGNORED[name])


@pytest.mark.conformance(("H22", "H23"))
@pytest.mark.parametrize("name", TEXTS)
def test_words_stay_as_they_were_written(name):
    item = parsed(name)
    assert (item.kind, item.text, item.payload, item.choice) == (InboundKind.TEXT, TEXTS[name], None, None)


@pytest.mark.conformance("H48")
def test_letters_of_any_composition_pass_unchanged():
    text = parsed("text_decomposed").text
    assert text != unicodedata.normalize("NFC", text)
    assert "👨‍👩‍👧" in text


def test_a_message_is_named_by_its_chat_and_its_number_and_never_by_the_update():
    item = parsed("text")
    assert item == InboundMessage(
        conversation=item.conversation,
        message_id="900000001:41",
        text=TEXTS["text"],
        payload=None,
        received_at=READING.received_at,
    )
    assert dataclasses.astuple(item.conversation) == (
        "telegram:100200300:900000001",
        "telegram",
        "100200300",
        "900000001",
    )
    restarted = json.loads(update("text")) | {"update_id": 3}
    assert parse(json.dumps(restarted).encode(), READING) == (item,)


@pytest.mark.conformance("H19")
@pytest.mark.parametrize("name", ATTACHMENTS)
def test_an_attachment_without_words_is_an_attachment_and_is_never_fetched(name):
    item = parsed(name)
    assert (item.kind, item.text) == (InboundKind.ATTACHMENT, "")
    assert [(one.kind, one.name, one.url) for one in item.attachments] == [(*ATTACHMENTS[name], "")]


@pytest.mark.conformance(("H19", "H8"))
@pytest.mark.parametrize("name", CAPTIONS)
def test_a_caption_is_the_text_of_its_attachment(name):
    item = parsed(name)
    assert (item.kind, item.attachments[0].kind, item.text) == (InboundKind.TEXT, *CAPTIONS[name])


@pytest.mark.conformance("H20")
def test_the_pictures_of_an_album_are_one_message():
    assert parsed("album_first").message_id == parsed("album_later").message_id
    assert parsed("album_first").message_id != parsed("photo_caption").message_id


@pytest.mark.conformance("H21")
def test_a_reply_and_a_forwarded_post_name_the_message_they_speak_of():
    assert parsed("reply").quoted_id == "900000001:51"
    assert parsed("forward_from_channel").quoted_id == "-1009000000003:77"
    assert parsed("group_reply").quoted_id.startswith("-1009000000002:")


@pytest.mark.conformance("H21")
def test_who_wrote_a_forwarded_message_is_not_kept():
    item = parsed("forward_from_person")
    assert item.quoted_id is None
    assert "Trần" not in repr(item)


@pytest.mark.conformance("H8")
def test_each_mending_of_a_question_is_a_message_of_its_own():
    item = parsed("edited_text")
    document = json.loads(update("edited_text"))
    document["edited_message"]["edit_date"] += 1
    (later,) = parse(json.dumps(document).encode(), READING)
    assert len({item.message_id, later.message_id, parsed("text").message_id}) == 3


@pytest.mark.conformance("H10")
@pytest.mark.parametrize("name", MEMBERSHIPS)
def test_blocking_is_leaving_and_unblocking_is_following(name):
    item = parsed(name)
    assert (item.kind, item.text) == (MEMBERSHIPS[name], "")


@pytest.mark.conformance("H10")
def test_blocking_again_later_is_another_message():
    document = json.loads(update("blocked"))
    document["my_chat_member"]["date"] += 100
    (again,) = parse(json.dumps(document).encode(), READING)
    assert again.message_id != parsed("blocked").message_id


@pytest.mark.conformance("H10")
def test_a_member_that_may_not_write_is_still_a_member():
    document = json.loads(update("group_removed"))
    document["my_chat_member"]["new_chat_member"].update(status="restricted", is_member=True)
    assert parse(json.dumps(document).encode(), READING) == (Ignored("membership"),)


@pytest.mark.conformance(("H11", "H13", "H16"))
@pytest.mark.parametrize("name", PRESSES)
def test_a_pressed_button_gives_its_key_and_nothing_else(name):
    item = parsed(name)
    assert (item.kind, item.choice, item.text, item.payload) == (InboundKind.CHOICE, PRESSES[name], "", None)


@pytest.mark.conformance("H14")
def test_a_double_click_is_one_message_with_two_receipts():
    first, second = parsed("press"), parsed("press_again")
    assert first.message_id == second.message_id
    assert first.receipt != second.receipt
    assert parsed("press_forged").message_id != first.message_id


@pytest.mark.conformance("H24")
def test_until_the_bot_knows_its_name_any_name_of_a_bot_is_its_own():
    nameless = dataclasses.replace(READING, bot=BotIdentity(BOT.id, None))
    assert parsed("group_mention", nameless).text == TEXTS["group_mention"]
    assert parsed("group_command", nameless).text == "/help"
    assert parsed("group_reply", nameless).kind is InboundKind.TEXT
    assert parsed("group_talk", nameless) == Ignored("not_addressed")
    assert parsed("command_start_named", nameless).text == "/start"


@pytest.mark.conformance("H44")
@pytest.mark.parametrize(("hours", "answered"), [(23, True), (25, False)])
def test_after_an_outage_a_message_of_less_than_a_day_is_answered(hours, answered):
    late = dataclasses.replace(READING, received_at=SENT_AT + timedelta(hours=hours))
    assert isinstance(parsed("text", late), InboundMessage) is answered
    if not answered:
        assert parsed("text", late) == Ignored("too_old")


def test_a_button_of_last_year_can_still_be_pressed():
    late = dataclasses.replace(READING, received_at=SENT_AT + timedelta(days=400))
    assert parsed("press", late).choice == "o15.2"


@pytest.mark.conformance("H4")
@pytest.mark.parametrize("name", BROKEN)
def test_a_malformed_update_is_unreadable_and_the_error_names_the_field_alone(name):
    with pytest.raises(UnreadableError, match=rf"^{BROKEN[name]} is (missing|no [a-z ]+)$"):
        parse(update(name), READING)


@pytest.mark.conformance("H3")
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_object_is_unreadable(body):
    with pytest.raises(UnreadableError):
        parse(body, READING)


@pytest.mark.parametrize("text", ["", " ", "\u200b\u200d", "\u2800"])
def test_a_text_in_which_nothing_is_seen_is_empty(text):
    assert parse(changed("text", text=text), READING) == (Ignored("empty"),)


def test_half_an_emoji_does_not_break_anything():
    (item,) = parse(changed("text", text="a\ud83d b"), READING)
    assert item.text == "a b"


def test_an_id_that_no_database_holds_is_unreadable():
    with pytest.raises(UnreadableError, match="message_id"):
        parse(changed("text", message_id=2**63), READING)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(sorted(path.stem for path in FIXTURES.glob("*.json"))), st.data())
def test_whatever_is_put_into_an_update_it_is_read_or_unreadable(name, data):
    document = json.loads(update(name))
    place = document
    while isinstance(place, dict) and place:
        key = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[key], dict) or not place[key] or data.draw(st.booleans()):
            place[key] = data.draw(ANYTHING)
            break
        place = place[key]
    try:
        (item,) = parse(json.dumps(document).encode(), READING)
    except UnreadableError:
        return
    if isinstance(item, InboundMessage):
        assert len(item.message_id.encode()) <= 255
        assert len(item.conversation.id) <= 160
        assert "\x00" not in item.message_id + item.text + (item.choice or "")
