"""A case code is answered from any channel; trying out codes is not."""

from datetime import timedelta

import pytest

from connectors.inbox import inbox
from connectors.look_ups import LOOK_UP_MINUTES, MOST_CODES, code_in_chat, is_one_too_many
from desk.case_code import new_case_code
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import reading, writing
from desk.handoff.sentences import load_handoff_texts
from tests.fakes.gateway import now
from tests.fakes.web_gateway import WebGateway

KEY = ConversationKey("web-an", "web", "main", "an")


class Chat:
    """What a citizen wrote, in order."""

    def __init__(self, engine):
        self.engine, self.number = engine, 0
        with writing(engine) as connection:
            ensure_conversation(connection, KEY, now())

    def asks(self, text, before=timedelta()):
        """Whether this was one too many."""
        self.number += 1
        values = {"channel": "web", "account": "main", "message_id": f"an:{self.number}", "conversation_id": KEY.id}
        values |= {"sequence": self.number, "kind": "text", "text": text, "state": "done", "attempts": 0}
        values |= {"tried_seconds": 0.0, "next_attempt_at": now(), "received_at": now() - before}
        with writing(self.engine) as connection:
            connection.execute(inbox.insert().values(**values))
        with reading(self.engine) as connection:
            return is_one_too_many(connection, KEY.id, code_in_chat(text), now())


@pytest.fixture
def chat(engine):
    return Chat(engine)


def test_nobody_has_to_wait_for_a_few_cases_of_their_own(chat):
    codes = [new_case_code() for _ in range(MOST_CODES)]
    assert [chat.asks(code) for code in codes * 3] == [False] * MOST_CODES * 3


def test_after_a_few_codes_others_are_not_answered_but_the_first_ones_are(chat):
    codes = [new_case_code() for _ in range(MOST_CODES)]
    for code in codes:
        chat.asks(code)
    assert [chat.asks(new_case_code()) for _ in range(3)] == [True] * 3
    assert not chat.asks(codes[0].lower().replace("-", " "))


def test_the_same_code_in_other_letters_is_the_same(chat):
    code = new_case_code()
    written = [code, code.lower(), code.replace("-", ""), f" {code} ", code.replace("-", " – "), code.title()]
    assert [chat.asks(text) for text in written] == [False] * len(written)


def test_what_was_asked_long_ago_no_longer_counts(chat):
    for _ in range(MOST_CODES * 2):
        chat.asks(new_case_code(), before=timedelta(minutes=LOOK_UP_MINUTES + 1))
    assert not chat.asks(new_case_code())


@pytest.mark.parametrize("text", ["BHXH là gì?", "7K3M42QX", "", "bhxh", "BHXH-OOOO-1111"])
def test_what_is_no_code_is_a_question(text):
    assert code_in_chat(text) is None


async def test_who_tries_codes_hears_when_to_come_back(engine):
    limited = load_handoff_texts().look_ups_limited.format(minutes=LOOK_UP_MINUTES)
    async with WebGateway(engine) as gateway:
        browser = await gateway.browser()
        for number in range(1, MOST_CODES + 2):
            await browser.say(new_case_code())
            messages = await browser.answers(number)
    answers = [message["text"] for message in messages if message["role"] == "assistant"]
    assert [answer == limited for answer in answers] == [False] * MOST_CODES + [True]
