"""Every door of the whole gateway, called as its own description says and as it does not: no 5xx and no traceback."""

import asyncio
import contextlib
import dataclasses
import logging
import socket
import threading

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from uvicorn import Config

from app.gateway import build_gateway, build_parts
from connectors.settings import RateLimit, read_settings
from desk.database import build_engine
from desk.migrate import upgrade
from desk.settings import read_settings as read_desk_settings
from tests.channel_servers import TelegramServer, ZaloBotServer, ZaloOaServer
from tests.channel_servers.environment import environment_of
from tests.channel_servers.running import PromptServer
from tests.conftest import ROOT
from tests.e2e.chat.fake_library import FakeLibrary

EXAMPLES = 100
NEVER_ENDS = "/api/chat/events"
WITHOUT_RASA = "/readyz"
SECRETS = {
    "BHXH_WEB_SECRET": "a secret of the tests, long enough for one",
    "BHXH_SECRET_KEY": "a key of the tests, long enough for one",
    "BHXH_RASA_URL": "http://127.0.0.1:9",
}
TIMEOUT_SECONDS = 10
PATIENT = (RateLimit(1_000_000, 1.0),)


def environment():
    servers = [ZaloOaServer(), ZaloBotServer(), TelegramServer()]
    for server in servers:
        server.url = "http://127.0.0.1:9"  # nobody is called: nothing is answered without Rasa
    return environment_of(servers) | SECRETS


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    engine = build_engine(f"sqlite:///{tmp_path_factory.mktemp('fuzz') / 'fuzz.db'}")
    upgrade(engine)
    settings_of_product = read_settings(ROOT / "settings.yml")
    patient = dataclasses.replace(settings_of_product.web, conversation_limits=PATIENT, ticket_limits=PATIENT)
    parts = build_parts(
        dataclasses.replace(settings_of_product, web=patient),
        read_desk_settings(ROOT / "settings.yml"),
        engine,
        "fuzz",
        environment(),
    )
    yield build_gateway(parts, FakeLibrary())
    engine.dispose()


@contextlib.contextmanager
def served(app):
    """Its address, while a thread serves it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = PromptServer(Config(app, log_config=None, timeout_graceful_shutdown=1))
        ready, loops = threading.Event(), []

        async def serve():
            loops.append(asyncio.get_running_loop())
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            while not server.started:
                await asyncio.sleep(0.005)
            ready.set()
            await serving

        thread = threading.Thread(target=asyncio.run, args=(serve(),))
        thread.start()
        assert ready.wait(TIMEOUT_SECONDS)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            loops[0].call_soon_threadsafe(server.end)
            thread.join()


# The gateway's own thread draws random pauses, which hypothesis takes for those of a strategy.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@pytest.mark.conformance(("G11", "H3"))
def test_no_call_of_any_door_is_answered_with_a_fault_of_ours(app, caplog):
    caplog.set_level(logging.WARNING)
    with served(app) as url:
        conversation = httpx.post(f"{url}/api/chat/conversations", trust_env=False).json()
        allowed = {
            "Authorization": f"Bearer {conversation['token']}",
            "X-Bot-Api-Secret-Token": environment()["ZALO_BOT_SECRET"],
            "X-Telegram-Bot-Api-Secret-Token": environment()["TELEGRAM_WEBHOOK_SECRET"],
        }
        schema = schemathesis.openapi.from_dict(app.openapi())
        operations = [result.ok() for result in schema.get_all_operations()]
        assert {"/webhooks/zalo-oa", "/webhooks/zalo-bot", "/webhooks/telegram"} < {one.path for one in operations}
        statuses = set()
        for operation in operations:
            statuses |= call_often(operation, url, {} if operation.path == NEVER_ENDS else allowed)
        assert {200, 201, 401, 403, 422} <= statuses  # else the calls did not come far
    assert "Traceback" not in caplog.text


def call_often(operation, url, allowed):
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(cases, st.sampled_from([allowed, allowed, allowed, {}]))
    def call(case, headers):
        response = case.call(base_url=url, headers=headers, timeout=TIMEOUT_SECONDS)
        assert response.status_code < 500 or operation.path == WITHOUT_RASA, case.as_curl_command()
        statuses.add(response.status_code)

    statuses = set()
    call()
    return statuses
