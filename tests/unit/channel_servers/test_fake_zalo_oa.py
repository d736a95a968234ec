"""The fake Official Account keeps the documented rules."""

import hashlib

import httpx
import pytest

from tests.channel_servers import ZaloOaServer, serving
from tests.channel_servers.zalo_oa import errors

CITIZEN = "246845883529197922"


@pytest.fixture
async def server():
    async with serving(ZaloOaServer()) as server:
        yield server


@pytest.fixture
async def api(server):
    headers = {"access_token": server.account.access_token}
    async with httpx.AsyncClient(
        base_url=server.url, headers=headers, timeout=5, trust_env=False, verify=False
    ) as client:
        yield client


@pytest.fixture
def citizen(server):
    server.says(CITIZEN, "xin chào")
    return CITIZEN


async def send(api, user, message, **headers):
    body = {"recipient": {"user_id": user}, "message": message if isinstance(message, dict) else {"text": message}}
    response = await api.post("/v3.0/oa/message/cs", json=body, headers=headers)
    assert response.status_code == 200
    return response.json()


def with_buttons(*buttons):
    return {"text": "Chọn", "attachment": {"type": "template", "payload": {"buttons": list(buttons)}}}


def query(title="Có", payload="Tôi muốn gặp cán bộ"):
    return {"title": title, "type": "oa.query.show", "payload": payload}


async def test_an_accepted_send_is_recorded_and_echoed(server, api, citizen, door):
    server.use_gateway(door.url)
    answer = await send(api, citizen, "Chào anh/chị")
    assert (answer["error"], answer["data"]["user_id"]) == (0, citizen)
    (sent,) = server.sent
    assert (sent.user, sent.text, sent.message_id) == (citizen, "Chào anh/chị", answer["data"]["message_id"])
    await server.wait_for_deliveries()
    (echo,) = door.bodies
    assert (echo["event_name"], echo["sender"], echo["recipient"]["id"]) == (
        "oa_send_text",
        {"id": server.account.oa_id},
        citizen,
    )
    assert echo["message"] == {"text": "Chào anh/chị", "msg_id": answer["data"]["message_id"]}


@pytest.mark.parametrize(("length", "error"), [(1, 0), (2_000, 0), (2_001, -210), (0, -201)])
async def test_text_has_limits(api, citizen, length, error):
    assert (await send(api, citizen, "ữ" * length))["error"] == error


@pytest.mark.parametrize(
    ("message", "error"),
    [
        (with_buttons(*[query()] * 5), 0),
        (with_buttons(*[query()] * 6), -210),
        (with_buttons(query(title="a" * 101)), -210),
        (with_buttons(query(payload="a" * 1_001)), -210),
        (with_buttons({"title": "Có", "type": "oa.query.show"}), -201),
        (with_buttons({"title": "Xem", "type": "oa.open.url", "payload": {"url": "https://example.invalid"}}), 0),
        (with_buttons({"title": "Xem", "type": "oa.open.url", "payload": "https://example.invalid"}), -201),
        (with_buttons(), -201),
        ({"attachment": {"type": "file", "payload": {"token": "abc"}}}, 0),
        ({"text": "a", "quote_message_id": "unknown"}, -201),
        ({}, -201),
    ],
)
async def test_messages_have_a_shape(api, citizen, message, error):
    assert (await send(api, citizen, message))["error"] == error


async def test_buttons_can_be_switched_off(server, api, citizen):
    server.with_buttons = False
    assert (await send(api, citizen, with_buttons(query())))["error"] == -233


async def test_a_press_comes_back_as_text(server, api, citizen):
    await send(api, citizen, with_buttons(query("Có", "Gặp cán bộ"), query("Không", "Thôi")))
    said = server.presses(citizen, 1)
    assert said.text == "Thôi"


async def test_who_can_be_written_to(server, api, citizen):
    assert (await send(api, "1", "chào"))["error"] == -213
    server.unfollows(citizen)
    assert (await send(api, citizen, "chào"))["error"] == -213
    server.follows(citizen)
    assert (await send(api, citizen, "chào"))["error"] == 0
    server.person(citizen).restricts = True
    assert (await send(api, citizen, "chào"))["error"] == -244
    server.person(citizen).banned = True
    assert (await send(api, citizen, "chào"))["error"] == -227


async def test_the_window_closes_after_seven_days(server, api, citizen):
    server.clock.advance(7 * 24 * 3600 + 1)
    server.tokens.access_expires_at += 8 * 24 * 3600
    assert (await send(api, citizen, "chào"))["error"] == -230
    server.says(citizen, "còn đó không")
    assert (await send(api, citizen, "chào"))["error"] == 0


async def test_quotas_end(server, api, citizen):
    server.person(citizen).quota = 1
    assert [(await send(api, citizen, "chào"))["error"] for _ in range(2)] == [0, -218]
    server.person(citizen).quota, server.quota = None, 1
    assert [(await send(api, citizen, "chào"))["error"] for _ in range(2)] == [0, -211]


async def test_the_rate_is_told_and_kept(server, api, citizen):
    server.calls_per_minute = 2
    body = {"recipient": {"user_id": citizen}, "message": {"text": "a"}}
    answers = [await api.post("/v3.0/oa/message/cs", json=body) for _ in range(3)]
    assert [answer.json()["error"] for answer in answers] == [0, 0, -32]
    assert [answer.headers["X-RateLimit-Remain"] for answer in answers] == ["1", "0", "0"]
    assert answers[0].headers["X-RateLimit-Limit"] == "2"
    server.clock.advance(60)
    assert (await send(api, citizen, "b"))["error"] == 0


@pytest.mark.parametrize("code", [errors.TOKEN_INVALID, errors.TOKEN_EXPIRED])
async def test_an_old_or_wrong_access_token_is_refused(server, api, citizen, code):
    server.dead_token = code
    assert (await send(api, citizen, "a", access_token="wrong"))["error"] == code.code
    server.clock.advance(25 * 3600)
    assert (await send(api, citizen, "a"))["error"] == code.code


async def refresh(api, server, token, **changed):
    form = {"grant_type": "refresh_token", "refresh_token": token, "app_id": server.account.app_id, **changed}
    headers = {"secret_key": server.account.app_secret}
    response = await api.post("/v4/oa/access_token", data=form, headers=headers)
    assert response.status_code == 200
    return response.json()


async def test_a_refresh_token_works_once_and_ends_the_old_access_token(server, api, citizen):
    first = await refresh(api, server, server.account.refresh_token)
    assert first["expires_in"] == "90000"
    again = await refresh(api, server, server.account.refresh_token)
    assert (again["error"], again["error_name"]) == (-14014, "Invalid refresh token")
    assert (await send(api, citizen, "a"))["error"] == -216
    assert (await send(api, citizen, "a", access_token=first["access_token"]))["error"] == 0
    second = await refresh(api, server, first["refresh_token"])
    assert second["refresh_token"] not in (first["refresh_token"], server.account.refresh_token)
    assert server.tokens.refreshes == 2


async def test_refusals_of_the_token_endpoint(server, api):
    assert (await refresh(api, server, "x", app_id="1"))["error"] == -14002
    server.account.app_secret, wrong = "changed", server.account.app_secret
    form = {"grant_type": "refresh_token", "refresh_token": "x", "app_id": server.account.app_id}
    answer = await api.post("/v4/oa/access_token", data=form, headers={"secret_key": wrong})
    assert "access_token" not in answer.json()
    server.clock.advance(91 * 24 * 3600)
    assert (await refresh(api, server, server.account.refresh_token))["error"] == -14020


async def test_an_expired_token_as_a_fault_is_cured_by_a_refresh(server, api, citizen):
    server.faults.add("token_expired", server.send_method)
    assert [(await send(api, citizen, "a"))["error"] for _ in range(2)] == [-216, -216]
    fresh = await refresh(api, server, server.account.refresh_token)
    assert (await send(api, citizen, "a", access_token=fresh["access_token"]))["error"] == 0


async def test_a_fault_with_a_code_happens_to_its_method_only(server, api, citizen):
    server.faults.add("code", server.send_method, code=-9999, description="?")
    assert (await api.get("/v2.0/oa/getoa")).json()["data"]["oa_id"] == server.account.oa_id
    assert (await send(api, citizen, "a"))["error"] == -9999


async def test_quota_profile_and_reaction(server, api, citizen):
    quota = (await api.post("/v3.0/oa/quota/message", json={"user_id": citizen})).json()["data"]
    assert quota["last_interaction"] == str(int(server.people[citizen].interacted_at * 1000))
    asked = {"data": f'{{"user_id":"{citizen}"}}'}
    profile = (await api.get("/v3.0/oa/user/detail", params=asked)).json()["data"]
    assert (profile["user_id"], profile["display_name"]) == (citizen, "Nguyễn Văn Thử")
    action = {"react_icon": "/-strong", "react_message_id": server.said[0].message_id}
    reaction = {"recipient": {"user_id": citizen}, "sender_action": action}
    assert (await api.post("/v2.0/oa/message", json=reaction)).json()["error"] == 0
    assert server.reactions == [(citizen, server.said[0].message_id, "/-strong")]


@pytest.mark.parametrize("escaped", [True, False])
async def test_a_webhook_is_signed_over_its_raw_body(server, door, escaped):
    server.use_gateway(door.url)
    server.says(CITIZEN, "nghỉ sinh được mấy tháng ạ", escaped=escaped)
    await server.wait_for_deliveries()
    path, headers, body = door.calls[0]
    account, (event,) = server.account, door.bodies
    plain = account.app_id.encode() + body + event["timestamp"].encode() + account.secret.encode()
    assert path == "/webhooks/zalo-oa"
    assert headers["x-zevent-signature"] == "mac=" + hashlib.sha256(plain).hexdigest()
    assert (b"\\u1ea1" in body) == escaped
    assert event["message"]["text"] == "nghỉ sinh được mấy tháng ạ"


async def test_a_signature_can_be_wrong_or_missing(server, door):
    server.use_gateway(door.url)
    for signing in ("wrong", "none", "bare", "upper"):
        server.says(CITIZEN, "a", signing=signing)
    await server.wait_for_deliveries()
    wrong, none, bare, upper = (headers.get("x-zevent-signature") for _, headers, _ in door.calls)
    assert (wrong, none) == ("mac=" + "0" * 64, None)
    assert not bare.startswith("mac=")
    assert upper[4:].isupper()


async def test_a_webhook_is_tried_again_with_its_old_time(server, door):
    server.postman.time_factor = 0.0001
    server.use_gateway(door.url)
    door.statuses = [500, 204]
    server.says(CITIZEN, "a")
    await server.wait_for_deliveries()
    assert len({body for _, _, body in door.calls}) == 1
    assert [headers.get("num_retry") for _, headers, _ in door.calls] == [None, "1", "2"]


async def test_a_webhook_that_never_answers_200_is_given_up(server, door):
    server.postman.time_factor = 0
    server.use_gateway(door.url)
    door.statuses = [500] * 6
    said = server.says(CITIZEN, "a")
    await server.wait_for_deliveries()
    assert (said.delivery.state, len(said.delivery.attempts)) == ("given_up", 6)


async def test_other_events_have_their_own_shapes(server, door):
    server.use_gateway(door.url)
    server.follows(CITIZEN)
    server.attaches(CITIZEN, "location")
    server.staff_writes(CITIZEN, "Tôi là cán bộ")
    server.withdraws(CITIZEN)
    server.submits_info(CITIZEN, {"name": "Nguyễn Văn Thử", "phone": "0900000000"})
    server.sees(CITIZEN, "m1", "m2")
    await server.wait_for_deliveries()
    follow, location, staff, withdraw, info, seen = door.bodies
    assert follow["follower"] == {"id": CITIZEN}
    assert not {"sender", "recipient", "message"} & set(follow)
    assert location["message"]["attachments"][0]["payload"]["coordinates"]["latitude"] == "10.7648"
    assert staff["sender"]["admin_id"]
    assert (withdraw["event_name"], info["info"]["phone"]) == ("user_withdraw", "0900000000")
    assert seen["message"]["msg_ids"] == ["m1", "m2"]
