"""The web page's own doors to the desk: a thumb that says why, and the form that completes a promised call-back."""

import pytest
from sqlalchemy import select

from connectors.message import Reply
from desk.conversation import ConversationKey
from desk.database import reading, writing
from desk.feedback import feedback
from desk.handoff.log import open_episode
from desk.handoff.moves import request
from desk.handoff.state import Reason, State
from desk.tickets.ticket import TicketKind, TicketRequest, file_ticket, tickets
from tests.fakes.gateway import now
from tests.fakes.office import OPEN
from tests.fakes.tickets import RULES
from tests.fakes.waiting import until
from tests.fakes.web_gateway import WebGateway

ANSWER = Reply("Từ đủ 15 năm.", "answered", feedback=True)
OFFER = Reply("Xin lỗi.", offer="rejected_answer", offer_question="Gặp cán bộ không?")
FORM = {"request_id": "r1", "name": "Nguyễn Thị Thử", "contact": "0900 000 000", "question": "Lương hưu của tôi?"}


async def answered(gateway):
    browser = await gateway.browser()
    gateway.dialogue.will(ANSWER, OFFER)
    await browser.say("lương hưu")
    messages = await browser.answers(1)
    return browser, next(message["id"] for message in messages if message["role"] == "assistant")


class TestThumb:
    async def test_an_answer_that_is_wrong_offers_a_person_once(self, engine):
        async with WebGateway(engine) as gateway:
            browser, number = await answered(gateway)
            for _ in range(2):
                verdict = {"id": number, "value": "down", "reason": "wrong"}
                assert (await browser.post("feedback", verdict)).status_code == 200
            messages = await browser.answers(2)
        assert [message["text"] for message in messages[2:]] == [
            "Câu trả lời này không đúng.",
            "Xin lỗi.\nGặp cán bộ không?",
        ]
        assert [heard for _, heard in gateway.dialogue.heard] == ["lương hưu", "/reject_answer"]
        with reading(engine) as connection:
            stored = open_episode(connection, browser.conversation_id)
        assert (stored.episode.state, stored.episode.reason) == (State.OFFERED, Reason.REJECTED_ANSWER)

    async def test_an_answer_that_is_unclear_is_said_more_simply(self, engine):
        async with WebGateway(engine) as gateway:
            browser, number = await answered(gateway)
            await browser.post("feedback", {"id": number, "value": "down", "reason": "unclear"})
            await browser.answers(2)
        assert gateway.dialogue.heard[-1][1] == "/ask_simpler"

    async def test_an_older_answer_is_not_rejected_in_the_newest_ones_place(self, engine):
        async with WebGateway(engine) as gateway:
            browser, number = await answered(gateway)
            gateway.dialogue.recover()
            gateway.dialogue.will(ANSWER)
            await browser.say("ốm đau")
            await browser.answers(2)
            verdict = {"id": number, "value": "down", "reason": "wrong"}
            assert (await browser.post("feedback", verdict)).status_code == 200
            assert len(await browser.messages()) == 4
        assert [heard for _, heard in gateway.dialogue.heard] == ["lương hưu", "ốm đau"]
        with reading(engine) as connection:
            assert connection.execute(select(feedback.c.sequence, feedback.c.value)).all() == [(number, "down")]

    async def test_a_thumb_without_a_reason_says_nothing(self, engine):
        async with WebGateway(engine) as gateway:
            browser, number = await answered(gateway)
            await browser.post("feedback", {"id": number, "value": "down"})
            assert len(await browser.messages()) == 2

    @pytest.mark.parametrize("verdict", [{"value": "up", "reason": "wrong"}, {"value": "down", "reason": "/deny"}])
    async def test_reasons_that_make_no_sense_are_refused(self, engine, verdict):
        async with WebGateway(engine) as gateway:
            browser, number = await answered(gateway)
            response = await browser.post("feedback", {"id": number, **verdict})
        assert (response.status_code, response.json()["error"]["code"]) == (422, "feedback_invalid")


class TestForm:
    async def promised(self, engine, gateway):
        """A conversation that waits for a call-back whose citizen is unknown."""
        browser = await gateway.browser()
        await browser.say("gặp nhân viên")
        await browser.answers(1)
        key = ConversationKey(browser.conversation_id, "web", "web", browser.conversation_id)
        with writing(engine) as connection:
            nobody = OPEN.__class__(**{**OPEN.__dict__, "operators_online": 0})
            stored = request(connection, key.id, Reason.REQUESTED, nobody, now()).stored
            asked = TicketRequest(f"episode-{stored.id}", "", "", "gặp nhân viên", TicketKind.CALLBACK)
            return browser, file_ticket(connection, key, asked, now(), RULES)

    async def test_it_completes_the_call_back_and_its_code_stands_in_the_conversation(self, engine):
        async with WebGateway(engine) as gateway:
            browser, code = await self.promised(engine, gateway)
            assert (await browser.post("tickets", FORM)).json() == {"case_code": code}
            await until(lambda: self.rows(engine)[0].contact)
            last = (await browser.messages())[-1]
        (row,) = self.rows(engine)
        assert (row.case_code, row.name, row.question) == (code, FORM["name"], FORM["question"])
        assert (last["role"], last["status"], code in last["text"]) == ("system", "desk_filed", True)

    async def test_the_same_form_twice_over_a_bad_line_is_said_once(self, engine):
        async with WebGateway(engine) as gateway:
            browser, code = await self.promised(engine, gateway)
            codes = [(await browser.post("tickets", FORM)).json()["case_code"] for _ in range(2)]
            said = [message for message in await browser.messages() if message["status"] == "desk_filed"]
        assert (codes, len(said), len(self.rows(engine))) == ([code, code], 1, 1)

    async def test_another_form_with_another_contact_is_a_case_of_its_own(self, engine):
        async with WebGateway(engine) as gateway:
            browser, code = await self.promised(engine, gateway)
            await browser.post("tickets", FORM)
            other = {**FORM, "request_id": "r2", "contact": "thu@example.vn"}
            assert (await browser.post("tickets", other)).json()["case_code"] != code
        assert len(self.rows(engine)) == 2

    @staticmethod
    def rows(engine):
        with reading(engine) as connection:
            return connection.execute(select(tickets).order_by(tickets.c.id)).all()
