"""The workshop's HTTP doors over a small base: what is tried, what is alike, and hostile JSON."""

import json
import logging
from datetime import date

import httpx
import pytest

from app.workshop_client import WorkshopClient
from app.workshop_doors import BODY_BYTES
from console.editor.ports import TrySubject
from editing import drafting
from editing.bodies.faq import FaqBody
from editing.drafting import NewFaq, new_faq
from editing.trial import GONE, NOT_READY, WhyNot
from tests.fakes.lifecycle import AN
from tests.fakes.workshop_desk import CARD, GO_THERE, RATES, WorkshopDesk
from tests.small_content import LOST_CARD, RATE

NEW_ANSWER = "Nộp tờ khai trên VssID để được cấp lại thẻ."


@pytest.fixture
def desk(engine, tmp_path):
    return WorkshopDesk(engine, tmp_path)


@pytest.fixture
def http(desk):
    transport = httpx.ASGITransport(desk.workshop.app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://workshop")


@pytest.fixture
def client(http):
    return WorkshopClient(http)


class TestTrying:
    async def test_the_live_base_says_what_citizens_hear_and_why(self, client):
        tried = await client.try_question(LOST_CARD.question, TrySubject())
        assert (tried.status, tried.band, tried.text) == ("answered", "answer", LOST_CARD.answer + GO_THERE)
        assert tried.hits[0].document == CARD
        assert tried.hits[0].why_not == ""
        assert tried.citations[0].label == "Điều 9 Luật thử"

    async def test_a_draft_is_tried_before_anybody_approved_it(self, desk, client):
        version = desk.save(desk.draft(CARD), NEW_ANSWER)
        tried = await client.try_question(LOST_CARD.question, TrySubject(version_id=version.id))
        assert (tried.text, tried.hits[0].version) == (NEW_ANSWER + GO_THERE, "2")
        again = desk.save(version, "Một câu khác.")
        tried = await client.try_question(LOST_CARD.question, TrySubject(version_id=again.id))
        assert tried.text == "Một câu khác." + GO_THERE
        assert (await client.try_question(LOST_CARD.question, TrySubject())).text != tried.text

    async def test_a_draft_that_takes_a_document_out_is_tried_too(self, desk, client):
        document = desk.document(CARD)

        version = desk.write(drafting.propose_withdrawal, document.id, "Hết hiệu lực.", AN, desk.now)
        tried = await client.try_question(LOST_CARD.question, TrySubject(version_id=version.id))
        assert CARD not in {hit.document for hit in tried.hits}

    async def test_a_draft_that_cannot_be_read_says_what_to_mend(self, desk, client):
        version = desk.save(desk.draft(CARD), "Mức {khong_co} đồng.")
        tried = await client.try_question(LOST_CARD.question, TrySubject(version_id=version.id))
        assert tried.status == NOT_READY
        assert "khong_co" in tried.text
        assert "/tmp" not in tried.text

    async def test_figures_follow_the_day_that_is_asked_for(self, desk, client):

        this_year = await client.try_question(RATE.question, TrySubject(as_of=date(2026, 12, 31)))
        next_year = await client.try_question(RATE.question, TrySubject(as_of=date(2027, 1, 1)))
        assert (this_year.text, next_year.text) == (
            "Mức đóng là 2.000.000 đồng/tháng." + GO_THERE,
            "Mức đóng là 3.000.000 đồng/tháng." + GO_THERE,
        )
        later = await client.try_question(RATE.question, TrySubject(as_of=date(2028, 1, 1)))
        assert later.status == "unanswerable_no_content"
        assert [hit.why_not for hit in later.hits if hit.document == RATES] == [WhyNot.NO_VALUE.value]

    async def test_a_built_release_is_tried_before_it_is_live(self, desk, client):
        candidate = desk.candidate(desk.approved(CARD, NEW_ANSWER))
        tried = await client.try_question(LOST_CARD.question, TrySubject(release_id=candidate.id))
        assert tried.text == NEW_ANSWER + GO_THERE

    async def test_what_is_not_there_is_gone(self, client):
        assert (await client.try_question("x", TrySubject(release_id=999))).status == GONE
        assert (await client.try_question("x", TrySubject(version_id=999))).status == GONE

    async def test_what_a_rule_decides_needs_no_search(self, client):
        tried = await client.try_question("cho tôi gặp nhân viên tư vấn", TrySubject())
        assert (tried.band, tried.hits) == ("rule", ())


class TestAlike:
    async def test_an_equal_wording_is_the_nearest_whatever_its_diacritics(self, client):
        found = await client.alike(("mat the bao hiem y te thi lam sao",), "", 5)
        assert (found[0].document, found[0].likeness, found[0].wording) == (CARD, 1.0, LOST_CARD.question)

    async def test_the_document_itself_is_left_out(self, client):
        assert CARD not in {one.document for one in await client.alike((LOST_CARD.question,), CARD, 5)}

    async def test_drafts_that_others_work_on_count_from_the_moment_they_are_saved(self, desk, client):

        asked = "Thẻ bị chuột cắn có đổi được không?"
        assert await client.alike((asked,), "", 5) == ()
        body = FaqBody(question=asked)
        version = desk.write(new_faq, NewFaq("Thẻ", body), AN, desk.now)
        (found,) = await client.alike((asked,), "", 5)
        assert (found.title, found.likeness) == (asked, 1.0)
        desk.discard(version)
        assert await client.alike((asked,), "", 5) == ()

    async def test_never_more_than_asked_for(self, client):
        wordings = (LOST_CARD.question, RATE.question)
        assert len(await client.alike(wordings, "", 1)) == 1


class TestWaking:
    async def test_the_builder_is_woken(self, desk, client):
        await client.wake()
        assert desk.workshop.loop.wish.is_set()


PRIVATE = "câu hỏi riêng của công dân"
HOSTILE = {
    "no JSON": b"{",
    "nested": b"[" * 50_000,
    "a list": b"[]",
    "null": b"null",
    "nothing": b"",
    "an unknown key": json.dumps({"question": PRIVATE, "more": 1}).encode(),
    "a number": b'{"question": 7}',
    "no words": b'{"question": "  "}',
    "too long": json.dumps({"question": PRIVATE * 100}).encode(),
    "a hidden sign": json.dumps({"question": PRIVATE + "\x00"}).encode(),
    "an id as text": json.dumps({"question": PRIVATE, "version_id": "1"}).encode(),
    "a negative id": json.dumps({"question": PRIVATE, "version_id": -1}).encode(),
    "an endless id": json.dumps({"question": PRIVATE, "release_id": 10**40}).encode(),
    "true as id": json.dumps({"question": PRIVATE, "release_id": True}).encode(),
    "no day": json.dumps({"question": PRIVATE, "as_of": "2026-02-30"}).encode(),
    "a day as number": json.dumps({"question": PRIVATE, "as_of": 5}).encode(),
    "wordings as text": json.dumps({"wordings": PRIVATE}).encode(),
    "no wordings": b'{"wordings": []}',
    "too many wordings": json.dumps({"wordings": ["x"] * 201}).encode(),
    "a wording as number": b'{"wordings": [1]}',
    "limit": b'{"wordings": ["x"], "limit": 1000}',
    "limit as text": b'{"wordings": ["x"], "limit": "5"}',
    "a long name": json.dumps({"wordings": ["x"], "but_not": "x" * 161}).encode(),
}
JSON = {"content-type": "application/json"}


class TestHostile:
    async def test_malformed_requests_get_400_and_nothing_of_them_back(self, http, caplog):
        for name, body in HOSTILE.items():
            for path in ("/try", "/alike", "/wake"):
                answer = await http.post(path, content=body, headers=JSON)
                assert answer.status_code == 400, (name, path)
                assert PRIVATE not in answer.text
        assert PRIVATE not in caplog.text

    async def test_too_much_gets_413_and_no_json_415(self, http):
        assert (await http.post("/try", content=b" " * (BODY_BYTES + 1), headers=JSON)).status_code == 413
        for media in ("text/plain", "application/x-www-form-urlencoded", ""):
            assert (await http.post("/try", content=b"{}", headers={"content-type": media})).status_code == 415

    async def test_other_paths_and_methods_are_not_there(self, http):
        assert (await http.get("/try")).status_code == 405
        assert (await http.get("/docs")).status_code == 404

    async def test_a_fault_of_ours_tells_nothing_of_the_question(self, desk, http, caplog):
        (desk.index / "current").unlink()
        answer = await http.post("/alike", json={"wordings": [PRIVATE]})
        assert (answer.status_code, answer.json()) == (500, {"error": "failed"})
        assert "workshop door" in caplog.text
        assert PRIVATE not in caplog.text

    async def test_health_and_numbers(self, desk, http, caplog):
        caplog.set_level(logging.INFO)
        desk.candidate(desk.approved(CARD, NEW_ANSWER))
        await http.post("/try", json={"question": "mất thẻ"})
        assert (await http.get("/health")).json() == {"status": "ok"}
        numbers = (await http.get("/metrics")).text
        assert 'bhxh_releases_built_total{outcome="ready"} 2' in numbers
        assert "bhxh_questions_tried_total 1" in numbers
