"""The web chat over HTTP and SSE: messages, buttons, who may read what."""

import asyncio
import json

import pytest

from connectors.dialogue import DialogueError, DialogueFailure
from connectors.inbox import inbox
from connectors.message import Button, Citation, Reply
from connectors.settings import RateLimit
from tests.fakes.web_checks import refused, rows
from tests.fakes.web_gateway import Browser, WebGateway, collect

CITATION = Citation("288/BHXH-VP", "1.e", "điểm e mục 1", "2024-01-31", "", "/van-ban/288#1.e", "directive/288/1.e")

ANSWER = Reply("Theo điểm e…", "answered", (CITATION,), (), feedback=True)

CHOICES = Reply("Ý anh/chị là…?", "clarification", buttons=(Button("Ốm đau", '/choose_option{"option":"faq/F1"}'),))

NO_LIMIT = (RateLimit(100_000, 1.0),)


@pytest.fixture
async def gateway(engine):
    async with WebGateway(engine, conversation_limits=NO_LIMIT) as gateway:
        yield gateway


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
