"""An office whose doors the test opens and closes."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from connectors.handing_off import Handoffs
from connectors.satisfaction import Satisfactions
from connectors.satisfaction_texts import load_satisfaction_texts
from connectors.transcript_text import load_transcript_texts
from connectors.transcripts import Transcripts
from desk.handoff.availability import Availability
from desk.handoff.sentences import Promise, load_handoff_texts
from desk.settings import SatisfactionSettings

OPEN = Availability(
    is_switched_on=True,
    is_holiday=False,
    is_open=True,
    operators_online=1,
    queue_length=0,
    longest_queue=20,
    median_wait_seconds=None,
    next_opening=None,
)
CODE = "BHXH-2345-6789"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class FakeOffice:
    """Open, one operator there, unless told otherwise with `is_now`."""

    def __init__(self):
        self.now = OPEN
        self.promised = []

    def is_now(self, **changes):
        self.now = replace(OPEN, **changes)

    def availability(self, connection, channel, now):
        return self.now

    def promise(self, connection, key, stored, question, now):
        self.promised.append(key.id)
        return Promise(CODE, key.channel != "web", self.now.next_opening)

    def case_status(self, connection, case_code, now):
        return f"status of {case_code}"


def handoffs_with(office):
    return Handoffs(office, load_handoff_texts(), ZONE, satisfactions(), timedelta(minutes=10))


def transcripts():
    """As shipped."""
    return Transcripts(load_transcript_texts(), ZONE)


def satisfactions(**quotas):
    """The real ones; `quotas` as of a channel that counts replies."""
    return Satisfactions(load_satisfaction_texts(), SatisfactionSettings(24.0, 2.0), quotas, ZONE)
