"""Events that ask for nothing, ids, ages and accounts, and whatever else may come."""

import contextlib
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.channel import UnreadableError
from connectors.message import Contact, Echo, Ignored, InboundKind, InboundMessage
from connectors.zalo_oa.payload import parse
from tests.unit.connectors.zalo_oa.account import NOW, OA, USER, event, fixture_bytes, raw
from tests.unit.connectors.zalo_oa.reading import CONVERSATION, DAYS, read, written


@pytest.mark.conformance(("G42", "G44"))
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("user_seen_message", "seen"),
        ("user_received_message", "received"),
        ("user_reacted_message", "reaction"),
        ("oa_reacted_message", "reaction"),
        ("anonymous_send_text", "anonymous"),
        ("oa_send_anonymous_text", "anonymous"),
        ("user_send_group_text", "group"),
        ("create_group", "group"),
        ("user_call_oa", "call"),
        ("oa_call_user", "call"),
        ("add_user_to_tag", "tag"),
        ("update_user_info", "profile"),
        ("widget_interaction_accepted", "widget"),
        ("oa_send_consent", "consent"),
        ("user_reply_consent", "consent"),
        ("user_feedback", "feedback"),
        ("extension_purchased", "account_news"),
        ("change_template_status", "account_news"),
        ("change_oa_daily_quota", "account_news"),
        ("user_clicked_button", "unknown_event"),
    ],
)
def test_what_asks_for_nothing_is_ignored_with_its_reason(name, reason):
    assert read(fixture_bytes(name)) == Ignored(reason)


@pytest.mark.conformance("G43")
def test_the_form_of_name_and_telephone_is_a_contact_without_age_and_gender():
    message = read(fixture_bytes("user_submit_info"))
    assert message.kind is InboundKind.CONTACT
    assert message.contact == Contact("Nguyễn Văn Thử", "84900000000", "Số 1 đường Thử, Phường Thử, Hà Nội")
    assert "1990" not in repr(message)


@pytest.mark.parametrize("info", [None, [], {}, {"name": " ", "phone": None}])
def test_an_empty_form_is_ignored(info):
    assert read({**event("user_submit_info"), "info": info}) == Ignored("empty")


@pytest.mark.conformance("G44")
def test_opening_the_chat_for_the_first_time_is_welcomed_like_following():
    message = read(fixture_bytes("user_click_chatnow"))
    assert (message.kind, message.conversation) == (InboundKind.FOLLOWED, CONVERSATION)


@pytest.mark.conformance("G45")
@pytest.mark.parametrize("who", [{"user_id": USER}, {"sender": {"id": USER}}, {"user": {"id": USER}}])
def test_a_withdrawal_is_one_wherever_the_person_is_named(who):
    message = read({**event("user_withdraw", user_id=None), **who})
    assert (message.kind, message.conversation) == (InboundKind.WITHDRAWN, CONVERSATION)


@pytest.mark.conformance("G46")
@pytest.mark.parametrize(
    ("name", "reason"), [("x", "unknown_event"), (None, "no_event"), (5, "unknown_event"), ([], "no_event")]
)
def test_an_event_of_no_known_name_is_ignored(name, reason):
    assert read({**event("user_send_text"), "event_name": name}) == Ignored(reason)


@pytest.mark.conformance("G47")
def test_ids_are_exact_as_text_and_as_numbers():
    long_id = "12345678901234567890123"
    for written_id in (f'"{long_id}"', long_id):
        body = fixture_bytes("user_send_text").replace(f'"{USER}"'.encode(), written_id.encode())
        assert read(body).conversation.participant == long_id


@pytest.mark.conformance("G47")
@pytest.mark.parametrize("number", ["4.4e18", "4400000000000000001.0", "1E5"])
def test_a_number_that_was_rounded_is_no_id(number):
    body = fixture_bytes("user_send_text").replace(f'"{USER}"'.encode(), number.encode())
    with pytest.raises(UnreadableError, match=r"sender\.id"):
        read(body)


@pytest.mark.parametrize(
    "sender", [None, {}, {"id": ""}, {"id": "a b"}, {"id": "ệ"}, {"id": "x" * 129}, {"id": []}, "x"]
)
def test_a_message_of_nobody_is_unreadable_and_its_content_stays_unsaid(sender):
    with pytest.raises(UnreadableError) as raised:
        read({**event("user_send_text"), "sender": sender})
    assert str(raised.value) == "sender.id: missing, or no id"


def test_a_participant_too_long_for_a_conversation_is_unreadable():
    with pytest.raises(UnreadableError, match="too long"):
        parse(raw(event("user_send_text", sender={"id": "9" * 128}, recipient={"id": "1" * 64})), "1" * 64, DAYS, NOW)


@pytest.mark.parametrize("message_id", [None, "", "a b", 1.5, "x" * 129, {}])
def test_a_message_without_usable_id_is_recognised_by_its_bytes(message_id):
    assert read({**written(text="x"), "message": {"text": "x", "msg_id": message_id}}).message_id.startswith("sha256:")


@pytest.mark.conformance("G8")
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("user_send_text", {"recipient": {"id": "1"}}),
        ("oa_send_text", {"sender": {"id": "1"}}),
        ("oa_send_text_by_admin", {"sender": {"id": "1", "admin_id": "2"}}),
        ("user_submit_info", {"recipient": {"id": "1"}}),
        ("follow", {"oa_id": "1"}),
        ("unfollow", {"oa_id": "1"}),
        ("user_withdraw", {"oa_id": "1"}),
        ("user_click_chatnow", {"oa_id": None}),
    ],
)
def test_events_of_another_account_are_ignored(name, changes):
    assert read(event(name, **changes)) == Ignored("other_account")


@pytest.mark.conformance(("G14", "G20"))
@pytest.mark.parametrize("minutes", [-10, 10, 50, 120, 7 * 24 * 60 - 1])
def test_an_event_is_taken_whatever_the_clocks_say(minutes):
    timestamp = str(int((NOW - timedelta(minutes=minutes)).timestamp() * 1000))
    assert isinstance(read(event("user_send_text", timestamp=timestamp)), InboundMessage)


@pytest.mark.conformance("G21")
@pytest.mark.parametrize("name", ["user_send_text", "follow", "oa_send_text_by_admin", "user_withdraw"])
def test_an_event_older_than_a_week_is_a_replay(name):
    timestamp = str(int((NOW - timedelta(days=7, seconds=1)).timestamp() * 1000))
    assert read(event(name, timestamp=timestamp)) == Ignored("too_old")


@pytest.mark.conformance("G13")
@pytest.mark.parametrize("timestamp", ["154390853474", "", "x", "-1", "1.5e12", "9" * 15, "9" * 300, 1.5, [], 0])
def test_a_timestamp_that_is_no_time_says_nothing_about_age(timestamp):
    assert isinstance(read(event("user_send_text", timestamp=timestamp)), InboundMessage)


@pytest.mark.conformance("G11")
@pytest.mark.parametrize("body", [b"", b"x", b"[]", b"null", b"\xff", b"[" * 200_000, b'{"a":' * 100_000])
def test_what_is_no_json_object_is_unreadable(body):
    with pytest.raises(UnreadableError, match="body"):
        parse(body, OA, DAYS, NOW)


@pytest.mark.conformance("G25")
def test_the_account_is_part_of_the_conversation():
    other = parse(raw(event("user_send_text", recipient={"id": "1"})), "1", DAYS, NOW)[0]
    assert other.conversation.account == "1"
    assert other.conversation.id != read(fixture_bytes("user_send_text")).conversation.id


@pytest.mark.conformance(("G50",))
def test_a_pressed_button_comes_as_the_words_of_its_title():
    assert read(written(text="Gặp nhân viên")).text == "Gặp nhân viên"


@pytest.mark.conformance(("G53", "G56"))
def test_words_are_kept_as_they_were_typed():
    text = "a\u0323\u0302 👨‍👩‍👧 <b>\u202eabc\u202c"
    assert read(written(text=text)).text == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["user_send_text", "user_send_image", "follow", "oa_send_text", "user_submit_info", "user_withdraw"]
FIELDS = ["sender", "recipient", "message", "timestamp", "oa_id", "follower", "info", "user_id", "event_name"]


@pytest.mark.conformance(("G11", "G35"))
@given(name=st.sampled_from(NAMES), field=st.sampled_from(FIELDS), value=JSON)
def test_no_event_however_odd_ends_in_anything_but_an_item_or_unreadable(name, field, value):
    body = json.dumps({**json.loads(fixture_bytes(name)), field: value}).encode()
    with contextlib.suppress(UnreadableError):
        assert isinstance(read(body), InboundMessage | Echo | Ignored)
