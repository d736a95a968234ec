"""How satisfied citizens are: asked once, at the end, never in place of an answer. On both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from connectors.message import Reply
from connectors.outbox import OPERATOR
from connectors.satisfaction import ASKED, FreeReplies
from connectors.spoken import Spoken, speak
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import reading, writing
from desk.handoff.log import open_episode
from desk.handoff.moves import Say, Sentence, claim, close, give_to_assistant, request
from desk.handoff.state import CloseReason, Reason
from desk.satisfaction import About, last_asked, rate, scores_of_episodes
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.office import OPEN, satisfactions
from tests.fakes.waiting import until

ANSWER = Reply("Từ đủ 15 năm.", "answered", feedback=True)
LINE = Reply("Rất vui vì giúp được anh/chị.")
KEY = ConversationKey("fake:main:an", "fake", "main", "an")


@pytest.fixture
def channel():
    return FakeChannel()


def rating(engine):
    with reading(engine) as connection:
        return last_asked(connection, KEY.id)


async def talk(gateway, channel, *said):
    """Each waits for its answer."""
    for number, text in enumerate(said, start=len(channel.texts("an")) + 100):
        before = len(channel.texts("an"))
        await gateway.intakes["fake"].take(channel.body("an", number, text))
        await until(lambda before=before: len(channel.texts("an")) > before)
    return channel.texts("an")


class TestAssistant:
    async def test_thanks_after_an_answer_are_followed_by_the_question_once_a_day(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(ANSWER, LINE, ANSWER, LINE)
            await talk(gateway, channel, "lương hưu", "cảm ơn bạn nhé")
            await until(lambda: len(channel.texts("an")) == 3)
            said = await talk(gateway, channel, "thai sản", "cảm ơn")
        assert [number for number, text in enumerate(said) if "từ 1" in text] == [2]
        assert rating(engine).about is About.BOT

    async def test_thanks_for_nothing_ask_nothing(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(LINE)
            await talk(gateway, channel, "cảm ơn", "câu khác")
        assert rating(engine) is None

    async def test_a_question_that_begins_with_thanks_is_answered(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(ANSWER, ANSWER)
            await talk(gateway, channel, "lương hưu", "cảm ơn, thế còn thai sản")
        assert rating(engine) is None

    async def test_who_waits_for_a_call_back_is_not_asked(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.office.is_now(operators_online=0)
            gateway.dialogue.will(Reply("Vâng.", handoff="requested"), ANSWER, LINE)
            await talk(gateway, channel, "gặp nhân viên", "lương hưu", "cảm ơn")
        assert rating(engine) is None


class TestAnswer:
    async def asked(self, gateway, channel):
        gateway.dialogue.will(ANSWER, LINE)
        await talk(gateway, channel, "lương hưu", "cảm ơn")
        await until(lambda: len(channel.texts("an")) == 3)

    @pytest.mark.parametrize(("said", "score"), [("5", 5), ("4 điểm", 4), ("Rất không hài lòng", 1), ("3/5", 3)])
    async def test_a_bare_number_or_the_words_of_a_button_are_the_score(self, engine, channel, said, score):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await self.asked(gateway, channel)
            thanks = (await talk(gateway, channel, said))[3]
        assert (rating(engine).score, f"{score}/5" in thanks) == (score, True)
        assert ("gặp cán bộ" in thanks) is (score <= 2)

    async def test_a_word_may_follow_and_a_question_is_answered_as_ever(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await self.asked(gateway, channel)
            said = await talk(gateway, channel, "2", "Góp ý: trả lời còn dài", "thai sản")
        assert (rating(engine).score, rating(engine).words) == (2, "trả lời còn dài")
        assert "góp ý đã được ghi nhận" in said[4]
        assert said[5] == "echo: thai sản"

    async def test_a_number_that_is_not_said_right_after_is_an_ordinary_message(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await self.asked(gateway, channel)
            said = await talk(gateway, channel, "câu khác", "5")
        assert (rating(engine).score, said[3:]) == (None, ["echo: câu khác", "echo: 5"])

    async def test_a_number_said_days_later_is_no_score(self, engine, channel):
        moment = now()
        async with GatewayLife(engine, channels=[channel], clock=lambda: moment) as gateway:
            await self.asked(gateway, channel)
            moment += timedelta(hours=25)
            await talk(gateway, channel, "5")
        assert rating(engine).score is None

    async def test_who_does_not_want_to_answer_need_not(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await self.asked(gateway, channel)
            said = await talk(gateway, channel, "không đánh giá")
        assert (rating(engine).score, said[3].startswith("Vâng ạ")) == (None, True)

    async def test_what_looks_like_our_own_button_but_was_typed_is_no_score(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await self.asked(gateway, channel)
            await talk(gateway, channel, "/rating bot-2026-11-22 5")
        assert rating(engine).score is None


class TestPerson:
    @pytest.fixture
    def episode(self, engine):
        with writing(engine) as connection:
            ensure_conversation(connection, KEY, now())
            request(connection, KEY.id, Reason.REQUESTED, OPEN, now())
            claim(connection, open_episode(connection, KEY.id), 7, "Lan", now())
            return open_episode(connection, KEY.id)

    def after(self, engine, act, quotas=None):
        with writing(engine) as connection:
            moved = act(connection, open_episode(connection, KEY.id))
            return satisfactions(**(quotas or {})).after(connection, KEY, moved.sentences, now())

    @staticmethod
    def closing(reason):
        return lambda connection, stored: close(connection, stored, "operator:7", reason, now())

    def test_the_end_of_a_talk_with_a_person_is_asked_about_once(self, engine, episode):
        with writing(engine) as connection:
            speak(connection, Spoken(KEY, OPERATOR, Reply("Chào anh/chị")), None, now())
        (question,) = self.after(engine, lambda connection, stored: give_to_assistant(connection, stored, 7, now()))
        assert (question.status, len(question.buttons), rating(engine).about) == (ASKED, 5, About.PERSON)
        assert self.after(engine, self.closing(CloseReason.ANSWERED)) == ()

    def test_where_no_operator_wrote_it_was_only_waiting(self, engine, episode):
        assert self.after(engine, self.closing(CloseReason.ANSWERED))
        assert rating(engine).about is About.WAITING

    @pytest.mark.parametrize("reason", [CloseReason.ABUSE, CloseReason.IDLE, CloseReason.NO_REPLY])
    def test_who_is_gone_or_was_abusive_is_not_asked(self, engine, episode, reason):
        assert self.after(engine, self.closing(reason)) == ()

    @pytest.mark.parametrize("values", [{"quiet_since": now()}, {"unreachable": "left"}])
    def test_who_wants_answers_only_or_cannot_be_reached_is_not_asked(self, engine, episode, values):
        with writing(engine) as connection:
            connection.execute(update(conversations).where(conversations.c.id == KEY.id).values(**values))
        assert self.after(engine, self.closing(CloseReason.ANSWERED)) == ()

    def test_nobody_is_asked_where_the_channel_lets_us_say_nothing_more(self, engine, episode):
        assert self.after(engine, self.closing(CloseReason.ANSWERED), {"fake": FreeReplies(8, 48.0)}) == ()

    def test_what_is_said_on_the_way_is_not_followed_by_the_question(self, engine, episode):
        with writing(engine) as connection:
            assert satisfactions().after(connection, KEY, (Sentence(Say.CLAIMED),), now()) == ()

    def test_operators_see_the_score_beside_the_episode(self, engine, episode):
        self.after(engine, self.closing(CloseReason.ANSWERED))
        with writing(engine) as connection:
            rate(connection, KEY.id, f"episode-{episode.id}", 4, "", now())
            assert scores_of_episodes(connection, KEY.id) == {episode.id: 4}

    def test_another_score_leaves_the_words_that_were_written(self, engine, episode):
        self.after(engine, self.closing(CloseReason.ANSWERED))
        with writing(engine) as connection:
            rate(connection, KEY.id, f"episode-{episode.id}", 2, "chờ lâu", now())
            assert rate(connection, KEY.id, f"episode-{episode.id}", 3, None, now())
        assert (rating(engine).score, rating(engine).words) == (3, "chờ lâu")
