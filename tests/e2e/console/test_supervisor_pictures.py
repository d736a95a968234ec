"""The picture of the board in the documentation: an ordinary morning, with invented people."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from connectors.message import Reply
from connectors.outgoing import NotSent, SendFailure
from desk.accounts.role import Role
from desk.alert import Alert, raise_alert
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import writing
from desk.handoff.log import open_episode
from desk.handoff.moves import claim, request
from desk.handoff.state import Reason
from desk.presence import Presence, choose_presence
from desk.tickets.ticket import TicketKind, TicketRequest, file_ticket
from tests.e2e.chat.scenes import ask
from tests.fakes.console import add_colleague
from tests.fakes.gateway import now
from tests.fakes.office import OPEN
from tests.fakes.tickets import RULES

pytestmark = pytest.mark.browser
WAITING = (("binh", Reason.SCAM, 2), ("chi", Reason.LATE_DOSSIER, 7), ("dung", Reason.REQUESTED, 4))


def citizen_wants(engine, name, reason, minutes, channel="zalo_oa"):
    key = ConversationKey(f"{channel}-{name}", channel, "main", name)
    with writing(engine) as connection:
        ensure_conversation(connection, key, now())
        request(connection, key.id, reason, OPEN, now() - timedelta(minutes=minutes))
    return key


def an_ordinary_morning(gateway):
    engine = gateway.engine
    people = [add_colleague(engine, "hai", "Phạm Văn Hải"), add_colleague(engine, "thu", "Đỗ Minh Thu")]
    for operator, presence in zip(people, (Presence.BUSY, Presence.ONLINE), strict=True):
        with writing(engine) as connection:
            choose_presence(connection, operator, presence, now())
    for name, reason, minutes in WAITING:
        citizen_wants(engine, name, reason, minutes)
    for name, reason, minutes in (("em", Reason.OWN_CASE, 3), ("giang", Reason.COMPLAINT, 9), ("ha", Reason.ERROR, 1)):
        key = citizen_wants(engine, name, reason, minutes, "telegram")
        with writing(engine) as connection:
            claim(connection, open_episode(connection, key.id), people[name == "ha"], "Cán bộ", now())
    late = ConversationKey("web-khanh", "web", "web", "khanh")
    with writing(engine) as connection:
        told = TicketRequest("phieu-1", "", "", "Xin gọi lại", TicketKind.CALLBACK)
        file_ticket(connection, late, told, now() - timedelta(days=9), RULES)
        raise_alert(connection, Alert("zalo_oa", "main", "refresh_token_old", "", "82 ngày"), now())


def test_picture_of_the_board(gateway, open_page, operator, shoot):
    add_colleague(gateway.engine, "hoa", "Nguyễn Thị Hoa", (Role.SUPERVISOR,))
    citizen = open_page("/")
    for status in ("answered", "answered", "clarification", "answered", "unanswerable_low_score"):
        gateway.dialogue.will(Reply("Theo quy định…", status))
        ask(citizen, "Câu hỏi")
    gateway.channel.will("long", NotSent(SendFailure.PERMANENT, "-211"))
    gateway.hears("long", 1, "Mức đóng?")
    an_ordinary_morning(gateway)
    hoa = operator("hoa")
    hoa.goto(gateway.url + "/console/board")
    expect(hoa.get_by_text("quá mục tiêu").first).to_be_visible()
    expect(hoa.get_by_role("link", name="Phân công")).to_have_count(len(WAITING))
    shoot(hoa, "console-board")
