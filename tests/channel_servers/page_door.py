"""The simulator's page and what it asks: one citizen's chats, faults to switch, the product's health."""

from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import FileResponse

from tests.channel_servers.telegram.server import TelegramServer
from tests.channel_servers.zalo_bot.server import ZaloBotServer
from tests.channel_servers.zalo_oa.server import ZaloOaServer

FOLDER = Path(__file__).resolve().parent / "page"
FILES = ("style.css", "phone.css", "main.js", "phone.js", "panel.js", "texts.js")
LATEST = 200
TYPING_SECONDS = 5.0
SWITCHED_FAULTS = ("hang_up", "delay", "stall", "server_error", "rate_limit", "quota")
FAULT_SECONDS = {"delay": 4.0, "stall": 60.0, "rate_limit": 5.0}


def build_page(servers, health):
    """`health` is of the product that the page is about."""
    router = APIRouter()
    named = {server.name: server for server in servers}

    @router.get("/")
    async def page():
        return FileResponse(FOLDER / "index.html", headers={"Cache-Control": "no-cache"})

    @router.get("/page/{name}")
    async def file(name: str):
        if name not in FILES:
            raise HTTPException(404)
        return FileResponse(FOLDER / name, headers={"Cache-Control": "no-cache"})

    @router.get("/feed")
    async def feed(request: Request):
        """`?telegram=900000001&…`: the citizen of each channel."""
        shown = {name: chat_of(server, request.query_params.get(name, "")) for name, server in named.items()}
        return {"ready": await health.is_ready(), "channels": shown}

    @router.post("/faults")
    async def switch(request: Request):
        asked = await request.json()
        switch_fault(named[asked["channel"]], asked["kind"], asked["on"])

    return router


def chat_of(server, user):
    """Both sides of one citizen's chat, the oldest first."""
    entries = [_sent(one) for one in server.sent_to(user)]
    titles = {button.key: button.title for one in server.sent_to(user) for button in one.buttons}
    entries += [_said(one, titles) for one in server.said if one.user == user]
    entries = sorted(entries, key=lambda entry: entry["number"])[-LATEST:]
    typing_at = server.typing_at.get(user, 0.0)
    answered_at = max((one.at for one in server.sent_to(user)), default=0.0)
    now = server.clock.now()
    return {
        "entries": entries,
        "typing": typing_at > answered_at and now - typing_at < TYPING_SECONDS,
        "linked": is_linked(server, user),
        "faults": [fault.kind.value for fault in server.faults.waiting if fault.times is None],
    }


def is_linked(server, user):
    """Whether the citizen follows the account, or has not blocked the bot."""
    match server:
        case ZaloOaServer():
            return user in server.people and server.people[user].follows
        case ZaloBotServer():
            return user not in server.blocked
        case TelegramServer():
            return int(user or 0) in server.chats and int(user or 0) not in server.blocked
    return False


def switch_fault(server, kind, on):
    """A fault that lasts until it is switched off; an expired token happens once."""
    if kind == "token_expired":
        server.faults.add(kind, server.send_method)
        return
    if kind not in SWITCHED_FAULTS:
        raise HTTPException(422, kind)
    server.faults.waiting[:] = [
        fault for fault in server.faults.waiting if fault.kind != kind or fault.times is not None
    ]
    if on:
        method = None if kind == "hang_up" else server.send_method
        server.faults.add(kind, method, times=None, seconds=FAULT_SECONDS.get(kind, 1.0))


def _sent(message):
    buttons = [{"title": one.title, "opens": _address(message, one)} for one in message.buttons]
    return {
        "number": message.number,
        "from": "bot",
        "kind": "text",
        "text": message.text,
        "buttons": buttons,
        "at": message.at,
        "message_id": message.message_id,
        "fate": message.fate,
    }


def _address(message, button):
    """Where a button that only opens a page leads to, None for one that is pressed."""
    if button.key:
        return None
    offered = message.body.get("attachment", {}).get("payload", {}).get("buttons", [])
    rows = (message.body.get("reply_markup") or {}).get("inline_keyboard", [])
    for one in (*offered, *(one for row in rows for one in row)):
        if button.title in (one.get("title"), one.get("text")):
            return one.get("url") or one.get("payload", {}).get("url", "")
    return ""


def _said(message, titles):
    """What a pressed button stands for is not what the citizen reads on it."""
    return {
        "number": message.number,
        "from": "citizen",
        "kind": message.kind,
        "text": titles.get(message.text, message.text) if message.kind == "press" else message.text,
        "buttons": [],
        "at": message.at,
        "message_id": message.message_id,
        "fate": message.delivery.state if message.delivery else "",
    }
