"""Many who want the same thing at once, over HTTP and through two gateways: one gets it, the others hear who has it."""

import asyncio
import contextlib

import httpx
import pytest
from sqlalchemy import select

from connectors.outbox import OPERATOR, SYSTEM, outbox
from connectors.transcript import entries_after
from desk.database import build_engine, reading, writing
from desk.handoff.log import events_of, open_episode, replayed
from desk.handoff.moves import return_to_assistant
from desk.handoff.state import EventKind, State
from tests.fakes.console import ConsoleGateway
from tests.fakes.console_operator import ConsoleOperator, citizen_waits, episode_now
from tests.fakes.gateway import now

CROWD = 50
ROUNDS = 6
PATIENCE_SECONDS = 60.0


class Office:
    """Two gateways on ports of their own over one database; operators sit at either in turn."""

    def __init__(self, engine, gateways):
        self.engine, self._gateways, self._operators = engine, gateways, []

    def seats(self, login, name):
        gateway = self._gateways[len(self._operators) % len(self._gateways)]

        def browser(cookies):
            return httpx.AsyncClient(base_url=gateway.url, cookies=cookies, timeout=PATIENCE_SECONDS, trust_env=False)

        self._operators.append(ConsoleOperator(self.engine, browser, login, name))
        return self._operators[-1]

    async def closes(self):
        for each in self._operators:
            await each.leaves()


@pytest.fixture
async def office(engine):
    second = build_engine(engine.url.render_as_string(hide_password=False))
    async with contextlib.AsyncExitStack() as stack:
        gateways = [await stack.enter_async_context(ConsoleGateway(each)) for each in (engine, second)]
        made = Office(engine, gateways)
        yield made
        await made.closes()
    second.dispose()


def kinds(engine, episode_id):
    with reading(engine) as connection:
        assert replayed(connection, episode_id) == episode_now(engine, episode_id)
        return [event.kind for event in events_of(connection, episode_id)]


def said_by(engine, author):
    with reading(engine) as connection:
        return connection.execute(select(outbox.c.text).where(outbox.c.author == author)).scalars().all()


def codes(answers):
    return sorted(answer.status_code for answer in answers)


async def test_of_fifty_who_claim_at_once_one_wins_and_the_others_hear_the_winners_name(office):
    episode = citizen_waits(office.engine)
    crowd = [office.seats(f"can-bo-{number}", f"Cán Bộ Số {number}") for number in range(CROWD)]
    answers = await asyncio.gather(*(each.on(episode, "claim") for each in crowd))
    assert codes(answers) == [200] + [409] * (CROWD - 1)
    winner = crowd[[answer.status_code for answer in answers].index(200)]
    heard = {answer.json()["message"] for answer in answers if answer.status_code == 409}
    assert heard == {f"Cuộc trò chuyện này đã được {winner.name} nhận."}
    assert episode_now(office.engine, episode).operator_id == winner.id
    assert kinds(office.engine, episode) == [EventKind.QUEUED, EventKind.CLAIMED]
    assert sum("đã vào cuộc trò chuyện" in text for text in said_by(office.engine, SYSTEM)) == 1


async def test_of_fifty_who_take_the_next_one_everybody_gets_another_or_hears_that_nobody_waits(office):
    waiting = [citizen_waits(office.engine, f"nguoi-{number}") for number in range(CROWD // 2)]
    crowd = [office.seats(f"can-bo-{number}", f"Cán Bộ Số {number}") for number in range(CROWD)]
    answers = await asyncio.gather(*(each.post("/console/claim-next") for each in crowd))
    assert codes(answers) == [200] * len(waiting) + [409] * (CROWD - len(waiting))
    went = [answer.json()["go"] for answer in answers if answer.status_code == 200]
    assert sorted(went) == sorted(f"/console/conversations/{episode}" for episode in waiting)


async def test_a_forward_is_either_accepted_or_withdrawn(office):
    lan, minh = office.seats("lan", "Trần Thị Lan"), office.seats("minh", "Lê Văn Minh")
    for number in range(ROUNDS):
        episode = citizen_waits(office.engine, f"nguoi-{number}")
        await lan.on(episode, "claim")
        await lan.on(episode, "forward", to=minh.id, note="nhờ anh")
        both = [minh.on(episode, "forward/accept"), lan.on(episode, "forward/withdraw")]
        accepted, withdrawn = await asyncio.gather(*both)
        assert codes([accepted, withdrawn]) == [200, 409]
        after = episode_now(office.engine, episode)
        assert (after.state, after.forward_to) == (State.CLAIMED, None)
        assert after.operator_id == (minh.id if accepted.status_code == 200 else lan.id)
        assert len(kinds(office.engine, episode)) == 4


async def test_no_word_of_an_operator_comes_after_the_close(office):
    lan = office.seats("lan", "Trần Thị Lan")
    for number in range(ROUNDS):
        episode = citizen_waits(office.engine, f"nguoi-{number}")
        await lan.on(episode, "claim")
        both = [lan.on(episode, "reply", text="Chào"), lan.on(episode, "close", reason="answered")]
        replied, closed = await asyncio.gather(*both)
        assert closed.status_code == 200
        with reading(office.engine) as connection:
            entries = entries_after(connection, f"web-nguoi-{number}", 0)
        roles = [entry.role for entry in entries if entry.role in {OPERATOR, SYSTEM}]
        end = next(entry.sequence for entry in entries if entry.reply.status == "desk_closed")
        assert all(entry.sequence < end for entry in entries if entry.role == OPERATOR)
        assert roles.count(OPERATOR) == (replied.status_code == 200)
        assert replied.status_code in {200, 409}


async def test_whoever_returns_to_the_assistant_is_not_claimed_as_well(office):
    lan = office.seats("lan", "Trần Thị Lan")
    for number in range(ROUNDS):
        episode = citizen_waits(office.engine, f"nguoi-{number}")

        def returns(number=number):
            with writing(office.engine) as connection:
                stored = open_episode(connection, f"web-nguoi-{number}")
                assert stored is not None
                return return_to_assistant(connection, stored.conversation_id, now())

        returned, claimed = await asyncio.gather(asyncio.to_thread(overtakes, returns), lan.on(episode, "claim"))
        assert (returned is None) == (claimed.status_code == 200)
        assert len(kinds(office.engine, episode)) == 2


def overtakes(act):
    """None when somebody else was quicker."""
    from desk.handoff.log import OvertakenError

    try:
        return act()
    except OvertakenError:
        return None
