"""What a channel did not take: why it is said, and saying it again once, knowingly, and only where it helps."""

import asyncio

import pytest

from connectors.deliveries import deliveries
from connectors.outbox import outbox
from desk.conversation import conversations
from desk.database import reading, writing
from tests.fakes.channel import FakeChannel
from tests.fakes.console import ConsoleSite
from tests.fakes.console_operator import ConsoleOperator, citizen_waits
from tests.fakes.gateway import now

pytestmark = pytest.mark.page

WORDS = "Anh cho biết năm sinh ạ?"


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine, channels=(FakeChannel("zalo_oa", limit=40),))
    yield made
    made.close()


def operator(site, login="lan", name="Trần Thị Lan"):
    return ConsoleOperator(site.engine, lambda cookies: site.browser(cookies["bhxh_console"]), login, name)


async def told(site, words=WORDS, name="an"):
    """Lan, the episode, and the number of what she wrote."""
    lan, episode = operator(site), citizen_waits(site.engine, name, channel="zalo_oa")
    await lan.on(episode, "claim")
    assert (await lan.on(episode, "reply", text=words)).status_code == 200
    return lan, episode, sequences(site)[-1]


def sequences(site):
    """Of what operators said, in order."""
    with reading(site.engine) as connection:
        rows = connection.execute(outbox.select().where(outbox.c.author == "operator").order_by(outbox.c.sequence))
        return [row.sequence for row in rows]


def texts(site):
    with reading(site.engine) as connection:
        rows = connection.execute(outbox.select().where(outbox.c.author == "operator").order_by(outbox.c.sequence))
        return [row.text for row in rows]


def ended(site, sequence, *states, error_class=None, error_code=None):
    """Its calls of the channel end so, one state each."""
    with writing(site.engine) as connection:
        outbox_id = connection.execute(outbox.select().where(outbox.c.sequence == sequence)).one().id
        for chunk, state in enumerate(states):
            is_bad = state in ("failed", "unknown")
            values = {"state": state, "finished_at": None if state in ("pending", "sending") else now()}
            values |= {"error_class": error_class, "error_code": error_code} if is_bad else {}
            mine = (deliveries.c.outbox_id == outbox_id, deliveries.c.chunk == chunk)
            assert connection.execute(deliveries.update().where(*mine).values(**values)).rowcount == 1


async def test_what_failed_is_a_new_message_however_often_it_is_asked_for(site):
    lan, episode, sequence = await told(site)
    ended(site, sequence, "failed", error_class="permanent", error_code="-240")
    answers = await asyncio.gather(*(lan.on(episode, "send-again", sequence=sequence) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert answers[0].json()["say"] == "Đã gửi lại."
    assert texts(site) == [WORDS, WORDS]
    assert site.life.senders["zalo_oa"].woken


async def test_what_failed_again_is_said_a_third_time(site):
    lan, episode, sequence = await told(site)
    ended(site, sequence, "failed", error_class="temporary")
    await lan.on(episode, "send-again", sequence=sequence)
    second = sequences(site)[-1]
    ended(site, second, "failed", error_class="temporary")
    await lan.on(episode, "send-again", sequence=second)
    assert texts(site) == [WORDS] * 3


async def test_what_may_have_arrived_needs_a_confirmation(site):
    lan, episode, sequence = await told(site)
    ended(site, sequence, "unknown", error_class="unknown")
    refused = await lan.on(episode, "send-again", sequence=sequence)
    assert refused.status_code == 409
    assert "có thể đã nhận được" in refused.json()["message"]
    assert texts(site) == [WORDS]
    assert (await lan.on(episode, "send-again", sequence=sequence, confirmed=1)).status_code == 200
    assert texts(site) == [WORDS] * 2


async def test_only_what_did_not_arrive_is_said_again(site):
    lan, episode, sequence = await told(site, "Phần thứ nhất của câu trả lời này. Phần thứ hai của câu trả lời này.")
    with reading(site.engine) as connection:
        rows = connection.execute(deliveries.select().order_by(deliveries.c.id)).all()
    parts = [row.text for row in rows][-2:]
    assert "".join(parts).startswith("Phần thứ nhất")
    ended(site, sequence, "sent", "failed", error_class="quota")
    await lan.on(episode, "send-again", sequence=sequence)
    assert texts(site)[-1] == parts[1]


@pytest.mark.parametrize("state", ["sent", "pending", "sending"])
async def test_what_arrived_or_is_on_its_way_is_not_said_again(site, state):
    lan, episode, sequence = await told(site)
    ended(site, sequence, state)
    answer = await lan.on(episode, "send-again", sequence=sequence, confirmed=1)
    assert (answer.status_code, texts(site)) == (409, [WORDS])


@pytest.mark.parametrize("sequence", ["", "0", "-1", "77777", "x", "9" * 40, "1"])
async def test_numbers_that_name_no_message_of_an_operator_are_refused(site, sequence):
    lan, episode, _ = await told(site)
    answer = await lan.on(episode, "send-again", sequence=sequence, confirmed=1)
    assert (answer.status_code, texts(site)) == (409, [WORDS])


async def test_messages_of_another_conversation_stay_there(site):
    lan, _, sequence = await told(site)
    ended(site, sequence, "failed", error_class="permanent")
    other = citizen_waits(site.engine, "binh", channel="zalo_oa")
    await lan.on(other, "claim")
    await lan.on(other, "send-again", sequence=sequence)
    with reading(site.engine) as connection:
        heard = connection.execute(outbox.select().where(outbox.c.conversation_id == "zalo_oa-binh")).all()
    assert WORDS not in [row.text for row in heard]


async def test_only_who_has_the_conversation_says_it_again(site):
    lan, episode, sequence = await told(site)
    ended(site, sequence, "failed", error_class="permanent")
    minh = operator(site, "minh", "Lê Văn Minh")
    assert (await minh.on(episode, "send-again", sequence=sequence)).status_code == 409
    await lan.on(episode, "close", reason="answered")
    assert (await lan.on(episode, "send-again", sequence=sequence)).status_code == 409
    assert texts(site) == [WORDS]


async def test_nothing_is_said_again_to_whom_the_channel_does_not_reach(site):
    lan, episode, sequence = await told(site)
    ended(site, sequence, "failed", error_class="unreachable", error_code="-213")
    with writing(site.engine) as connection:
        connection.execute(conversations.update().values(unreachable="-213"))
    answer = await lan.on(episode, "send-again", sequence=sequence)
    assert (answer.status_code, texts(site)) == (409, [WORDS])
    page = (await lan.get(f"/console/conversations/{episode}")).text
    assert "Gửi lại được khi công dân nhắn tiếp." in page
    assert "/send-again" not in page


@pytest.mark.parametrize(
    ("error_class", "code", "sentence"),
    [
        ("permanent", "-240", "Kênh từ chối tin này."),
        ("quota", "-211", "Đã hết số tin kênh cho phép gửi."),
        ("human_needed", "-320", "quản trị viên cần xử lý"),
        ("temporary", "too_old", "Kênh tạm ngừng quá lâu"),
        ("temporary", "-200", "đã thử nhiều lần"),
        ("something_new", "?", "Kênh từ chối tin này."),
    ],
)
async def test_why_it_failed_is_said_in_vietnamese(site, error_class, code, sentence):
    lan, episode, sequence = await told(site)
    ended(site, sequence, "failed", error_class=error_class, error_code=code)
    page = (await lan.get(f"/console/conversations/{episode}")).text
    assert sentence in page
    assert f'name="sequence" value="{sequence}"' in page
    await lan.on(episode, "send-again", sequence=sequence)
    page = (await lan.get(f"/console/conversations/{episode}")).text
    assert "Đã gửi lại bằng tin khác." in page
    assert f'name="sequence" value="{sequence}"' not in page
