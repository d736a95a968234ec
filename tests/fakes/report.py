"""A month of the desk in a database, made with the product's own functions, at moments that the test chooses."""

from datetime import date, datetime, timedelta
from pathlib import Path

from app.report_topics import LibraryTopics
from connectors.claim import Ending, Lease, claim_due, finish
from connectors.inbox import accept
from connectors.message import Citation, InboundMessage, Reply
from connectors.month_traffic import StoredTraffic
from connectors.outbox import OPERATOR
from connectors.spoken import Spoken, speak
from console.report.ground import build_report_ground
from desk.calendar.zone import VIETNAM
from desk.conversation import ConversationKey
from desk.database import reading, writing
from desk.feedback import Feedback, Thumb, record_feedback
from desk.handoff import moves
from desk.handoff.log import open_episode
from desk.handoff.state import CloseReason, Reason
from desk.report.month import ReportMonth
from desk.satisfaction import ask, rate
from desk.settings import read_settings
from desk.tickets import changes
from desk.tickets.changes import By
from desk.tickets.late_dossier import LateDossier
from desk.tickets.ticket import TicketKind, TicketRequest, file_ticket, ticket_by_code
from tests.fakes.office import OPEN
from tests.fakes.tickets import RULES

SETTINGS = Path(__file__).resolve().parents[2] / "settings.yml"
OCTOBER = ReportMonth(2026, 10)
LOW, NO_CONTENT = "unanswerable_low_score", "unanswerable_no_content"


def october(day, hour=9, minute=0):
    return datetime(2026, 10, day, hour, minute, tzinfo=VIETNAM)


def september(day, hour=9, minute=0):
    return datetime(2026, 9, day, hour, minute, tzinfo=VIETNAM)


def answered(passage):
    return Reply("Theo quy định…", "answered", citations=(Citation("VB", "1", "VB", "", "", "/hoi-dap/x", passage),))


class FakeFaq:
    topic = "BHXH một lần"


class FakeDirective:
    kind, number = "Công văn", "288/BHXH-VP"


class TwoDocuments:
    """One FAQ and one directive."""

    def faq(self, faq_id):
        return FakeFaq() if faq_id == "rut-mot-lan" else None

    def directive(self, slug):
        return FakeDirective() if slug == "288-BHXH-VP" else None


def ground():
    return build_report_ground(read_settings(SETTINGS), StoredTraffic(), LibraryTopics(TwoDocuments()))


def report_of(engine, month=OCTOBER, now=None):
    with reading(engine) as connection:
        return ground().read(connection, month, now or october(31, 23, 59) + timedelta(days=3))


class Month:
    """Puts things into the database, one after the other."""

    def __init__(self, engine):
        self.engine = engine
        self._number = 0

    def key(self, citizen, channel="web"):
        return ConversationKey(f"{channel}-{citizen}", channel, "main", citizen)

    def says(self, citizen, text, moment, *replies, channel="web"):
        """A message, answered a second later."""
        self._number += 1
        message = InboundMessage(self.key(citizen, channel), f"{citizen}:{self._number}", text, None, moment)
        with writing(self.engine) as connection:
            accept(connection, message)
            (claim,) = claim_due(connection, Lease("one", moment + timedelta(minutes=1)), moment, 1, (channel,))
            finish(connection, claim, Ending(replies), None, moment + timedelta(seconds=1))

    def thumb(self, citizen, sequence, value, moment):
        with writing(self.engine) as connection:
            record_feedback(connection, Feedback(f"web-{citizen}", sequence, Thumb(value), ""), moment)

    def wants_person(self, citizen, moment, reason=Reason.REQUESTED, channel="web", **office):
        self.says(citizen, "gặp nhân viên", moment, Reply("Vâng.", "handed_off_requested"), channel=channel)
        with writing(self.engine) as connection:
            open_now = OPEN if not office else type(OPEN)(**{**vars(OPEN), **office})
            moves.request(connection, self.key(citizen, channel).id, reason, open_now, moment)

    def moved(self, citizen, how, *arguments, channel="web"):
        """One of `desk.handoff.moves` that take the open episode."""
        with writing(self.engine) as connection:
            stored = open_episode(connection, self.key(citizen, channel).id)
            how(connection, stored, *arguments)

    def claimed(self, citizen, moment, channel="web"):
        self.moved(citizen, moves.claim, 1, "Cán bộ Lan", moment, channel=channel)

    def closed(self, citizen, moment, channel="web", actor="operator:1"):
        self.moved(citizen, moves.close, actor, CloseReason.ANSWERED, moment, channel=channel)

    def operator_says(self, citizen, moment, channel="web"):
        with writing(self.engine) as connection:
            speak(connection, Spoken(self.key(citizen, channel), OPERATOR, Reply("Chào anh/chị")), None, moment)

    def ticket(self, citizen, kind, moment, answered_at=None, slip_at=None):
        dossier = LateDossier("A12345", "BHXH quận Thử", date(2026, 9, 1)) if kind is TicketKind.LATE_DOSSIER else None
        request = TicketRequest(f"{kind}-{moment:%d%H%M}", "Người Thử", "0900000000", "hỏi", kind, dossier)
        with writing(self.engine) as connection:
            code = file_ticket(connection, self.key(citizen), request, moment, RULES)
            ticket = ticket_by_code(connection, code)
            if slip_at is not None:
                ticket = changes.reappoint(
                    connection, ticket, date(2026, 11, 3), "thiếu giấy", By("operator:1", slip_at)
                )
            if answered_at is not None:
                changes.answer(connection, ticket, "Đã có", By("operator:1", answered_at))

    def rates(self, citizen, about, moment, score=None):
        with writing(self.engine) as connection:
            occasion = f"{about}-{moment:%m%d%H%M}"
            ask(connection, f"web-{citizen}", occasion, about, moment)
            if score is not None:
                rate(connection, f"web-{citizen}", occasion, score, "", moment + timedelta(minutes=1))
