"""What each kind of update becomes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.channel import UnreadableError
from connectors.message import Attachment, Ignored, InboundKind
from connectors.zalo_bot.payload import parse
from desk.conversation import ConversationKey

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "zalo_bot"
ACCOUNT = "4450"
NOW = datetime(2026, 9, 25, 8, 0, tzinfo=UTC)
CITIZEN = "6ede9afa66b88fe6d6a9"


def captured(name):
    return (FIXTURES / f"{name}.json").read_bytes()


def changed(name, **message):
    document = json.loads(captured(name))
    document["message"] |= message
    return json.dumps(document).encode()


def only(body):
    (inbound,) = parse(body, ACCOUNT, NOW)
    return inbound


@pytest.mark.conformance("I1")
@pytest.mark.parametrize("name", ["text", "text_flat"])
def test_a_text_is_read_from_the_wrapped_and_from_the_flat_body(name):
    message = only(captured(name))
    assert message.conversation == ConversationKey(f"zalo_bot:{ACCOUNT}:{CITIZEN}", "zalo_bot", ACCOUNT, CITIZEN)
    assert (message.kind, message.message_id) == (InboundKind.TEXT, "2d758cb5e222177a4e35")
    assert message.text == "Bao nhiêu tuổi thì được nhận lương hưu?"
    assert (message.payload, message.choice, message.attachments) == (None, None, ())


@pytest.mark.conformance("I7")
@pytest.mark.parametrize(
    ("name", "attachment"),
    [
        ("image", Attachment("image", url="https://photo.example/anh-gia-dinh.jpg")),
        ("sticker", Attachment("sticker", url="https://sticker.example/0e078a2cd46a3d34647b.png")),
        ("voice", Attachment("voice", url="https://voice.example/90aa.aac")),
        ("link_without_text", Attachment("link", url="https://luat.example/nghi-dinh")),
        ("unsupported", Attachment("unsupported")),
    ],
)
def test_what_has_no_words_is_an_attachment(name, attachment):
    message = only(captured(name))
    assert (message.kind, message.text, message.attachments) == (InboundKind.ATTACHMENT, "", (attachment,))


@pytest.mark.conformance("I7")
@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("image_with_caption", "Tờ khai này điền thế nào ạ?", "image"),
        ("link", "https://luat.example/nghi-dinh có đúng không ạ?", "link"),
    ],
)
def test_words_beside_a_picture_or_a_link_are_the_question(name, text, kind):
    message = only(captured(name))
    assert (message.kind, message.text, message.attachments[0].kind) == (InboundKind.TEXT, text, kind)


@pytest.mark.conformance(("I4", "I5", "I6"))
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("unsupported_without_message", "no_message"),
        ("from_bot", "bot"),
        ("group", "group"),
        ("reaction", "unknown_event"),
    ],
)
def test_what_needs_no_answer_is_ignored_by_rule(name, reason):
    assert only(captured(name)) == Ignored(reason)


def test_an_unsupported_message_of_a_group_is_ignored_too():
    chat = {"id": CITIZEN, "chat_type": "GROUP"}
    assert only(changed("unsupported", chat=chat)) == Ignored("group")


@pytest.mark.parametrize("text", ["", "  \n", "\u0000", None])
def test_a_text_without_words_is_ignored(text):
    assert only(changed("text_flat", text=text)) == Ignored("empty")


@pytest.mark.conformance("I8")
@pytest.mark.parametrize("date", [1790316131602, 1790316131, "1790316131602", -1, 10**30, None, "hôm qua"])
def test_the_channels_clock_is_not_relied_on(date):
    """In milliseconds by the documentation; read as seconds it would be the year 58,700."""
    assert only(changed("text_flat", date=date)).received_at == NOW


@pytest.mark.parametrize("event", [None, 7, "", "message.video.received", ["message.text.received"]])
def test_an_event_that_nobody_knows_is_ignored(event):
    document = json.loads(captured("text_flat")) | {"event_name": event}
    assert only(json.dumps(document).encode()) == Ignored("unknown_event")


def test_a_long_number_as_id_is_not_rounded():
    chat = {"id": 9007199254740993, "chat_type": "PRIVATE"}
    message = only(changed("text_flat", chat=chat, message_id=90071992547409931))
    assert (message.conversation.participant, message.message_id) == ("9007199254740993", "90071992547409931")


@pytest.mark.parametrize(
    "message",
    [
        {"message_id": None},
        {"message_id": ""},
        {"message_id": True},
        {"message_id": 1.5},
        {"message_id": "x" * 256},
        {"message_id": "a\u0000b"},
        {"message_id": "\ud800"},
        {"chat": None},
        {"chat": {"chat_type": "PRIVATE"}},
        {"chat": {"id": {}, "chat_type": "PRIVATE"}},
        {"chat": {"id": "y" * 200, "chat_type": "PRIVATE"}},
        {"text": ["Lương hưu"]},
    ],
    ids=str,
)
def test_what_cannot_be_attributed_is_unreadable_and_its_content_is_not_quoted(message):
    with pytest.raises(UnreadableError) as caught:
        only(changed("text_flat", **message))
    assert str(caught.value) in {"message_id", "chat", "id", "text"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"{",
        b"\xff\xfe",
        b"9" * 5000,
        b"[" * 200_000,
        b'{"ok":true,"result":null}',
        b'{"ok":true,"result":[]}',
        b'{"event_name":"message.text.received","message":"x"}',
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_is_no_update_is_unreadable(body):
    with pytest.raises(UnreadableError):
        only(body)


odd = st.sampled_from([None, True, 0, -1, 1.5, 10**40, "", " ", "x", "\ud800", "\x00", [], ["x"], {}, {"id": 1}])
fields = ("message_id", "from", "chat", "date", "text", "photo", "photo_url", "caption", "sticker", "url", "voice_url")


@given(
    st.sampled_from(["message.text.received", "message.image.received", "message.unsupported.received"]),
    st.dictionaries(st.sampled_from(fields), odd),
)
def test_whatever_a_message_holds_it_is_read_or_refused(event, message):
    base = json.loads(captured("text_flat"))["message"]
    body = json.dumps({"event_name": event, "message": base | message}).encode()
    try:
        only(body)
    except UnreadableError:
        return
