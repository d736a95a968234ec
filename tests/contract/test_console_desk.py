"""What operators do at the desk, by its doors: one owner, nothing said twice, nobody reads what is not theirs."""

import asyncio
import re

import pytest

from connectors.inbox import inbox
from connectors.outbox import outbox
from desk.audit import AuditAction, AuditFilter, entries
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import reading, writing
from desk.handoff.availability import Availability
from desk.handoff.log import episode_by_id
from desk.handoff.moves import request
from desk.handoff.state import Reason, State
from desk.presence import Presence, choose_presence
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.gateway import now
from tests.fakes.office import OPEN

HEADERS = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin", "X-Console": "1"}
SECRET_NUMBER = "001234567890"


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


class Operator:
    """Signed in, with a browser of their own; `async with` opens it."""

    def __init__(self, site, login="lan", name="Trần Thị Lan"):
        self.id = add_colleague(site.engine, login, name)
        with writing(site.engine) as connection:
            choose_presence(connection, self.id, Presence.ONLINE, now())
        token, session = site.token(self.id)
        self._browser = site.browser(token)
        self.headers = HEADERS | {"X-CSRF-Token": session.csrf_token}

    async def get(self, path):
        return await self._browser.get(path, headers={"X-Console": "1"})

    async def post(self, path, **fields):
        return await self._browser.post(path, data=fields or {"x": ""}, headers=self.headers)

    async def on(self, episode, act, **fields):
        return await self.post(f"/console/conversations/{episode}/{act}", **fields)


def citizen_waits(site, name="an", words=f"CCCD của tôi là {SECRET_NUMBER}", channel="web"):
    """The id of the episode of a citizen who said that and wants a person."""
    key = ConversationKey(f"{channel}-{name}", channel, "main", name)
    with writing(site.engine) as connection:
        ensure_conversation(connection, key, now())
        connection.execute(
            inbox.insert().values(
                channel=channel,
                account="main",
                message_id=f"{name}:1",
                conversation_id=key.id,
                sequence=1,
                kind="text",
                text=words,
                state="done",
                attempts=0,
                tried_seconds=0.0,
                next_attempt_at=now(),
                received_at=now(),
            )
        )
        connection.execute(conversations.update().where(conversations.c.id == key.id).values(last_sequence=1))
        assert isinstance(OPEN, Availability)
        return request(connection, key.id, Reason.REQUESTED, OPEN, now()).stored.id


def said(site, author):
    with reading(site.engine) as connection:
        return [row.text for row in connection.execute(outbox.select().where(outbox.c.author == author))]


def state(site, episode):
    with reading(site.engine) as connection:
        return episode_by_id(connection, episode).episode.state


async def test_of_many_who_claim_at_once_one_wins_and_the_others_hear_who(site):
    episode = citizen_waits(site)
    crowd = [Operator(site, f"can-bo-{n}", f"Cán Bộ {n}") for n in range(12)]
    answers = await asyncio.gather(*(each.on(episode, "claim") for each in crowd))
    winners = [each for each, answer in zip(crowd, answers, strict=True) if answer.status_code == 200]
    assert len(winners) == 1
    losers = {answer.json()["message"] for answer in answers if answer.status_code != 200}
    name = f"Cán Bộ {crowd.index(winners[0])}"
    assert losers == {f"Cuộc trò chuyện này đã được {name} nhận."}
    assert {answer.status_code for answer in answers} == {200, 409}
    assert len(said(site, "system")) == 1


async def test_the_citizen_hears_the_given_name_only(site):
    await Operator(site).on(citizen_waits(site), "claim")
    assert said(site, "system") == ["Cán bộ Lan đã vào cuộc trò chuyện và sẽ trả lời anh/chị."]


async def test_a_reply_sent_twice_is_said_once(site):
    lan, episode = Operator(site), citizen_waits(site)
    await lan.on(episode, "claim")
    for _ in range(2):
        assert (await lan.on(episode, "reply", text="Chào", request_id="12345678-a")).status_code == 200
    assert said(site, "operator") == ["Chào"]


@pytest.mark.parametrize(("text", "status"), [("", 422), ("   \n", 422), ("a" * 6_001, 422)])
async def test_empty_and_endless_replies_are_refused(site, text, status):
    lan, episode = Operator(site), citizen_waits(site)
    await lan.on(episode, "claim")
    assert (await lan.on(episode, "reply", text=text)).status_code == status
    assert said(site, "operator") == []


async def test_nobody_but_its_owner_writes_hands_over_or_closes(site):
    lan, minh, episode = Operator(site), Operator(site, "minh", "Lê Văn Minh"), citizen_waits(site)
    assert (await minh.on(episode, "reply", text="a")).status_code == 409
    await lan.on(episode, "claim")
    outcomes = [
        await minh.on(episode, "reply", text="a"),
        await minh.on(episode, "forward", to=minh.id, note="a"),
        await minh.on(episode, "forward/accept"),
        await minh.on(episode, "forward/decline"),
        await minh.on(episode, "forward/withdraw"),
        await minh.on(episode, "give-back"),
        await minh.on(episode, "requeue"),
        await minh.on(episode, "close", reason="answered"),
    ]
    assert {outcome.status_code for outcome in outcomes} == {409}
    assert state(site, episode) is State.CLAIMED
    assert said(site, "operator") == []


async def test_nobody_reads_what_another_has(site):
    lan, minh, episode = Operator(site), Operator(site, "minh", "Lê Văn Minh"), citizen_waits(site)
    assert (await minh.get(f"/console/conversations/{episode}")).status_code == 200
    await lan.on(episode, "claim")
    for path in ("", "/news", "/colleagues"):
        assert (await minh.get(f"/console/conversations/{episode}{path}")).status_code == 409, path
    assert (await minh.get(f"/console/events?episode={episode}")).status_code == 409
    for act, fields in (("note", {"text": "a"}), ("reveal", {"sequence": 1}), ("suggestions", {"question": "a"})):
        assert (await minh.on(episode, act, **fields)).status_code == 409
    assert "CCCD của tôi" not in (await minh.get("/console/worklist")).text


async def test_who_had_it_may_read_it_later(site):
    lan, episode = Operator(site), citizen_waits(site)
    await lan.on(episode, "claim")
    await lan.on(episode, "close", reason="answered")
    assert (await lan.get(f"/console/conversations/{episode}")).status_code == 200
    assert "Vừa xong" in (await lan.get("/console/worklist")).text


async def test_a_forward_needs_a_colleague_who_is_there_and_a_note(site):
    lan, minh, episode = Operator(site), Operator(site, "minh", "Lê Văn Minh"), citizen_waits(site)
    await lan.on(episode, "claim")
    away = add_colleague(site.engine, "vang", "Vắng Mặt")
    codes = [
        (await lan.on(episode, "forward", to=minh.id, note=" ")).status_code,
        (await lan.on(episode, "forward", note="a")).status_code,
        (await lan.on(episode, "forward", to=away, note="a")).status_code,
        (await lan.on(episode, "forward", to=lan.id, note="a")).status_code,
    ]
    assert codes == [422] * 4
    assert (await lan.on(episode, "forward", to=minh.id, note="nhờ anh")).status_code == 200
    assert (await minh.on(episode, "forward/accept")).status_code == 200
    assert "chuyển cho Cán bộ Minh" in said(site, "system")[-1]


async def test_what_is_put_back_waits_at_the_front(site):
    lan, episode = Operator(site), citizen_waits(site)
    citizen_waits(site, "ba")
    await lan.on(episode, "claim")
    await lan.on(episode, "requeue")
    assert (await lan.post("/console/claim-next")).json()["go"] == f"/console/conversations/{episode}"


async def test_nobody_waiting_is_said(site):
    assert (await Operator(site).post("/console/claim-next")).json()["message"] == "Hiện không có ai đang chờ."


async def test_identifiers_are_masked_everywhere_until_asked_for(site):
    lan, episode = Operator(site), citizen_waits(site)
    pages = [
        await lan.get("/console/desk"),
        await lan.get("/console/worklist"),
        await lan.get(f"/console/conversations/{episode}"),
        await lan.get(f"/console/conversations/{episode}/news"),
    ]
    assert all(SECRET_NUMBER not in page.text and "•••890" in page.text for page in pages)
    assert (await lan.on(episode, "reveal", sequence=1)).json() == {"text": f"CCCD của tôi là {SECRET_NUMBER}"}
    assert (await lan.on(episode, "reveal", sequence=77)).status_code == 404
    with reading(site.engine) as connection:
        noted = entries(connection, AuditFilter(action=AuditAction.IDENTIFIERS_REVEALED), 5)
        read = entries(connection, AuditFilter(action=AuditAction.CONVERSATION_READ), 5)
    assert [(entry.actor, dict(entry.detail)["sequence"]) for entry in noted] == [(f"operator:{lan.id}", 1)]
    assert len(read) == 1


async def test_look_alike_digits_are_masked_too(site):
    episode = citizen_waits(site, words="CCCD ００１２３４５６７８９０")
    page = (await Operator(site).get(f"/console/conversations/{episode}")).text
    assert "００１２３４５６７８９０" not in page
    assert SECRET_NUMBER not in page


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
async def test_words_of_citizens_and_names_are_never_markup(site, words):
    lan, minh = Operator(site, "lan", words), Operator(site, "minh", words)
    episode = citizen_waits(site, words=words)
    await lan.on(episode, "claim")
    await lan.on(episode, "note", text=words)
    await lan.on(episode, "reply", text=words)
    await lan.on(episode, "forward", to=minh.id, note=words)
    for who in (lan, minh):
        for path in ("/console/desk", f"/console/conversations/{episode}", f"/console/conversations/{episode}/news"):
            text = (await who.get(path)).text
            assert "<script>alert" not in text
            assert "<img" not in text
            assert "49" not in re.findall(r'entry-text">([^<]*)<', text)


async def test_a_supervisors_canned_response_is_used_and_removed(site):
    from desk.accounts.role import Role

    chief = add_colleague(site.engine, "truong", "Phạm Thị Trưởng", (Role.SUPERVISOR,))
    token, session = site.token(chief)
    async with site.browser(token) as browser:
        headers = HEADERS | {"X-CSRF-Token": session.csrf_token}
        fields = {"code": "/Le", "title": "Lễ", "text": "Nghỉ lễ, xin chào {ten}"}
        assert (await browser.post("/console/canned", data=fields, headers=headers)).status_code == 200
        listed = (await browser.get("/console/canned/list", headers={"X-Console": "1"})).json()
        assert {"code": "le", "title": "Lễ", "text": "Nghỉ lễ, xin chào Trưởng"} in listed
        for wrong in ({"code": "có dấu"}, {"title": ""}, {"text": "a" * 2_000}):
            assert (await browser.post("/console/canned", data=fields | wrong, headers=headers)).status_code == 422
        for code, status in (("le", 200), ("chao", 200), ("khong-co", 404)):
            answer = await browser.post("/console/canned/remove", data={"code": code}, headers=headers)
            assert answer.status_code == status
        left = {each["code"] for each in (await browser.get("/console/canned/list", headers=headers)).json()}
    assert not left & {"le", "chao"}
    assert "cam-on" in left


async def test_presence_signs_do_not_keep_an_idle_session(site):
    lan = Operator(site)
    assert (await lan.post("/console/presence/sign", active="0")).json() == {"presence": "online"}
    assert (await lan.post("/console/presence", presence="busy")).status_code == 200
    assert (await lan.post("/console/presence/sign", active="1")).json() == {"presence": "busy"}
    assert (await lan.post("/console/presence", presence="offline")).status_code == 400
