import dataclasses

import pytest

from desk.calendar.opening import load_calendar_texts
from desk.tickets.deadline import TicketKind
from desk.tickets.late_dossier import DossierFault, LateDossier
from desk.tickets.look_up import CaseStatus
from desk.tickets.progress import Outcome, TicketEventKind, TicketState
from desk.tickets.texts import load_ticket_texts
from desk.tickets.wording import Wording, filed_in_words, reappointed_in_words, status_in_words
from tests.fakes.calendar import day, moment

NOW = moment("2026-11-20 10:00")
WORDING = Wording(load_ticket_texts(), load_calendar_texts(), NOW)
STATUS = CaseStatus(
    "BHXH-7K3M-42QX", TicketKind.MESSAGE, TicketState.NEW, NOW, moment("2026-11-23 17:00"), None, None, None, None
)


def status(**changes):
    return dataclasses.replace(STATUS, **changes)


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (WORDING.tickets.kinds, TicketKind),
        (WORDING.tickets.filed, TicketKind),
        (WORDING.tickets.states, TicketState),
        (WORDING.tickets.outcomes, Outcome),
        (WORDING.tickets.events, TicketEventKind),
        (WORDING.tickets.faults, DossierFault),
    ],
)
def test_every_word_of_the_desk_has_a_vietnamese_label(labels, words):
    assert set(dataclasses.asdict(labels)) == {word.value for word in words}


@pytest.mark.parametrize("kind", TicketKind)
def test_what_was_filed_is_told_with_code_and_deadline(kind):
    told = filed_in_words(status(kind=kind), WORDING)
    assert "BHXH-7K3M-42QX" in told
    assert "17:00 thứ Hai, 23/11/2026" in told
    assert "{" not in told


def test_a_complaint_names_the_place_where_it_counts():
    assert "https://pakn.dichvucong.gov.vn" in filed_in_words(status(kind=TicketKind.COMPLAINT), WORDING)


def test_a_late_dossier_starts_with_the_apology():
    dossier = LateDossier("G22-0001", "BHXH cơ sở", day("2026-11-15"))
    told = filed_in_words(status(kind=TicketKind.LATE_DOSSIER), WORDING, dossier)
    assert told.startswith("Theo thông tin anh/chị cung cấp, hồ sơ đã quá ngày hẹn trả kết quả (Chủ nhật, 15/11/2026).")
    assert "xin lỗi anh/chị" in told
    assert "Phiếu xin lỗi và hẹn lại ngày trả kết quả" in told


def test_who_asks_reads_state_and_deadline():
    assert status_in_words(STATUS, WORDING) == (
        "Mã BHXH-7K3M-42QX – Tin nhắn để lại, tiếp nhận lúc 10:00 hôm nay. Tình trạng: Mới tiếp nhận. "
        "Cán bộ sẽ trả lời chậm nhất 17:00 thứ Hai, 23/11/2026."
    )


def test_what_is_late_is_said_to_be_late():
    told = status_in_words(status(due_at=moment("2026-11-19 17:00")), WORDING)
    assert "đã quá hạn trả lời" in told
    assert "xin lỗi" in told


def test_an_answered_case_says_when():
    told = status_in_words(status(state=TicketState.ANSWERED, answered_at=moment("2026-11-20 09:30")), WORDING)
    assert told.endswith("Tình trạng: Đã trả lời. Cán bộ đã trả lời lúc 09:30 hôm nay.")


def test_a_closed_case_says_how_it_ended():
    closed = status(state=TicketState.CLOSED, closed_at=NOW, outcome=Outcome.SENT_ELSEWHERE)
    assert status_in_words(closed, WORDING).endswith("Kết thúc: Thuộc thẩm quyền cơ quan khác.")


def test_a_new_day_for_a_dossier_is_part_of_the_answer():
    told = status_in_words(status(kind=TicketKind.LATE_DOSSIER, reappointed_on=day("2026-12-01")), WORDING)
    assert "Kết quả hồ sơ được hẹn lại vào thứ Ba, 01/12/2026." in told


def test_a_case_before_the_desk_kept_deadlines_promises_none():
    assert status_in_words(status(due_at=None), WORDING).endswith("Mới tiếp nhận.")


def test_an_unknown_code_is_answered_politely_and_says_nothing_more():
    assert status_in_words(None, WORDING) == WORDING.tickets.unknown


def test_the_reason_of_a_new_day_ends_with_one_full_stop():
    told = reappointed_in_words(day("2026-12-01"), "Chờ xác minh. ", WORDING)
    assert told.endswith("vào thứ Ba, 01/12/2026. Lý do: Chờ xác minh.")
