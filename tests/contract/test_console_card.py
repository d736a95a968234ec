"""What an operator is shown of a conversation: what the assistant knew, with scores; limits; suggested answers."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import update

from connectors.deliveries import deliveries, put_deliveries
from connectors.inbox import inbox
from connectors.message import Citation, DialogueState, Found, Reply
from connectors.outbox import Answering, outbox, put_replies
from connectors.outgoing import OutgoingMessage
from desk.conversation import ConversationKey, conversations
from desk.database import reading, writing
from tests.fakes.console import SUGGESTED, ConsoleSite
from tests.fakes.console_operator import ConsoleOperator, citizen_waits
from tests.fakes.gateway import now

pytestmark = pytest.mark.page

CITATION = Citation("41/2024/QH15", "Điều 70", "Điều 70 Luật thử", "", "", "/hoi-dap/mot-lan", "faq/mot-lan")
FOUND = Found("faq/mot-lan", "Khi nào được rút <b>một lần</b>?", "mot-lan", "", 0.874)
DIALOGUE = DialogueState("Số của tôi 001234567890, rút một lần được không?", "người lao động", 2)
ANSWERED = Reply("Đủ 12 tháng.", "answered", (CITATION,), found=(FOUND,), dialogue=DIALOGUE)
UNSURE = Reply("Tôi chưa đủ chắc chắn.", "unanswerable_low_score", found=(FOUND,), dialogue=DIALOGUE)


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


def answered(engine, *replies, channel="web"):
    """The episode of a citizen whom the assistant said this, before they wanted a person."""
    episode = citizen_waits(engine, channel=channel)
    key = ConversationKey(f"{channel}-an", channel, "main", "an")
    with writing(engine) as connection:
        inbox_id = connection.execute(inbox.select()).one().id
        put_replies(connection, Answering(key, inbox_id, 0, 100, 0), replies, None, now())
        connection.execute(conversations.update().values(last_sequence=100 + len(replies)))
    return episode


class Lan(ConsoleOperator):
    """Of this site."""

    def __init__(self, site):
        super().__init__(site.engine, lambda cookies: site.browser(cookies["bhxh_console"]), "lan", "Trần Thị Lan")

    async def page(self, episode):
        return (await self.get(f"/console/conversations/{episode}")).text


async def test_the_card_tells_question_role_status_and_scores(site):
    page = await Lan(site).page(answered(site.engine, ANSWERED))
    card = page[page.index('id="card-known"') : page.index('id="card-channel"')]
    for words in ("rút một lần được không?", "người lao động", "Đã trả lời", "Điều 70 Luật thử", "87%", 'href="#m100"'):
        assert words in card
    assert "001234567890" not in page
    assert "•••890" in card


async def test_an_abstention_shows_what_was_nearest(site):
    page = await Lan(site).page(answered(site.engine, UNSURE))
    card = page[page.index('id="card-known"') : page.index('id="card-channel"')]
    assert "Chưa đủ chắc chắn" in card
    assert "2 lần liền" in card
    assert "Khi nào được rút &lt;b&gt;một lần&lt;/b&gt;?" in card
    assert "87%" in card


async def test_handing_over_is_no_answer_and_keeps_what_was_known(site):
    handed = Reply("Vâng.", "handed_off_requested", handoff="requested", dialogue=DialogueState("", "", 0))
    page = await Lan(site).page(answered(site.engine, ANSWERED, handed))
    assert 'href="#m100"' in page


async def test_replies_from_before_scores_are_shown_without(site):
    episode = answered(site.engine, ANSWERED)
    with writing(site.engine) as connection:
        content = dict(connection.execute(outbox.select()).one().content)
        old = {name: value for name, value in content.items() if name not in {"found", "dialogue", "offer"}}
        connection.execute(update(outbox).values(content=json.loads(json.dumps(old))))
    page = await Lan(site).page(episode)
    assert "Điều 70 Luật thử" in page
    assert "87%" not in page


async def test_a_conversation_without_an_answer_says_so(site):
    assert "Trợ lý chưa trả lời câu nào" in await Lan(site).page(citizen_waits(site.engine))


async def test_citizens_see_nothing_of_it(site):
    from connectors.transcript import entries_after
    from connectors.web.wire import message_event

    answered(site.engine, ANSWERED)
    with reading(site.engine) as connection:
        events = [message_event(entry) for entry in entries_after(connection, "web-an", 0)]
    assert not [event for event in events if "0.874" in event or "người lao động" in event]


def brought(engine, states, at):
    """Calls of Zalo in this conversation, and how they ended."""
    key = ConversationKey("zalo_oa-an", "zalo_oa", "main", "an")
    with writing(engine) as connection:
        outbox_id = connection.execute(outbox.select()).first().id
        put_deliveries(connection, outbox_id, key, [OutgoingMessage("x")] * len(states), at)
        for chunk, state in enumerate(states):
            is_over = state not in ("pending", "sending")
            values = {"state": state, "finished_at": at if is_over else None}
            connection.execute(deliveries.update().where(deliveries.c.chunk == chunk).values(**values))


async def test_what_zalo_may_have_counted_is_counted(site):
    episode = answered(site.engine, ANSWERED, channel="zalo_oa")
    brought(site.engine, ["sent", "unknown", "failed", "cancelled", "pending", "sent"], now() + timedelta(seconds=1))
    lan = Lan(site)
    await lan.on(episode, "claim")
    assert "còn 5/8 tin miễn phí" in await lan.page(episode)


async def test_what_was_sent_before_the_citizens_last_words_no_longer_counts(site):
    episode = answered(site.engine, ANSWERED, channel="zalo_oa")
    brought(site.engine, ["sent"] * 7, now() - timedelta(hours=1))
    lan = Lan(site)
    await lan.on(episode, "claim")
    assert "còn 8/8 tin miễn phí" in await lan.page(episode)


@pytest.mark.parametrize(
    ("ago", "sentence"),
    [
        (timedelta(hours=47), "thời gian trả lời miễn phí sắp hết"),
        (timedelta(days=3), "Mỗi tin gửi thêm cơ quan phải trả phí"),
        (timedelta(days=6, hours=2), "Zalo sắp đóng cửa sổ trả lời"),
        (timedelta(days=8), "Đã quá 7 ngày kể từ tin nhắn cuối của công dân"),
    ],
)
async def test_a_closing_window_is_said_before_it_shuts(site, ago, sentence):
    lan, episode = Lan(site), citizen_waits(site.engine, channel="zalo_oa")
    await lan.on(episode, "claim")
    with writing(site.engine) as connection:
        connection.execute(inbox.update().values(received_at=now() - ago))
    assert sentence in await lan.page(episode)


async def test_other_channels_have_no_such_limit(site):
    lan, episode = Lan(site), citizen_waits(site.engine)
    await lan.on(episode, "claim")
    assert "data-free-left" not in await lan.page(episode)


@pytest.mark.parametrize("text", ["xem bhxh-gov.top nhé", "https://baohiemxahoi.gov.vn@evil.com", "zalo.me/<b>"])
async def test_a_reply_with_a_foreign_link_is_stopped_and_named(site, text):
    lan, episode = Lan(site), citizen_waits(site.engine)
    await lan.on(episode, "claim")
    answer = await lan.on(episode, "reply", text=text)
    assert answer.status_code == 422
    assert "không thuộc danh sách được phép" in answer.json()["message"]
    with reading(site.engine) as connection:
        assert [row.text for row in connection.execute(outbox.select()) if row.author == "operator"] == []


async def test_our_own_public_address_may_be_named(engine):
    site = ConsoleSite(engine, public_url="https://troly.vi-du.vn")
    try:
        lan = ConsoleOperator(
            engine,
            lambda cookies: site.browser(cookies["bhxh_console"], "https://test", "__Host-bhxh_console"),
            "lan",
            "Trần Thị Lan",
        )
        episode = citizen_waits(engine)
        await lan.on(episode, "claim")
        assert (await lan.on(episode, "reply", text="Xem https://troly.vi-du.vn/hoi-dap/a nhé")).status_code == 200
        assert (await lan.on(episode, "reply", text="Xem https://vi-du.vn/hoi-dap/a nhé")).status_code == 422
    finally:
        site.close()


async def test_suggestions_are_for_the_question_when_the_last_words_say_little(site):
    lan, episode = Lan(site), answered(site.engine, ANSWERED)
    part = (await lan.on(episode, "suggestions")).text
    assert SUGGESTED.title in part
    assert "rút một lần được không?" in part
    assert "Vai: người lao động" in part
    assert "001234567890" not in part


@pytest.mark.parametrize("question", ["", "a" * 5_000, "<script>alert(1)</script>", "\x00", "một lần"])
async def test_any_words_may_be_looked_up(site, question):
    lan, episode = Lan(site), citizen_waits(site.engine)
    answer = await lan.on(episode, "suggestions", question=question)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert ("Chèn" in answer.text) == ("một lần" in question)
