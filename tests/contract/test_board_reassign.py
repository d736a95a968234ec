"""A supervisor gives conversations away: one owner, said once, noted, races told plainly; on both databases."""

import asyncio

import pytest

from desk.accounts.role import Role
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading, writing
from desk.handoff.log import episode_by_id, events_of, replayed
from desk.handoff.moves import close
from desk.handoff.state import CloseReason, EventKind, State
from desk.presence import Presence, choose_presence
from tests.contract.test_board import at_desk
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.console_operator import citizen_waits
from tests.fakes.gateway import now


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


@pytest.fixture
def hoa(site):
    return at_desk(site)


@pytest.fixture
def lan(site):
    return at_desk(site, "lan", "Trần Thị Lan", Role.OPERATOR)


@pytest.fixture
def minh(site):
    return at_desk(site, "minh", "Lê Văn Minh", Role.OPERATOR)


def episode_of(site, number):
    with reading(site.engine) as connection:
        return episode_by_id(connection, number).episode


def system_said(site):
    from connectors.outbox import SYSTEM, outbox

    with reading(site.engine) as connection:
        rows = connection.execute(outbox.select().where(outbox.c.author == SYSTEM).order_by(outbox.c.sequence))
        return [row.text for row in rows]


async def test_from_the_queue_the_citizen_hears_who_comes(site, hoa, lan):
    number = citizen_waits(site.engine)
    page = await hoa.get(f"/console/conversations/{number}/reassign")
    assert "Trần Thị Lan" in page.text
    given = await hoa.on(number, "reassign", to=lan.id)
    assert given.json() == {"go": "/console/board?said=reassigned", "say": ""}
    episode = episode_of(site, number)
    assert (episode.state, episode.operator_id) == (State.CLAIMED, lan.id)
    assert system_said(site) == ["Cán bộ Lan đã vào cuộc trò chuyện và sẽ trả lời anh/chị."]
    with reading(site.engine) as connection:
        assert replayed(connection, number) == episode
        noted = entries(connection, AuditFilter(action=AuditAction.CONVERSATION_REASSIGNED), 5)
    assert [entry.detail for entry in noted] == [{"episode": number, "from": None, "to": lan.id}]


async def test_the_one_who_had_it_can_answer_no_more(site, hoa, lan, minh):
    number = citizen_waits(site.engine)
    await lan.on(number, "claim")
    assert (await hoa.on(number, "reassign", to=minh.id)).status_code == 200
    late = await lan.on(number, "reply", text="Chào anh/chị")
    assert (late.status_code, "Lê Văn Minh" in late.json()["message"]) == (409, True)
    assert (await minh.on(number, "reply", text="Chào anh/chị")).status_code == 200


async def test_what_is_being_forwarded_is_reassigned_too(site, hoa, lan, minh):
    number = citizen_waits(site.engine)
    await lan.on(number, "claim")
    await lan.on(number, "forward", to=minh.id, note="Nhờ anh")
    await hoa.on(number, "reassign", to=hoa.id)
    episode = episode_of(site, number)
    assert (episode.operator_id, episode.forward_to, episode.state) == (hoa.id, None, State.CLAIMED)
    assert (await minh.on(number, "forward/accept")).status_code == 409


@pytest.mark.parametrize("to", ["", "abc", "0", "-5", "999999", "9" * 40])
async def test_nobody_gets_it_by_a_wrong_number(site, hoa, to):
    number = citizen_waits(site.engine)
    refused = await hoa.on(number, "reassign", to=to)
    assert (refused.status_code, episode_of(site, number).state) == (422, State.QUEUED)


async def test_who_is_not_there_or_takes_none_gets_none(site, hoa, lan):
    number = citizen_waits(site.engine)
    with writing(site.engine) as connection:
        choose_presence(connection, lan.id, Presence.AWAY, now())
    editor = add_colleague(site.engine, "bien", "Biên Tập", (Role.EDITOR,))
    away, wrong = [await hoa.on(number, "reassign", to=to) for to in (lan.id, editor)]
    assert ("không trực" in away.json()["message"], away.status_code, wrong.status_code) == (True, 422, 422)
    assert episode_of(site, number).state is State.QUEUED


async def test_who_has_it_already_is_named(site, hoa, lan):
    number = citizen_waits(site.engine)
    await lan.on(number, "claim")
    refused = await hoa.on(number, "reassign", to=lan.id)
    assert (refused.status_code, "Trần Thị Lan" in refused.json()["message"]) == (409, True)


async def test_a_click_that_meant_the_queue_takes_it_from_nobody(site, hoa, lan, minh):
    number = citizen_waits(site.engine)
    seen = episode_of(site, number).version
    await lan.on(number, "claim")
    refused = await hoa.on(number, "reassign", to=minh.id, version=seen)
    assert (refused.status_code, "vừa thay đổi" in refused.json()["message"]) == (409, True)
    assert episode_of(site, number).operator_id == lan.id


async def test_what_is_over_stays_over(site, hoa, lan):
    number = citizen_waits(site.engine)
    with writing(site.engine) as connection:
        close(connection, episode_by_id(connection, number), "system", CloseReason.IDLE, now())
    refused = await hoa.on(number, "reassign", to=lan.id)
    assert (refused.status_code, "đã kết thúc" in refused.json()["message"]) == (409, True)
    assert (await hoa.get(f"/console/conversations/{number}/reassign")).status_code == 409


async def test_of_many_at_once_one_wins_and_the_citizen_hears_one_name(site, hoa, lan, minh):
    number = citizen_waits(site.engine)
    seen = episode_of(site, number).version
    answers = await asyncio.gather(
        lan.on(number, "claim"),
        minh.on(number, "claim"),
        *(hoa.on(number, "reassign", to=to, version=seen) for to in (lan.id, minh.id, hoa.id)),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    assert len(system_said(site)) == 1
    with reading(site.engine) as connection:
        taken = [event for event in events_of(connection, number) if event.kind is not EventKind.QUEUED]
    assert len(taken) == 1


async def test_an_operator_may_not(site, lan):
    number = citizen_waits(site.engine)
    assert (await lan.on(number, "reassign", to=lan.id)).status_code == 403
