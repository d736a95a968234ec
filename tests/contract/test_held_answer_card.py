"""A held answer with an operator: sent as it is, mended, or dropped; once, and by whoever has the conversation."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from connectors.held_answer import held_answers, keep_back
from connectors.message import AnswerSource, Citation, DialogueState, Reply
from connectors.transcript import entries_after
from desk.answer_log import EDITED, answer_log
from desk.audit import AuditAction, audit_entries
from desk.conversation import conversations
from desk.database import reading, writing
from desk.notices.hold import NewHold, Scope, hold
from desk.recall import people_told_otherwise, received_versions
from tests.fakes.console import ConsoleSite
from tests.fakes.console_operator import ConsoleOperator, citizen_waits
from tests.fakes.gateway import now

pytestmark = pytest.mark.page
CITATION = Citation("41/2024/QH15", "Điều 58", "Điều 58 Luật thử", "", "", "/hoi-dap/sinh-con", "faq/sinh-con")
SOURCE = AnswerSource("faq/sinh-con", "faq/sinh-con", "", "3", "Thai sản", "snapshot-1", 0.9)
DIALOGUE = DialogueState("Sinh con được bao nhiêu?", "", 0)
REPLY = Reply("Hai lần <b>mức</b> tham chiếu.", "answered", (CITATION,), source=SOURCE, dialogue=DIALOGUE)
WHY = "Nghị định mới, đang rà soát"


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


def somebody(site, login="lan", name="Trần Thị Lan"):
    return ConsoleOperator(site.engine, lambda cookies: site.browser(cookies["bhxh_console"]), login, name)


def held_back(engine, channel="web", reply=REPLY):
    """The episode, and the number of the answer that waits beside it."""
    episode = citizen_waits(engine, channel=channel)
    with writing(engine) as connection:
        times = (now(), now() + timedelta(days=1))
        hold_id = hold(connection, NewHold(Scope.TOPIC, "Thai sản", WHY, *times), 1, now())
        return episode, keep_back(connection, f"{channel}-an", episode, hold_id, reply, now())


def said(engine, channel="web"):
    with reading(engine) as connection:
        found = entries_after(connection, f"{channel}-an", 0)
    return [each.reply.text for each in found if each.role == "operator"]


def stored(engine):
    with reading(engine) as connection:
        return connection.execute(select(held_answers)).one()


def logged(engine):
    with reading(engine) as connection:
        return connection.execute(select(answer_log)).all()


async def test_the_card_shows_it_as_it_would_have_been_sent_and_why_it_waits(site):
    episode, number = held_back(site.engine)
    lan = somebody(site)
    page = (await lan.get(f"/console/conversations/{episode}")).text
    card = page[page.index('id="card-held"') : page.index('id="card-why"')]
    assert ("Hai lần mức tham chiếu." in card or "&lt;b&gt;" in card, WHY in card) == (True, True)
    assert ("Nguồn: Điều 58 Luật thử" in card, "<b>mức" in card) == (True, False)
    assert f"/held/{number}/send" not in card
    await lan.on(episode, "claim")
    assert f"/held/{number}/send" in (await lan.get(f"/console/conversations/{episode}/news")).text


async def test_it_is_sent_once_as_the_operators_words_and_stands_in_the_answer_log(site):
    episode, number = held_back(site.engine)
    lan = somebody(site)
    await lan.on(episode, "claim")
    assert (await lan.on(episode, f"held/{number}/send")).status_code == 200
    again = await lan.on(episode, f"held/{number}/send")
    assert (again.status_code, "đã được quyết định" in again.json()["message"]) == (409, True)
    (text,) = said(site.engine)
    assert text.endswith("Nguồn: Điều 58 Luật thử")
    (row,) = logged(site.engine)
    assert (row.document, row.version, row.status, row.question) == (
        "faq/sinh-con",
        "3",
        "answered",
        "Sinh con được bao nhiêu?",
    )
    assert (stored(site.engine).state, stored(site.engine).sequence) == ("sent", row.sequence)
    with reading(site.engine) as connection:
        of_it = audit_entries.c.action == AuditAction.HELD_ANSWER_DECIDED
        assert connection.execute(select(audit_entries.c.detail).where(of_it)).scalar_one() == {
            "decision": "held_sent",
            "held": number,
        }


async def test_what_was_mended_is_sent_instead_and_does_not_count_as_the_entrys_words(site):
    episode, number = held_back(site.engine)
    lan = somebody(site)
    await lan.on(episode, "claim")
    await lan.on(episode, "reply", text="Ba lần mức tham chiếu.", request_id="abcdefgh1", held=str(number))
    assert (said(site.engine), stored(site.engine).state) == (["Ba lần mức tham chiếu."], "edited")
    (row,) = logged(site.engine)
    assert (row.document, row.version, row.status) == ("faq/sinh-con", "3", EDITED)
    with reading(site.engine) as connection:
        assert received_versions(connection, "faq/sinh-con") == ()
        assert people_told_otherwise(connection, "faq/sinh-con") == 1


async def test_a_reply_that_is_not_made_from_it_leaves_it_waiting(site):
    episode, _ = held_back(site.engine)
    lan = somebody(site)
    await lan.on(episode, "claim")
    await lan.on(episode, "reply", text="Anh/chị chờ tôi một chút.", request_id="abcdefgh2", held="999")
    assert (stored(site.engine).state, logged(site.engine)) == ("waiting", [])


async def test_dropped_it_is_sent_to_nobody(site):
    episode, number = held_back(site.engine)
    lan = somebody(site)
    await lan.on(episode, "claim")
    assert (await lan.on(episode, f"held/{number}/drop")).status_code == 200
    assert (said(site.engine), stored(site.engine).state, logged(site.engine)) == ([], "dropped", [])
    assert "card-held" not in (await lan.get(f"/console/conversations/{episode}")).text


async def test_only_who_has_the_conversation_decides(site):
    episode, number = held_back(site.engine)
    lan, minh = somebody(site), somebody(site, "minh", "Lê Văn Minh")
    assert (await minh.on(episode, f"held/{number}/send")).status_code == 409
    await lan.on(episode, "claim")
    assert (await minh.on(episode, f"held/{number}/drop")).status_code == 409
    assert (await lan.on(episode, "held/99/send")).status_code == 409
    assert (await lan.on(episode, "held/x/send")).status_code == 404
    assert (said(site.engine), stored(site.engine).state) == ([], "waiting")


async def test_who_cannot_be_reached_is_not_written_to(site):
    episode, number = held_back(site.engine)
    lan = somebody(site)
    await lan.on(episode, "claim")
    with writing(site.engine) as connection:
        connection.execute(update(conversations).values(unreachable="left"))
    assert (await lan.on(episode, f"held/{number}/send")).status_code == 409
    assert stored(site.engine).state == "waiting"


async def test_after_the_end_of_the_episode_it_is_offered_to_nobody(site):
    episode, number = held_back(site.engine)
    lan = somebody(site)
    await lan.on(episode, "claim")
    await lan.on(episode, "close", reason="answered")
    assert "card-held" not in (await lan.get(f"/console/conversations/{episode}")).text
    assert (await lan.on(episode, f"held/{number}/send")).status_code == 409
    assert said(site.engine) == []
