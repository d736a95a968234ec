"""What the three servers share: faults, the control door, outages, a thread of their own."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.channel_servers import TelegramServer, ZaloBotServer, ZaloOaServer, listening, serving, serving_in_thread
from tests.channel_servers.faults import FaultScript

SERVERS = [ZaloOaServer, ZaloBotServer, TelegramServer]
CITIZEN = "900000001"
ROOT = Path(__file__).resolve().parents[3]


def sending(server):
    """Address, headers and body of a plain send."""
    if isinstance(server, ZaloOaServer):
        body = {"recipient": {"user_id": CITIZEN}, "message": {"text": "chào"}}
        return {
            "url": f"{server.url}/v3.0/oa/message/cs",
            "headers": {"access_token": server.account.access_token},
            "json": body,
        }
    token = server.token if isinstance(server, ZaloBotServer) else server.account.token
    return {"url": f"{server.url}/bot{token}/sendMessage", "json": {"chat_id": CITIZEN, "text": "chào"}}


@pytest.fixture(params=SERVERS, ids=lambda kind: kind.name)
async def server(request):
    async with serving(request.param()) as server:
        server.says(CITIZEN, "xin chào")
        yield server


@pytest.fixture
async def client():
    async with httpx.AsyncClient(timeout=5, trust_env=False, verify=False) as client:
        yield client


@pytest.mark.parametrize(("kind", "arrives"), [("hang_up", 0), ("lose_answer", 1)])
async def test_a_connection_closes_before_or_after_acceptance(server, client, kind, arrives):
    server.faults.add(kind, server.send_method)
    with pytest.raises(httpx.TransportError):
        await client.post(**sending(server))
    assert len(server.sent) == arrives
    await client.post(**sending(server))
    assert len(server.sent) == arrives + 1


async def test_an_answer_that_stays_away_was_accepted(server, client):
    server.faults.add("stall", server.send_method, seconds=5)
    with pytest.raises(httpx.ReadTimeout):
        await client.post(**sending(server), timeout=0.1)
    assert [sent.fate for sent in server.sent] == ["stall"]


@pytest.mark.parametrize(
    ("kind", "status", "arrives"),
    [("server_error", 500, 0), ("bad_gateway", 502, 0), ("garbled", 200, 1), ("delay", 200, 1)],
)
async def test_broken_answers(server, client, kind, status, arrives):
    server.faults.add(kind, server.send_method, seconds=0.01)
    response = await client.post(**sending(server))
    assert (response.status_code, len(server.sent)) == (status, arrives)
    if kind != "delay":
        with pytest.raises(ValueError):
            response.json()


async def test_faults_wait_in_a_queue_and_are_counted(server, client):
    server.faults.add("server_error", server.send_method, times=2)
    statuses = [(await client.post(**sending(server))).status_code for _ in range(3)]
    assert statuses == [500, 500, 200]
    assert server.faults.happened == {"server_error": 2}


def test_faults_by_chance_are_the_same_for_the_same_seed():
    def happened(seed):
        script = FaultScript(seed)
        script.sometimes({"hang_up": 0.2, "stall": 0.2})
        return [fault and fault.kind for fault in (script.take("sendMessage") for _ in range(200))]

    assert happened(1) == happened(1) != happened(2)
    assert 20 < sum(kind is not None for kind in happened(1)) < 120


async def test_an_outage_keeps_the_port_and_what_happened(client):
    server = ZaloBotServer()
    async with listening(server) as listener:
        server.says(CITIZEN, "chào")
        address = sending(server)
        await listener.stop()
        with pytest.raises(httpx.ConnectError):
            await client.post(**address)
        await listener.start()
        assert (await client.post(**address)).json()["ok"]


async def test_another_process_can_drive_a_server(server, client):
    door = f"{server.url}/_control"
    said = (await client.post(f"{door}/say", json={"user": CITIZEN, "text": "hai"})).json()
    assert (said["user"], said["text"]) == (CITIZEN, "hai")
    await client.post(f"{door}/attach", json={"user": CITIZEN})
    await client.post(f"{door}/faults", json={"kind": "server_error", "method": server.send_method})
    assert (await client.get(f"{door}/faults")).json()["waiting"][0]["kind"] == "server_error"
    assert (await client.post(**sending(server))).status_code == 500
    await client.post(**sending(server))
    (sent,) = (await client.get(f"{door}/sent")).json()
    assert (sent["user"], sent["text"], sent["fate"]) == (CITIZEN, "chào", "")
    assert (await client.get(f"{door}/sent", params={"after": sent["number"]})).json() == []
    assert [one["text"] for one in (await client.get(f"{door}/said")).json()] == ["xin chào", "hai", ""]
    await client.post(f"{door}/reset")
    assert (server.sent, server.said) == ([], [])


async def test_follow_unfollow_and_a_press_without_buttons_by_the_control_door(server, client):
    door = f"{server.url}/_control"
    await client.post(f"{door}/unfollow", json={"user": CITIZEN})
    assert (await client.post(**sending(server))).json() != {"ok": True}
    assert server.sent == []
    await client.post(f"{door}/follow", json={"user": CITIZEN})
    await client.post(**sending(server))
    assert len(server.sent) == 1
    pressed = await client.post(f"{door}/press", json={"user": CITIZEN})
    assert pressed.status_code == (200 if server.name == "zalo_bot" else 409)


async def test_deliveries_are_summed_up(server, client, door):
    server.reset()
    server.use_gateway(door.url)
    server.postman.duplicate_probability = 1.0
    server.says(CITIZEN, "chào")
    await server.wait_for_deliveries()
    while len(door.calls) < 2:
        await asyncio.sleep(0.002)
    summary = (await client.get(f"{server.url}/_control/deliveries")).json()
    assert summary["states"] == {"delivered": 1}
    assert summary["p99_seconds"] >= summary["p50_seconds"] > 0
    assert door.calls[0][2] == door.calls[1][2]


async def test_one_conversation_keeps_its_order(server, door):
    server.reset()
    server.use_gateway(door.url)
    for number in range(10):
        server.says(CITIZEN, f"câu {number}")
    await server.wait_for_deliveries()
    texts = [body.decode() for _, _, body in door.calls]
    assert [number for number in range(10) if f"câu {number}" in texts[number]] == list(range(10))


def test_three_servers_share_a_port_in_a_thread():
    servers = [kind() for kind in SERVERS]
    with serving_in_thread(*servers) as listener:
        for server in servers:
            server.says(CITIZEN, "chào")
            assert str(listener.port) in server.url
            assert httpx.post(**sending(server), trust_env=False).status_code == 200
            assert len(server.sent) == 1


def test_servers_run_as_a_process_of_their_own_and_say_what_a_gateway_needs():
    command = [sys.executable, "-m", "tests.channel_servers", "--only", "telegram", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        variables = json.loads(process.stdout.readline())
        url = f"{variables['TELEGRAM_API_BASE']}/bot{variables['TELEGRAM_BOT_TOKEN']}/getMe"
        assert httpx.post(url, trust_env=False).json()["result"]["is_bot"]
        process.terminate()
    assert process.returncode == 0
