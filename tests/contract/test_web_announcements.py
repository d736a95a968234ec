"""The door through which the chat page hears what is announced: open to all, asked rarely of the database, limited."""

from datetime import timedelta

import httpx

from connectors.settings import RateLimit
from connectors.web.board import KEPT_SECONDS, AnnouncementBoard
from desk.database import writing
from desk.notices.announcement import Wording, approve, rewrite, write
from desk.transactions import ThreadedTransactions
from tests.fakes.gateway import now
from tests.fakes.web_gateway import WebGateway

EDITOR, APPROVER = 1, 2


def wording(**changes):
    fields = {
        "title": "Nghỉ Tết",
        "text": "<b>Bộ phận một cửa</b> nghỉ từ 16/02.",
        "link": "https://baohiemxahoi.gov.vn/",
        "topic": "",
        "channels": ("web",),
        "starts_at": now() - timedelta(minutes=1),
        "ends_at": now() + timedelta(days=1),
    }
    return Wording(**{**fields, **changes})


def announce(engine, is_approved=True, **changes):
    with writing(engine) as connection:
        made = write(connection, wording(**changes), EDITOR, now())
        if is_approved:
            approve(connection, made, 1, APPROVER, now())
        return made


async def shown(gateway):
    async with httpx.AsyncClient(base_url=gateway.url, trust_env=False) as client:
        return await client.get("/api/chat/announcements")


async def test_what_is_live_on_the_web_is_given_to_anybody(engine):
    made = announce(engine)
    announce(engine, title="Chưa duyệt", is_approved=False)
    announce(engine, title="Chỉ Zalo", channels=("zalo_oa",))
    announce(engine, title="Sau này", starts_at=now() + timedelta(hours=1))
    announce(engine, title="Đã qua", ends_at=now() - timedelta(seconds=1))
    async with WebGateway(engine) as gateway:
        answer = await shown(gateway)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.json() == [
        {
            "id": f"{made}-1",
            "title": "Nghỉ Tết",
            "text": "<b>Bộ phận một cửa</b> nghỉ từ 16/02.",
            "link": "https://baohiemxahoi.gov.vn/",
        }
    ]


async def test_another_wording_has_another_id(engine):
    with writing(engine) as connection:
        made = write(connection, wording(), EDITOR, now())
        rewrite(connection, made, 1, wording(title="Nghỉ lễ"), EDITOR, now())
        approve(connection, made, 2, APPROVER, now())
    async with WebGateway(engine) as gateway:
        assert (await shown(gateway)).json()[0]["id"] == f"{made}-2"


async def test_whoever_asks_too_often_is_asked_to_wait(engine):
    limits = (RateLimit(2, 60.0),)
    async with WebGateway(engine, address_limits=limits, unlimited_addresses=()) as gateway:
        statuses = [(await shown(gateway)).status_code for _ in range(3)]
        async with httpx.AsyncClient(base_url=gateway.url, trust_env=False) as client:
            opened = await client.post("/api/chat/conversations", json={})
    assert statuses == [200, 200, 429]
    assert opened.status_code == 201  # looking at announcements uses up nobody's messages


async def test_the_database_is_asked_every_few_seconds_at_most(engine):
    transactions, seconds = ThreadedTransactions(engine), 100.0
    board = AnnouncementBoard(transactions, now, lambda: seconds)
    assert await board.shown() == ()
    announce(engine)
    assert await board.shown() == ()
    seconds += KEPT_SECONDS
    assert [each.wording.title for each in await board.shown()] == ["Nghỉ Tết"]
    transactions.close()
