"""What citizens and the account itself write, and following, as Zalo reports it."""

import json

import pytest

from connectors.message import Attachment, Echo, Ignored, InboundKind, InboundMessage
from tests.unit.connectors.zalo_oa.account import FIXTURES, NOW, OA, event, fixture_bytes
from tests.unit.connectors.zalo_oa.reading import CONVERSATION, read, written

ATTACHED = ("image", "gif", "sticker", "audio", "video", "file", "location", "link", "business_card")


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("[!ao]*.json")), ids=lambda path: path.stem)
def test_every_documented_event_is_read(path):
    assert isinstance(read(path.read_bytes()), InboundMessage | Echo | Ignored)


@pytest.mark.conformance("G30")
def test_a_text_becomes_a_message_of_its_conversation():
    assert read(fixture_bytes("user_send_text")) == InboundMessage(
        CONVERSATION, "96d3cdf3af150460001", "Em bị mất sổ BHXH thì làm lại ở đâu ạ?", None, NOW
    )


@pytest.mark.conformance("G31")
def test_a_quoted_message_is_kept():
    assert read(fixture_bytes("user_send_text_quoting")).quoted_id == "96d3cdf3af150460000"


@pytest.mark.conformance("G32")
@pytest.mark.parametrize("text", ["", " \t\n", "\x00", "\ud800", None, [], {}])
def test_a_text_of_nothing_is_ignored(text):
    assert read(json.dumps(written(text=text)).encode()) == Ignored("empty")


@pytest.mark.conformance("G33")
@pytest.mark.parametrize("text", ["/restart", "/session_start", '/greet{"a": 1}', "  /x"])
def test_words_stay_words_and_never_become_a_payload(text):
    message = read(written(text=text))
    assert (message.text, message.payload, message.choice, message.kind) == (text, None, None, InboundKind.TEXT)


def test_a_number_sign_in_front_means_nothing():
    assert read(written(text="#tracuu 123")).text == "#tracuu 123"


@pytest.mark.conformance("G34")
def test_a_picture_with_words_is_a_text_with_an_attachment():
    message = read(fixture_bytes("user_send_image_with_text"))
    assert (message.kind, message.text) == (InboundKind.TEXT, "Tờ này là gì ạ?")
    assert message.attachments == (Attachment("image", "", "https://cdn.invalid/a.jpg"),)


@pytest.mark.conformance(("G34", "G35"))
@pytest.mark.parametrize("kind", ATTACHED)
def test_what_has_no_words_is_an_attachment(kind):
    message = read(fixture_bytes(f"user_send_{kind}"))
    assert (message.kind, message.text) == (InboundKind.ATTACHMENT, "")
    assert [one.kind for one in message.attachments] == [kind]


def test_a_file_keeps_its_name_and_a_visiting_card_nothing_of_its_person():
    assert read(fixture_bytes("user_send_file")).attachments[0].name == "to-khai.pdf"
    assert "0900000000" not in repr(read(fixture_bytes("user_send_business_card")))


@pytest.mark.conformance("G35")
@pytest.mark.parametrize(
    "attachments",
    [
        None,
        [],
        {},
        "x",
        [None],
        [{}],
        [{"type": "hologram", "payload": {}}],
        [{"type": 5, "payload": 5}],
        [{"type": "image"}],
    ],
)
def test_an_attachment_that_nobody_describes_is_one_all_the_same(attachments):
    for name in ("user_send_image", "user_send_hologram"):
        message = read(
            {**event("user_send_image"), "event_name": name, "message": {"msg_id": "1", "attachments": attachments}}
        )
        assert message.kind is InboundKind.ATTACHMENT
        assert len(message.attachments) == 1


@pytest.mark.conformance("G36")
@pytest.mark.parametrize(
    ("latitude", "longitude", "name"),
    [
        ("21.0285", "105.8542", "21.028500,105.854200"),
        (-33.5, -70, "-33.500000,-70.000000"),
        ("91", "0", ""),
        ("nan", "inf", ""),
        ("bắc", "nam", ""),
        (None, [], ""),
    ],
)
def test_a_place_is_named_when_it_is_one(latitude, longitude, name):
    place = [{"type": "location", "payload": {"coordinates": {"latitude": latitude, "longitude": longitude}}}]
    message = read({**event("user_send_location"), "message": {"msg_id": "1", "attachments": place}})
    assert message.attachments == (Attachment("location", name, ""),)


@pytest.mark.conformance(("G37", "G26"))
def test_following_has_no_sender_and_is_recognised_by_its_bytes():
    first, again = read(fixture_bytes("follow")), read(fixture_bytes("follow"))
    assert (first.kind, first.conversation) == (InboundKind.FOLLOWED, CONVERSATION)
    assert first.message_id == again.message_id
    assert first.message_id.startswith("sha256:")
    assert read(event("follow", timestamp="1795248000001")).message_id != first.message_id


@pytest.mark.conformance("G38")
def test_unfollowing_is_leaving():
    assert read(fixture_bytes("unfollow")).kind is InboundKind.LEFT


@pytest.mark.conformance("G39")
def test_what_we_sent_ourselves_is_an_echo():
    echo = read(fixture_bytes("oa_send_text"))
    assert isinstance(echo, Echo)
    assert (echo.conversation, echo.text) == (CONVERSATION, "Anh/chị nộp tại cơ quan BHXH nơi cư trú.")
    assert echo.channel_message_id == json.loads(fixture_bytes("oa_send_text"))["message"]["msg_id"]


def test_an_echo_is_comparable_with_what_was_stored():
    said = {"text": "a\x00b\ud800", "msg_id": "1"}
    assert read(json.dumps(event("oa_send_text", message=said)).encode()) == Echo(CONVERSATION, "1", "ab")


def test_an_echo_without_message_is_one_without_id():
    assert read(event("oa_send_text", message=None)) == Echo(CONVERSATION, "", "")


@pytest.mark.conformance("G40")
@pytest.mark.parametrize("name", ["oa_send_text_by_admin", "oa_send_image_by_admin"])
def test_what_a_person_wrote_in_the_console_is_of_staff(name):
    message = read(fixture_bytes(name))
    assert (message.kind, message.conversation) == (InboundKind.STAFF_WROTE, CONVERSATION)


@pytest.mark.conformance("G41")
def test_the_account_does_not_talk_to_itself():
    assert read(event("user_send_text", sender={"id": OA})) == Ignored("own_message")
