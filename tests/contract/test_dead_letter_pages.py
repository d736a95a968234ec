"""What went wrong, in the console: seen masked, read with a trace, tried again or dropped once; on both databases."""

import asyncio

import pytest

from connectors.dead_letters import keep_unreadable
from connectors.deliveries import DeliveryState, deliveries
from connectors.inbox import inbox
from connectors.message import InboundMessage, Reply
from connectors.outbox import ASSISTANT, OPERATOR
from connectors.spoken import Spoken, speak
from desk.accounts.role import Role
from desk.audit import AuditAction, AuditFilter, entries
from desk.channel_switch import ChannelSwitch, turn
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import reading, writing
from desk.ownership import take_over
from tests.contract.test_board import at_desk
from tests.fakes.channel import FakeChannel
from tests.fakes.console import ConsoleSite
from tests.fakes.gateway import now

pytestmark = pytest.mark.page

PAGE = "/console/dead-letters"
WORDS = "CCCD của tôi là 001099000001 <script>alert(1)</script>"
KEY = ConversationKey("zalo_oa-an", "zalo_oa", "main", "an")


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


@pytest.fixture
def hoa(site):
    return at_desk(site)


def dead_message(engine):
    from connectors.inbox import accept

    with writing(engine) as connection:
        accepted = accept(connection, InboundMessage(KEY, "an:1", WORDS, None, now()))
        dead = {"state": "dead", "error_class": "dialogue_timeout", "attempts": 9, "finished_at": now()}
        connection.execute(inbox.update().where(inbox.c.id == accepted.inbox_id).values(dead))
    return accepted.inbox_id


def bad_send(engine, state=DeliveryState.FAILED, author=OPERATOR, parts=("một", "hai", "ba")):
    """The id of its second part, which ended so; the first arrived, the third was cancelled."""
    render = FakeChannel(limit=3).render
    with writing(engine) as connection:
        ensure_conversation(connection, KEY, now())
        speak(connection, Spoken(KEY, author, Reply("".join(part.ljust(3) for part in parts))), render, now())
        rows = list(connection.execute(deliveries.select().order_by(deliveries.c.id)))
        ends = [DeliveryState.SENT, state, DeliveryState.CANCELLED]
        for row, end in zip(rows[-3:], ends, strict=True):
            values = {"state": end, "finished_at": now(), "attempts": 1}
            if end is state:
                values |= {"error_class": "permanent", "error_code": "-211", "error_detail": "over limit"}
            connection.execute(deliveries.update().where(deliveries.c.id == row.id).values(values))
    return rows[-2].id


def states(engine):
    with reading(engine) as connection:
        return [row.state for row in connection.execute(deliveries.select().order_by(deliveries.c.id))]


def noted(engine):
    with reading(engine) as connection:
        found = entries(connection, AuditFilter(action=AuditAction.DEAD_LETTER_HANDLED), 20)
    return [(entry.subject, entry.detail["what"]) for entry in found]


async def test_an_empty_page_says_so(hoa):
    assert (await hoa.get(PAGE)).text.count("Không có mục nào.") == 3


async def test_words_are_masked_until_somebody_asks_which_is_noted(site, hoa):
    number = dead_message(site.engine)
    page = (await hoa.get(PAGE)).text
    assert ("•••001" in page, "001099000001" in page, "<script>alert" in page) == (True, False, False)
    assert noted(site.engine) == []
    shown = (await hoa.post(f"{PAGE}/reveal", kind="message", id=number)).text
    assert ("001099000001" in shown, "<script>alert" in shown) == (True, False)
    assert noted(site.engine) == [(f"message:{number}", "read")]


async def test_an_administrator_handles_them_without_reading_them(site):
    number, admin = dead_message(site.engine), at_desk(site, "quan.tri", "Quản Trị", Role.ADMIN)
    page = (await admin.get(PAGE)).text
    assert ("CCCD" in page, "không đọc nội dung" in page) == (False, True)
    assert (await admin.post(f"{PAGE}/reveal", kind="message", id=number)).status_code == 403
    assert (await admin.post(f"{PAGE}/retry", kind="message", id=number)).status_code == 200


async def test_a_message_is_tried_again_once(site, hoa):
    number = dead_message(site.engine)
    answers = await asyncio.gather(*(hoa.post(f"{PAGE}/retry", kind="message", id=number) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    with reading(site.engine) as connection:
        assert connection.execute(inbox.select()).one().state == "received"
    assert noted(site.engine) == [(f"message:{number}", "retried")]


async def test_dropping_needs_a_confirmation_and_is_noted(site, hoa):
    number = dead_message(site.engine)
    unsure = await hoa.post(f"{PAGE}/drop", kind="message", id=number)
    sure = await hoa.post(f"{PAGE}/drop", kind="message", id=number, confirmed="1")
    again = await hoa.post(f"{PAGE}/drop", kind="message", id=number, confirmed="1")
    assert (unsure.status_code, sure.status_code, again.status_code) == (422, 200, 409)
    assert noted(site.engine) == [(f"message:{number}", "dropped")]
    with reading(site.engine) as connection:
        kept = connection.execute(inbox.select()).one()
    assert (kept.state, kept.text, kept.error_class) == ("done", WORDS, "dialogue_timeout")


async def test_what_nobody_can_read_is_shown_on_request_and_forgotten(site, hoa):
    with writing(site.engine) as connection:
        keep_unreadable(connection, "zalo_oa", "main", b'{"x": "0900000000"}', "from: missing", now())
    assert "from: missing" in (await hoa.get(PAGE)).text
    assert (await hoa.post(f"{PAGE}/retry", kind="unreadable", id=1)).status_code == 409
    assert "0900000000" in (await hoa.post(f"{PAGE}/reveal", kind="unreadable", id=1)).text
    assert (await hoa.post(f"{PAGE}/drop", kind="unreadable", id=1, confirmed="1")).status_code == 200
    assert "from: missing" not in (await hoa.get(PAGE)).text


async def test_what_a_channel_says_of_a_failure_is_masked_too(site, hoa):
    number = bad_send(site.engine)
    said = {"error_detail": "user 001099000001 (0900000123) <b>blocked</b>"}
    with writing(site.engine) as connection:
        connection.execute(deliveries.update().where(deliveries.c.id == number).values(said))
    for reader in (hoa, at_desk(site, "quan.tri", "Quản Trị", Role.ADMIN)):
        page = (await reader.get(PAGE)).text
        assert ("Kênh báo: -211 user •••001 (•••123)" in page, "<b>blocked" in page) == (True, False)
        assert ("001099000001" in page, "0900000123" in page) == (False, False)


class TestSendingAgain:
    async def test_what_failed_and_what_was_cut_off_behind_it_wait_again_in_order(self, site, hoa):
        number = bad_send(site.engine)
        assert "-211 over limit" in (await hoa.get(PAGE)).text
        answer = await hoa.post(f"{PAGE}/retry", kind="delivery", id=number)
        assert answer.json()["go"] == f"{PAGE}?said=letter_sent_again"
        assert states(site.engine) == ["sent", "pending", "pending"]
        assert (await hoa.post(f"{PAGE}/retry", kind="delivery", id=number)).status_code == 409

    async def test_what_may_have_arrived_is_never_repeated(self, site, hoa):
        number = bad_send(site.engine, DeliveryState.UNKNOWN)
        page = (await hoa.get(PAGE)).text
        assert ("chưa rõ đã đến chưa" in page, "Gửi lại" in page) == (True, False)
        assert (await hoa.post(f"{PAGE}/retry", kind="delivery", id=number)).status_code == 409
        assert states(site.engine) == ["sent", "unknown", "cancelled"]

    @pytest.mark.parametrize("why", ["unreachable", "overtaken", "off", "said again"])
    async def test_what_would_be_wrong_by_now_is_not_repeated(self, site, hoa, why):
        number = bad_send(site.engine, author=OPERATOR if why == "said again" else ASSISTANT)
        with writing(site.engine) as connection:
            match why:
                case "unreachable":
                    connection.execute(conversations.update().values(unreachable="left"))
                case "overtaken":
                    take_over(connection, KEY.id, None)
                case "off":
                    turn(connection, ChannelSwitch("zalo_oa", True, "kiểm tra", 1, now()))
                case _:
                    speak(connection, Spoken(KEY, OPERATOR, Reply("hai"), "again-1"), None, now())
        assert (await hoa.post(f"{PAGE}/retry", kind="delivery", id=number)).status_code == 409
        assert states(site.engine)[:3] == ["sent", "failed", "cancelled"]

    async def test_what_was_seen_to_keeps_its_end_and_leaves_the_list(self, site, hoa):
        number = bad_send(site.engine)
        assert (await hoa.post(f"{PAGE}/drop", kind="delivery", id=number, confirmed="1")).status_code == 200
        assert states(site.engine) == ["sent", "failed", "cancelled"]
        assert (await hoa.get(PAGE)).text.count("Không có mục nào.") == 3


@pytest.mark.parametrize("act", ["reveal", "retry", "drop"])
@pytest.mark.parametrize(
    ("kind", "number"),
    [("message", "1"), ("delivery", "0"), ("x" * 5000, "1"), ("", ""), ("message", "1 OR 1=1"), ("message", "9" * 30)],
)
async def test_what_does_not_exist_is_refused(hoa, act, kind, number):
    answer = await hoa.post(f"{PAGE}/{act}", kind=kind, id=number, confirmed="1")
    assert (answer.status_code, "không còn ở đây" in answer.json()["message"]) == (409, True)
