"""Thumbs, tickets and monitoring of the web chat; restarts."""

import asyncio
import contextlib
import uuid

import httpx
import pytest
from sqlalchemy import select

from connectors.settings import RateLimit
from desk.database import reading
from desk.feedback import feedback
from desk.tickets.ticket import tickets
from tests.databases import BOTH
from tests.fakes.waiting import PATIENCE_SECONDS
from tests.fakes.web_checks import refused, rows
from tests.fakes.web_gateway import Browser, WebGateway

TICKET = {"request_id": "r-1", "name": "Nguyễn Văn Thử", "contact": "0900 000 001", "question": "Khi nào có thẻ?"}

NO_LIMIT = (RateLimit(100_000, 1.0),)


@pytest.fixture
async def gateway(engine):
    async with WebGateway(engine, conversation_limits=NO_LIMIT) as gateway:
        yield gateway


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

        async def questions_and_answers():
            messages = await browser.messages()
            by_role = {
                role: [m["message_id"] for m in messages if m["role"] == role] for role in ("citizen", "assistant")
            }
            return by_role["citizen"], by_role["assistant"]

        # What was sent before may still be on its way to the database when the last is answered.
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                questions, answered = await questions_and_answers()
                if "last" in answered and answered == questions:
                    return
                await asyncio.sleep(0.01)
