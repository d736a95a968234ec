"""A citizen asks for news, sees what they have and ends it, in words or by buttons, on any channel."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.privacy.held import read_held
from connectors.erasure import erase_conversation
from connectors.message import InboundKind
from connectors.news import Promise, build_news
from desk.audit import AuditAction, AuditFilter, entries
from desk.citizen import Held
from desk.conversation import ConversationKey, conversations
from desk.database import reading, writing
from desk.notices.news_topic import NewsTopic, add_topic, change_topic
from desk.notices.subscription import subscribed_topics, subscriptions_of
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.waiting import until

AN = "fake:main:an"


@pytest.fixture
def channel():
    return FakeChannel()


@pytest.fixture
def topics(engine):
    with writing(engine) as connection:
        return [
            add_topic(connection, "Lương hưu", "Chi trả hằng tháng", 1, now()),
            add_topic(connection, "Thai sản", "", 1, now()),
        ]


def names(engine):
    with reading(engine) as connection:
        return [topic.name for topic in subscribed_topics(connection, AN)]


async def says(gateway, channel, *texts):
    """Each is answered before the next is said; all answers."""
    for text in texts:
        before = len(channel.texts("an"))
        await gateway.intakes["fake"].take(channel.body("an", before + 1, text))
        await until(lambda before=before: len(channel.texts("an")) > before)
    return channel.texts("an")


async def test_asked_for_in_words_confirmed_with_how_often_and_how_to_stop(engine, channel, topics):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        (text,) = await says(gateway, channel, "dang ky tin luong huu")
        assert gateway.dialogue.heard == []
    assert ("“Lương hưu”" in text, "8 giờ đến 20 giờ" in text, "DỪNG TIN" in text) == (True, True, True)
    with reading(engine) as connection:
        (consent,) = subscriptions_of(connection, AN)
    assert (consent.words, consent.ended_at) == ("dang ky tin luong huu", None)


async def test_without_a_name_the_topics_are_offered_and_one_is_chosen_by_number(engine, channel, topics):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        offered, _ = await says(gateway, channel, "đăng ký tin", "2")
    assert ("Lương hưu: Chi trả hằng tháng" in offered, names(engine)) == (True, ["Thai sản"])


async def test_a_topic_that_does_not_exist_is_said_to_and_nothing_is_kept(engine, channel, topics):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        (text,) = await says(gateway, channel, "đăng ký tin bóng đá")
    assert (text.startswith("Chưa có chủ đề tin như vậy."), names(engine)) == (True, [])


async def test_what_one_has_is_listed_and_ended_one_by_one(engine, channel, topics):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        said = await says(
            gateway, channel, "đăng ký tin lương hưu", "đăng ký tin thai sản", "tin của tôi", "hủy tin thai san"
        )
        assert ("- Lương hưu" in said[2], "- Thai sản" in said[2]) == (True, True)
        assert names(engine) == ["Lương hưu"]
        await says(gateway, channel, "tin của tôi", "1")
    assert names(engine) == []


async def test_twice_is_once_and_ending_what_one_has_not_says_so(engine, channel, topics):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        said = await says(gateway, channel, "đăng ký tin thai sản", "đăng ký tin thai sản", "hủy tin lương hưu")
    assert ("đang nhận tin" in said[1], "không đăng ký" in said[2], names(engine)) == (True, True, ["Thai sản"])


@pytest.mark.parametrize("word", ["dừng", "DỪNG TIN", "dung tin", "/stop"])
async def test_stop_ends_all_of_it_and_the_record_says_by_which_words(engine, channel, topics, word):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        await says(gateway, channel, "đăng ký tin lương hưu", "đăng ký tin thai sản", word)
    with reading(engine) as connection:
        ended = subscriptions_of(connection, AN)
        quiet = connection.execute(select(conversations.c.quiet_since)).scalar_one()
    assert ([each.ended_words for each in ended], quiet is None) == ([word, word], False)


@pytest.mark.parametrize("words", ["hủy tin lương hưu", "hủy tin tất cả"])
async def test_an_end_holds_also_where_an_officer_took_over_and_nothing_is_said(engine, channel, topics, words):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        await says(gateway, channel, "đăng ký tin lương hưu")
        plain = build_news(Promise(8, 20, 48.0))
        typed = SimpleNamespace(payload=None, kind=InboundKind.TEXT, text=words)
        with writing(engine) as connection:
            plain.ending(typed)(connection, ConversationKey(AN, "fake", "main", "an"), now())
        assert names(engine) == []
        assert plain.ending(SimpleNamespace(payload=None, kind=InboundKind.TEXT, text="đăng ký tin")) is None


async def test_who_asks_again_after_stop_gets_news_again(engine, channel, topics):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        await says(gateway, channel, "đăng ký tin lương hưu", "dừng", "đăng ký tin lương hưu")
    with reading(engine) as connection:
        kept = subscriptions_of(connection, AN)
        quiet = connection.execute(select(conversations.c.quiet_since)).scalar_one()
    assert ([each.ended_at is None for each in kept], quiet) == ([False, True], None)


async def test_a_closed_topic_takes_nobody_new(engine, channel, topics):
    with writing(engine) as connection:
        change_topic(connection, NewsTopic(topics[1].id, "Thai sản", "", False), 1, now())
    async with GatewayLife(engine, channels=[channel]) as gateway:
        (text,) = await says(gateway, channel, "đăng ký tin thai sản")
    assert ("không nhận đăng ký mới" in text, names(engine)) == (True, [])


async def test_without_topics_it_says_so_and_a_question_is_still_a_question(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        said = await says(gateway, channel, "đăng ký tin", "đăng ký tin nhắn VssID thế nào")
    assert ("chưa có chủ đề" in said[0], said[1]) == (True, "echo: đăng ký tin nhắn VssID thế nào")


def test_changes_of_topics_are_in_the_audit_log(engine, topics):
    with reading(engine) as connection:
        found = entries(connection, AuditFilter(action=AuditAction.NEWS_TOPICS_CHANGED), 10)
    assert [entry.subject for entry in found] == [f"news topic:{topic.id}" for topic in reversed(topics)]


async def test_an_erased_citizen_leaves_no_consent_and_an_exported_one_sees_it(engine, channel, topics):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        await says(gateway, channel, "đăng ký tin thai sản")
    with writing(engine) as connection:
        held = {section.kind: section.rows for section in read_held(connection, AN, None).sections}
        erase_conversation(connection, AN, now())
        left = subscriptions_of(connection, AN)
    ((name, _, words, ended_at, _),) = held[Held.SUBSCRIPTIONS]
    assert (name, words, ended_at, left) == ("Thai sản", "đăng ký tin thai sản", None, ())
