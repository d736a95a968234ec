"""One door takes files, that of editors; and nothing that citizens attach is ever fetched."""

import ast
import re

import httpx
import pytest
from fastapi.routing import APIRoute

from app.gateway import build_gateway, build_parts
from connectors.dead_letters import unreadable_updates
from connectors.inbox import inbox
from connectors.message import Attachment, InboundKind, InboundMessage
from connectors.settings import read_settings
from console.operator.doors import operator_doors
from desk.accounts.operator import find
from desk.accounts.permissions import Permission
from desk.accounts.role import Role
from desk.accounts.session import open_session
from desk.conversation import ConversationKey
from desk.database import writing
from desk.settings import read_settings as read_desk_settings
from tests.conftest import ROOT
from tests.contract.test_fuzz_openapi import environment
from tests.e2e.chat.fake_library import FakeLibrary
from tests.fakes.accounts import SETTINGS as ACCOUNTS
from tests.fakes.console import add_colleague
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.stored import count

FILE = {"file": ("giay-to.jpg", b"\xff\xd8\xff\xe0" + b"x" * 64, "image/jpeg")}
FETCHING = re.compile(r"getFile|get_file|download|urlopen|attachment\.url\)|UploadFile|\bFile\(|\.form\(\)")


@pytest.fixture
def parts(engine):
    settings, desk = read_settings(ROOT / "settings.yml"), read_desk_settings(ROOT / "settings.yml")
    made = build_parts(settings, desk, engine, "uploads", environment())
    yield made
    made.console.close()
    made.transactions.close()


def doors_of(app):
    """Of every router that was taken in; mounted ones have no doors of their own here."""
    routers = [getattr(one, "original_router", None) for one in app.routes]
    return [door for router in routers if router is not None for door in router.routes if isinstance(door, APIRoute)]


async def test_every_door_refuses_files(engine, parts):
    app = build_gateway(parts, FakeLibrary())
    operator_id = add_colleague(engine, "lan", "Trần Thị Lan", tuple(Role))
    with writing(engine) as connection:
        token, session = open_session(connection, find(connection, operator_id), now(), ACCOUNTS.session)
    headers = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": session.csrf_token}
    transport = httpx.ASGITransport(app)
    cookies = {"bhxh_console": token, "__Host-bhxh_console": token}
    knocked = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://test", cookies=cookies) as browser:
        for route in doors_of(app):
            path = re.sub(r"\{[^}]*\}", "1", route.path)
            for method in route.methods - {"GET", "HEAD", "OPTIONS"}:
                answer = await browser.request(method, path, files=FILE, headers=headers)
                knocked[f"{method} {route.path}"] = answer.status_code
    # The first reads no body at all; the second refuses with 200, as the settings say, and keeps nothing; the last is
    # the one that takes files, and asks first of what kind this is.
    opened = {"POST /api/chat/conversations", "POST /webhooks/zalo-oa"}
    assert knocked.pop("POST /console/knowledge/imports") == 422
    assert len(knocked) > 40
    assert {door: status for door, status in knocked.items() if not 400 <= status < 500 and door not in opened} == {}
    assert (count(engine, inbox), count(engine, unreadable_updates)) == (0, 0)


def test_only_one_door_takes_a_file():
    doors = [door for door in operator_doors(object()) if door.file_bytes]
    assert [(door.method, door.path, door.need) for door in doors] == [
        ("POST", "/console/knowledge/imports", Permission.EDIT_KNOWLEDGE)
    ]


def test_only_one_module_reads_such_forms():
    rooms = ("app", "actions", "connectors", "console", "desk", "editing", "knowledge")
    sources = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    reading = [path for path in sources if {"python_multipart", "multipart"} & imported_by(path)]
    assert [path.relative_to(ROOT).as_posix() for path in reading] == ["console/security/upload.py"]


def imported_by(path):
    """The first names of the modules that it imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_no_code_fetches_an_attachment():
    sources = list((ROOT / "connectors").rglob("*.py"))
    assert [path.name for path in sources if FETCHING.search(path.read_text(encoding="utf-8"))] == []


async def test_an_address_that_came_with_a_message_is_never_called(engine, monkeypatch):
    called = []

    async def refuse(self, request, **_):
        called.append(request.url)
        raise httpx.ConnectError("nobody is called")

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", refuse)
    async with GatewayLife(engine) as gateway:
        key = ConversationKey("web-an", "web", "web", "an")
        attachment = Attachment("image", "giay-to.jpg", "http://127.0.0.1:9/secret")
        message = InboundMessage(key, "an:1", "", None, now(), InboundKind.ATTACHMENT, attachments=(attachment,))
        await gateway.reception.receive(lambda _connection: message)
        await gateway.answers("an", 1)
    assert called == []
