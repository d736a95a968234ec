"""The web chat over real HTTP: what a page, and who is up to no good, gets to see."""

import asyncio
import contextlib
import json
import uuid

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from connectors.dialogue import DialogueError, DialogueFailure
from connectors.inbox import inbox
from connectors.message import Button, Citation, Reply
from connectors.settings import RateLimit
from desk.database import reading
from desk.feedback import feedback
from desk.ticket import tickets
from tests.databases import BOTH
from tests.fakes.transactions import BrokenTransactions
from tests.fakes.web_gateway import Browser, WebGateway, collect

CITATION = Citation("288/BHXH-VP", "1.e", "điểm e mục 1", "2024-01-31", "", "/van-ban/288#1.e", "directive/288/1.e")
ANSWER = Reply("Theo điểm e…", "answered", (CITATION,), (), feedback=True)
CHOICES = Reply("Ý anh/chị là…?", "clarification", buttons=(Button("Ốm đau", '/choose_option{"option":"faq/F1"}'),))
TICKET = {"request_id": "r-1", "name": "Nguyễn Văn Thử", "contact": "0900 000 001", "question": "Khi nào có thẻ?"}
NO_LIMIT = (RateLimit(100_000, 1.0),)


@pytest.fixture
async def gateway(engine):
    async with WebGateway(engine, conversation_limits=NO_LIMIT) as gateway:
        yield gateway


def rows(engine, table):
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def refused(response, status, code):
    assert response.status_code == status, response.text
    error = response.json()["error"]
    assert error["code"] == code
    assert error["message"].endswith(".")
    return error["message"]


class TestMessages:
    async def test_a_question_is_accepted_and_answered(self, gateway):
        browser = await gateway.browser()
        gateway.dialogue.will(ANSWER)
        response = await browser.say("Lương hưu?", "m-1")
        assert (response.status_code, response.json()) == (202, {"message_id": "m-1", "accepted": True})
        question, answer = await browser.answers(1)
        assert (question["id"], question["role"], question["message_id"], question["text"], question["status"]) == (
            1, "citizen", "m-1", "Lương hưu?", None,
        )  # fmt: skip
        assert answer == {
            "id": 2,
            "role": "assistant",
            "message_id": "m-1",
            "text": "Theo điểm e…",
            "status": "answered",
            "citations": [
                {
                    "document": "288/BHXH-VP",
                    "section": "1.e",
                    "label": "điểm e mục 1",
                    "date": "2024-01-31",
                    "validity": "",
                    "url": "/van-ban/288#1.e",
                    "passage_id": "directive/288/1.e",
                }
            ],
            "buttons": [],
            "feedback": True,
            "form": None,
            "sent_at": answer["sent_at"],
        }

    async def test_the_message_is_stored_before_it_is_acknowledged(self, engine, gateway):
        browser = await gateway.browser()
        gateway.dialogue.hold(browser.conversation_id)
        assert (await browser.say("câu")).status_code == 202
        assert rows(engine, inbox) == 1

    async def test_the_same_message_is_acknowledged_again_and_answered_once(self, gateway):
        browser = await gateway.browser()
        for _ in range(3):
            assert (await browser.say("câu", "m-1")).status_code == 202
        await browser.say("xong", "m-2")
        texts = [message["text"] for message in await browser.answers(2)]
        assert sorted(texts) == ["câu", "echo: câu", "echo: xong", "xong"]

    async def test_fifty_copies_at_once_are_answered_once(self, engine, gateway):
        browser = await gateway.browser()
        responses = await asyncio.gather(*(browser.say("câu", "m-1") for _ in range(50)))
        assert {response.status_code for response in responses} == {202}
        assert rows(engine, inbox) == 1

    async def test_two_conversations_may_use_the_same_message_id(self, gateway):
        an, ba = await gateway.browser(), await gateway.browser()
        await an.say("của An", "m-1")
        await ba.say("của Ba", "m-1")
        assert [message["text"] for message in await an.answers(1)] == ["của An", "echo: của An"]
        assert [message["text"] for message in await ba.answers(1)] == ["của Ba", "echo: của Ba"]

    async def test_messages_sent_in_a_row_are_answered_in_order(self, gateway):
        browser = await gateway.browser()
        for number in range(10):
            await browser.say(f"câu {number}")
        messages = await browser.answers(10)
        said = [message["text"] for message in messages if message["role"] == "assistant"]
        assert said == [f"echo: câu {number}" for number in range(10)]

    async def test_reading_goes_on_behind_a_number(self, gateway):
        browser = await gateway.browser()
        await browser.say("một")
        await browser.answers(1)
        assert [message["id"] for message in await browser.messages(after=1)] == [2]

    async def test_when_the_dialogue_engine_stays_away_the_citizen_is_offered_a_person(self, gateway):
        browser = await gateway.browser()
        gateway.dialogue.will(*[DialogueError(DialogueFailure.UNAVAILABLE, "ConnectError")] * 30)
        await browser.say("câu")
        answer = (await browser.answers(1))[1]
        assert (answer["status"], answer["form"]) == ("error_service", "leave_message")


class TestButtons:
    async def test_an_offered_choice_is_shown_as_its_title_and_heard_as_its_payload(self, gateway):
        browser = await gateway.browser()
        gateway.dialogue.will(CHOICES)
        await browser.say("ốm")
        await browser.answers(1)
        assert (await browser.choose(CHOICES.buttons[0].payload)).status_code == 202
        messages = await browser.answers(2)
        assert messages[2]["text"] == "Ốm đau"
        assert gateway.dialogue.heard[-1] == (browser.conversation_id, CHOICES.buttons[0].payload)

    async def test_what_was_offered_to_another_is_no_choice(self, gateway):
        an, ba = await gateway.browser(), await gateway.browser()
        gateway.dialogue.will(CHOICES)
        await an.say("ốm")
        await an.answers(1)
        refused(await ba.choose(CHOICES.buttons[0].payload), 422, "choice_unknown")

    @pytest.mark.parametrize("payload", ["/restart", "/session_start", "Ốm đau", "\ud800", "' OR 1=1 --"])
    async def test_an_invented_choice_is_refused(self, gateway, payload):
        body = json.dumps({"message_id": "m-1", "choice": payload})
        browser = await gateway.browser()
        headers = {**browser.headers, "Content-Type": "application/json"}
        refused(await gateway.client.post("/api/chat/messages", content=body, headers=headers), 422, "choice_unknown")


class TestStream:
    async def test_question_and_answer_arrive_as_they_are_said(self, gateway):
        browser = await gateway.browser()
        async with browser.stream() as stream:
            await browser.say("câu")
            events = await collect(stream, 2)
        assert [(event[1], event[2]["role"], event[2]["text"]) for event in events] == [
            ("1", "citizen", "câu"),
            ("2", "assistant", "echo: câu"),
        ]

    async def test_a_reloaded_page_gets_everything_again(self, gateway):
        browser = await gateway.browser()
        await browser.say("câu")
        listed = await browser.answers(1)
        async with browser.stream() as stream:
            assert [event[2] for event in await collect(stream, 2)] == listed

    @pytest.mark.parametrize("position", ["after", "last_event_id"])
    async def test_a_page_that_was_cut_off_gets_the_rest_once(self, gateway, position):
        browser = await gateway.browser()
        for number in range(3):
            await browser.say(f"câu {number}")
        await browser.answers(3)
        async with browser.stream(**{position: 4}) as stream:
            assert [event[1] for event in await collect(stream, 2)] == ["5", "6"]

    async def test_the_header_of_a_reconnecting_browser_wins_over_its_first_address(self, gateway):
        browser = await gateway.browser()
        await browser.say("câu")
        await browser.answers(1)
        async with browser.stream(after=0, last_event_id=1) as stream:
            assert [event[1] for event in await collect(stream, 1)] == ["2"]

    async def test_a_stream_that_breaks_again_and_again_loses_and_doubles_nothing(self, gateway):
        browser = await gateway.browser()
        seen = []

        async def read():
            while len(seen) < 40:
                async with browser.stream(last_event_id=seen[-1] if seen else 0) as stream:
                    seen.extend(int(event[1]) for event in await collect(stream, 1))

        async def write():
            for number in range(20):
                await browser.say(f"câu {number}")

        await asyncio.gather(read(), write())
        assert seen == list(range(1, 41))

    async def test_two_windows_of_one_conversation_see_the_same(self, gateway):
        browser = await gateway.browser()
        async with browser.stream() as one, browser.stream() as two:
            await browser.say("câu")
            assert await collect(one, 2) == await collect(two, 2)

    async def test_nobody_hears_another_conversation(self, gateway):
        an, ba = await gateway.browser(), await gateway.browser()
        async with ba.stream() as stream:
            await an.say("bí mật")
            await an.answers(1)
            await ba.say("của tôi")
            assert "bí mật" not in str(await collect(stream, 2))

    async def test_slow_work_shows_that_somebody_is_writing(self, gateway):
        browser = await gateway.browser()
        gate = gateway.dialogue.hold(browser.conversation_id)
        async with browser.stream() as stream:
            await browser.say("câu")
            started = await collect(stream, 1, "typing")
            gate.set()
            ended = await collect(stream, 1, "typing")
        assert (started[0][2], ended[0][2]) == ({"typing": True}, {"typing": False})

    async def test_a_quiet_stream_beats(self, engine):
        async with WebGateway(engine, heartbeat_seconds=0.05) as gateway:
            browser = await gateway.browser()
            async with browser.stream() as stream:
                assert len(await collect(stream, 2, "heartbeat")) == 2

    async def test_what_another_gateway_answers_arrives_too(self, engine):
        async with WebGateway(engine, owner="one") as one, WebGateway(engine, owner="two") as two:
            here = await one.browser()
            there = Browser(two.client, here.conversation_id, here.token, here.expires_at)
            async with here.stream() as stream:
                await there.say("câu")
                events = await collect(stream, 2)
        assert [event[2]["text"] for event in events] == ["câu", "echo: câu"]

    async def test_too_many_windows_are_refused_and_closed_ones_forgotten(self, engine):
        async with WebGateway(engine, streams_per_conversation=1, heartbeat_seconds=0.05) as gateway:
            browser = await gateway.browser()
            url, params = "/api/chat/events", {"token": browser.token}
            async with browser.stream() as stream:
                await collect(stream, 1, "heartbeat")
                refused(await gateway.client.get(url, params=params), 429, "too_many_streams")
            async with asyncio.timeout(5):
                while gateway.hub.watches:
                    await asyncio.sleep(0.01)
            async with browser.stream() as stream:
                await collect(stream, 1, "heartbeat")


class TestAccess:
    @pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer forged.token"}, {"Authorization": "Basic eDp5"}])
    async def test_without_a_token_of_ours_no_door_opens(self, gateway, headers):
        for method, path in [
            ("POST", "messages"), ("GET", "messages"), ("GET", "events"), ("POST", "feedback"), ("POST", "tickets"),
        ]:  # fmt: skip
            response = await gateway.client.request(method, f"/api/chat/{path}", headers=headers)
            refused(response, 401, "invalid_token")

    async def test_a_changed_token_is_forged(self, gateway):
        browser = await gateway.browser()
        other = await gateway.browser()
        mixed = other.token.split(".")[0] + "." + browser.token.split(".")[1]
        response = await gateway.client.get("/api/chat/messages", headers={"Authorization": f"Bearer {mixed}"})
        refused(response, 401, "invalid_token")

    async def test_a_token_in_the_address_opens_only_the_stream(self, gateway):
        browser = await gateway.browser()
        response = await gateway.client.get("/api/chat/messages", params={"token": browser.token})
        refused(response, 401, "invalid_token")

    async def test_other_addresses_and_methods_are_refused_in_vietnamese(self, gateway):
        refused(await gateway.client.get("/api/chat/nothing"), 404, "not_found")
        refused(await gateway.client.delete("/api/chat/messages"), 405, "method_not_allowed")

    async def test_no_other_site_is_let_in(self, gateway):
        response = await gateway.client.post("/api/chat/conversations", headers={"Origin": "https://elsewhere.example"})
        assert "access-control-allow-origin" not in response.headers


class TestLimits:
    async def test_fifty_messages_in_a_second_are_slowed_down_politely_and_none_is_lost(self, engine):
        async with WebGateway(engine, conversation_limits=(RateLimit(5, 10.0),)) as gateway:
            browser = await gateway.browser()
            responses = await asyncio.gather(*(browser.say(f"câu {number}") for number in range(50)))
            accepted = [response for response in responses if response.status_code == 202]
            slowed = [response for response in responses if response.status_code == 429]
            assert (len(accepted), len(slowed)) == (5, 45)
            assert refused(slowed[0], 429, "too_many_requests")
            assert 1 <= int(slowed[0].headers["retry-after"]) <= 10
            await browser.answers(5)

    async def test_one_address_cannot_open_conversations_without_end(self, engine):
        limits = {"address_limits": (RateLimit(3, 60.0),), "unlimited_addresses": ()}
        async with WebGateway(engine, **limits) as gateway:
            for _ in range(3):
                await gateway.browser()
            refused(await gateway.client.post("/api/chat/conversations"), 429, "too_many_requests")

    async def test_an_address_is_limited_over_all_its_conversations(self, engine):
        limits = {"address_limits": (RateLimit(4, 60.0),), "unlimited_addresses": ()}
        async with WebGateway(engine, **limits) as gateway:
            an, ba = await gateway.browser(), await gateway.browser()
            assert (await an.say("câu")).status_code == 202
            assert (await ba.say("câu")).status_code == 202
            refused(await an.say("câu"), 429, "too_many_requests")

    async def test_opening_conversations_fills_no_table(self, engine, gateway):
        for _ in range(3):
            await gateway.browser()
        with reading(engine) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM conversations").scalar_one() == 0


HOSTILE_TEXTS = {
    "emoji": "🙏🏽👨‍👩‍👧",
    "nul": "lương\x00hưu",
    "controls": "\x1b[31mlương\x07 hưu",
    "decomposed": "lu\u031bo\u031bng hu\u031bu",
    "command": "/restart",
    "script": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE inbox; --",
    "surrogate": "lương \ud800 hưu",
    "direction": "\u202elương",
    "template": "{{7*7}} ${7*7} %s",
}
BAD_BODIES = {
    "nothing": b"",
    "no json": b"{",
    "array": b"[]",
    "null": b"null",
    "text": b'"text"',
    "deep": b'{"text":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    "bytes": b"\xff\xfe\x00",
    "huge number": b'{"text":' + b"9" * 10_000 + b"}",
}


class TestHostileInput:
    @pytest.mark.parametrize("name", HOSTILE_TEXTS)
    async def test_odd_text_is_answered(self, gateway, name):
        browser = await gateway.browser()
        body = json.dumps({"message_id": "m-1", "text": HOSTILE_TEXTS[name]})
        headers = {**browser.headers, "Content-Type": "application/json"}
        assert (await gateway.client.post("/api/chat/messages", content=body, headers=headers)).status_code == 202
        assert len(await browser.answers(1)) == 2
        ((_, heard),) = gateway.dialogue.heard
        assert heard
        assert not heard.startswith("/")
        assert "\x00" not in heard

    @pytest.mark.parametrize("text", ["", "   ", "\x00\x01\x02", "\u200b", "//"])
    async def test_nothing_said_is_refused(self, engine, gateway, text):
        browser = await gateway.browser()
        refused(await browser.say(text), 422, "message_empty")
        assert rows(engine, inbox) == 0

    @pytest.mark.parametrize("length", [2001, 20_000])
    async def test_a_long_text_is_refused_with_its_limit(self, gateway, length):
        browser = await gateway.browser()
        assert "2000" in refused(await browser.say("ệ" * length), 422, "message_too_long")

    @pytest.mark.parametrize("name", BAD_BODIES)
    @pytest.mark.parametrize("path", ["messages", "feedback", "tickets"])
    async def test_a_broken_body_is_refused(self, gateway, name, path):
        browser = await gateway.browser()
        headers = {**browser.headers, "Content-Type": "application/json"}
        response = await gateway.client.post(f"/api/chat/{path}", content=BAD_BODIES[name], headers=headers)
        assert response.status_code == 422
        assert response.json()["error"]["message"].endswith(".")

    async def test_a_large_body_is_refused_before_it_is_read(self, gateway):
        browser = await gateway.browser()
        refused(await browser.say("a" * 70_000), 413, "body_too_large")

    async def test_a_body_that_never_says_its_length_is_cut_off(self, gateway):
        browser = await gateway.browser()

        async def endless():
            for _ in range(100):
                yield b"a" * 1024

        headers = {**browser.headers, "Content-Type": "application/json"}
        response = await gateway.client.post("/api/chat/messages", content=endless(), headers=headers)
        refused(response, 413, "body_too_large")

    async def test_only_json_is_read(self, gateway):
        browser = await gateway.browser()
        response = await gateway.client.post("/api/chat/messages", data={"text": "câu"}, headers=browser.headers)
        refused(response, 415, "not_json")

    @pytest.mark.parametrize("after", ["-1", "một", "1;DROP", "9" * 30])
    async def test_a_broken_position_is_refused(self, gateway, after):
        browser = await gateway.browser()
        for path in ("messages", "events"):
            params = {"after": after, "token": browser.token}
            response = await gateway.client.get(f"/api/chat/{path}", params=params, headers=browser.headers)
            refused(response, 422, "bad_position")


class TestFeedback:
    async def answered(self, gateway):
        browser = await gateway.browser()
        await browser.say("câu")
        await browser.answers(1)
        return browser

    async def test_a_verdict_on_an_answer_is_kept_and_the_last_one_counts(self, engine, gateway):
        browser = await self.answered(gateway)
        assert (await browser.post("feedback", {"id": 2, "value": "up"})).status_code == 200
        response = await browser.post("feedback", {"id": 2, "value": "down", "comment": "sai"})
        assert response.json() == {"id": 2, "value": "down"}
        with reading(engine) as connection:
            (kept,) = connection.execute(select(feedback.c.value, feedback.c.comment)).all()
        assert kept == ("down", "sai")

    @pytest.mark.parametrize("number", [1, 3, 99])
    async def test_only_an_answer_of_this_conversation_can_be_rated(self, gateway, number):
        browser = await self.answered(gateway)
        refused(await browser.post("feedback", {"id": number, "value": "up"}), 404, "answer_not_found")

    async def test_an_answer_of_another_cannot_be_rated(self, engine, gateway):
        await self.answered(gateway)
        stranger = await gateway.browser()
        refused(await stranger.post("feedback", {"id": 2, "value": "down"}), 404, "answer_not_found")
        assert rows(engine, feedback) == 0


class TestTickets:
    async def test_a_message_for_a_person_gets_a_case_code(self, gateway):
        response = await (await gateway.browser()).post("tickets", TICKET)
        assert response.status_code == 201
        assert response.json()["case_code"].startswith("BHXH-")

    async def test_a_form_sent_twice_is_one_ticket(self, engine, gateway):
        browser = await gateway.browser()
        codes = {(await browser.post("tickets", TICKET)).json()["case_code"] for _ in range(2)}
        assert len(codes) == 1
        assert rows(engine, tickets) == 1

    async def test_a_field_that_needs_mending_is_named(self, engine, gateway):
        browser = await gateway.browser()
        refused(await browser.post("tickets", {**TICKET, "contact": "nhà tôi"}), 422, "contact_invalid")
        assert rows(engine, tickets) == 0

    async def test_tickets_without_end_are_refused(self, gateway):
        browser = await gateway.browser()
        responses = [await browser.post("tickets", {**TICKET, "request_id": f"r-{number}"}) for number in range(6)]
        assert [response.status_code for response in responses] == [201] * 5 + [429]


class TestDatabaseAway:
    def broken(self, engine):
        return BrokenTransactions(engine, [])

    async def test_a_message_that_cannot_be_stored_is_not_acknowledged(self, engine):
        broken = self.broken(engine)
        async with WebGateway(engine, transactions=broken, worker={"poll_seconds": 60.0}) as gateway:
            browser = await gateway.browser()
            broken.fail_next(OperationalError("INSERT", {}, Exception("bí mật")))
            response = await browser.say("bí mật", "m-1")
            refused(response, 503, "unavailable")
            assert "retry-after" in response.headers
            assert (await browser.say("bí mật", "m-1")).status_code == 202
            await browser.answers(1)


class TestPrivacy:
    async def test_what_a_citizen_writes_reaches_no_log_and_no_metric(self, engine, caplog):
        caplog.set_level("DEBUG", logger="connectors")
        caplog.set_level("DEBUG", logger="uvicorn.error")
        caplog.set_level("INFO", logger="sqlalchemy")
        async with WebGateway(engine) as gateway:
            browser = await gateway.browser()
            gateway.dialogue.will(ValueError("bímật"))
            await browser.say("bímật 001099012345")
            await browser.answers(1)
            await browser.post("tickets", {**TICKET, "question": "bímật"})
            metrics = (await gateway.client.get("/metrics")).text
        for hidden in ("bímật", "001099012345", browser.token, browser.conversation_id):
            assert hidden not in caplog.text
            assert hidden not in metrics


class TestMonitoring:
    async def test_the_process_is_alive(self, gateway):
        assert (await gateway.client.get("/healthz")).status_code == 200

    async def test_it_is_ready_with_database_and_dialogue(self, gateway):
        response = await gateway.client.get("/readyz")
        assert (response.status_code, response.json()) == (200, {"database": "ok", "dialogue": "ok"})

    async def test_it_is_not_ready_without_the_dialogue_engine(self, gateway):
        gateway.dialogue.ready = False
        response = await gateway.client.get("/readyz")
        assert (response.status_code, response.json()["dialogue"]) == (503, "unreachable")

    async def test_the_numbers_count_what_happened(self, gateway):
        browser = await gateway.browser()
        await browser.say("câu", "m-1")
        await browser.answers(1)
        await browser.say("câu", "m-1")
        await browser.say("")
        text = (await gateway.client.get("/metrics")).text
        for line in (
            'bhxh_messages_received_total{channel="web"} 1',
            'bhxh_messages_duplicate_total{channel="web"} 1',
            'bhxh_requests_refused_total{code="message_empty"} 1',
            'bhxh_replies_total{channel="web",status="no_status"} 1',
            "bhxh_inbox_waiting 0",
        ):
            assert line in text


class TestRestart:
    @pytest.mark.parametrize("kind", BOTH)
    async def test_page_and_message_survive_a_restart(self, kind, tmp_path, migrated_databases):
        with migrated_databases.fresh(kind, tmp_path) as engine:
            async with WebGateway(engine) as first:
                browser = await first.browser()
                first.dialogue.hold(browser.conversation_id)
                await browser.say("câu", "m-1")
            async with WebGateway(engine) as second:
                again = Browser(second.client, browser.conversation_id, browser.token, browser.expires_at)
                messages = await again.answers(1)
        assert [message["text"] for message in messages] == ["câu", "echo: câu"]


async def test_an_answer_to_a_gone_sender_is_still_given(engine):
    async with WebGateway(engine) as gateway:
        browser = await gateway.browser()
        for _ in range(5):
            client = httpx.AsyncClient(base_url=gateway.url, timeout=0.001, trust_env=False)
            body = {"message_id": str(uuid.uuid4()), "text": "câu"}
            with contextlib.suppress(httpx.HTTPError):
                await client.post("/api/chat/messages", json=body, headers=browser.headers)
            await client.aclose()
        await browser.say("xong", "last")
        async with asyncio.timeout(10):
            while not any(m["role"] == "assistant" and m["message_id"] == "last" for m in await browser.messages()):
                await asyncio.sleep(0.01)
        messages = await browser.messages()
        questions = [message["message_id"] for message in messages if message["role"] == "citizen"]
        answered = [message["message_id"] for message in messages if message["role"] == "assistant"]
        assert answered == questions
