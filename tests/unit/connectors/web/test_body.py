import pytest

from connectors.web.body import read_feedback, read_message, read_position, read_ticket
from connectors.web.errors import Refusal, RefusedError
from desk.feedback import Thumb

TICKET = {"request_id": "r-1", "name": "Nguyễn Văn Thử", "contact": "0912 345 678", "question": "Khi nào có thẻ?"}


def refusal(read, *arguments):
    with pytest.raises(RefusedError) as caught:
        read(*arguments)
    return caught.value.refusal


def test_a_text_is_kept_as_it_was_typed():
    assert read_message({"message_id": "m-1", "text": " Lương  hưu? 🙏 "}, 2000).text == "Lương  hưu? 🙏"


def test_only_emoji_is_a_message():
    assert read_message({"message_id": "m-1", "text": "🙏🙏"}, 2000).text == "🙏🙏"


def test_decomposed_letters_count_once():
    letters = "e\u0302\u0301" * 2000
    assert read_message({"message_id": "m-1", "text": letters}, 2000).text == letters


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x01\x02", "\u200b\u200b", "///", "\ud800"])
def test_what_says_nothing_is_refused(text):
    assert refusal(read_message, {"message_id": "m-1", "text": text}, 2000) is Refusal.MESSAGE_EMPTY


@pytest.mark.parametrize("length", [2001, 20_000])
def test_a_long_text_is_refused_with_its_limit(length):
    with pytest.raises(RefusedError) as caught:
        read_message({"message_id": "m-1", "text": "a" * length}, 2000)
    assert (caught.value.refusal, caught.value.values) == (Refusal.MESSAGE_TOO_LONG, {"limit": 2000})


@pytest.mark.parametrize("text", [None, 5, [], {}, True])
def test_a_text_of_another_kind_is_refused(text):
    assert refusal(read_message, {"message_id": "m-1", "text": text}, 2000) is Refusal.MESSAGE_MISSING


@pytest.mark.parametrize("message_id", [None, "", 5, "a" * 65, "a b", "a:b", "ế", ["m"]])
def test_a_message_needs_an_id_of_its_own(message_id):
    assert refusal(read_message, {"message_id": message_id, "text": "câu"}, 2000) is Refusal.BAD_MESSAGE_ID


@pytest.mark.parametrize("choice", ["", 5, [], "/" * 1001])
def test_a_choice_of_another_kind_is_refused(choice):
    assert refusal(read_message, {"message_id": "m-1", "choice": choice}, 2000) is Refusal.CHOICE_UNKNOWN


def test_a_verdict_is_read():
    posted = read_feedback({"id": 2, "value": "down", "comment": " sai "})
    assert (posted.sequence, posted.value, posted.comment) == (2, Thumb.DOWN, "sai")


@pytest.mark.parametrize("sequence", [None, 0, -1, True, "2", 2.5, 2**63])
def test_a_verdict_needs_an_answer(sequence):
    assert refusal(read_feedback, {"id": sequence, "value": "up"}) is Refusal.ANSWER_NOT_FOUND


@pytest.mark.parametrize(("value", "comment"), [("maybe", None), (None, None), ([], None), ("up", 5)])
def test_a_verdict_of_another_kind_is_refused(value, comment):
    assert refusal(read_feedback, {"id": 2, "value": value, "comment": comment}) is Refusal.FEEDBACK_INVALID


@pytest.mark.parametrize(
    "contact", ["0912345678", "+84 912 345 678", "024.3936.1778", "thu@example.vn", "(024) 39361778"]
)
def test_a_telephone_number_or_an_email_address_is_a_contact(contact):
    assert read_ticket({**TICKET, "contact": contact}, 2000).contact == contact


@pytest.mark.parametrize("contact", ["gọi tôi", "12345", "a@b", "@example.vn", "0912345678901234", "a b@example.vn"])
def test_anything_else_is_not(contact):
    assert refusal(read_ticket, {**TICKET, "contact": contact}, 2000) is Refusal.CONTACT_INVALID


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"request_id": None}, Refusal.REQUEST_ID_INVALID),
        ({"name": " "}, Refusal.NAME_REQUIRED),
        ({"name": 5}, Refusal.NAME_REQUIRED),
        ({"name": "a" * 101}, Refusal.NAME_TOO_LONG),
        ({"contact": ""}, Refusal.CONTACT_REQUIRED),
        ({"question": "\u200b"}, Refusal.QUESTION_REQUIRED),
        ({"question": "a" * 2001}, Refusal.QUESTION_TOO_LONG),
    ],
)
def test_each_field_of_a_ticket_has_its_own_sentence(changes, expected):
    assert refusal(read_ticket, {**TICKET, **changes}, 2000) is expected


@pytest.mark.parametrize(("value", "position"), [(None, 0), ("", 0), ("0", 0), ("17", 17), ("9999999999", 2**31 - 1)])
def test_a_position_is_a_number(value, position):
    assert read_position(value) == position


@pytest.mark.parametrize("value", ["-1", "1.5", "một", "\u0661", "1" * 11, "1 OR 1=1"])
def test_another_position_is_refused(value):
    assert refusal(read_position, value) is Refusal.BAD_POSITION
