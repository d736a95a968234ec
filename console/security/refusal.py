"""Why the console does not do what was asked; the sentences are in texts.yml of the operators' room."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType

NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Refusal(StrEnum):
    """Names of sentences."""

    SIGN_IN_NEEDED = "sign_in_needed"
    NOT_READY = "not_ready"
    FORBIDDEN = "forbidden"
    FORM_EXPIRED = "form_expired"
    FOREIGN_FORM = "foreign_form"
    BAD_FORM = "bad_form"
    TOO_LARGE = "too_large"
    FILE_TOO_LARGE = "file_too_large"
    NOT_FOUND = "not_found"
    OVERTAKEN_CLAIMED = "overtaken_claimed"
    OVERTAKEN_QUEUED = "overtaken_queued"
    OVERTAKEN_BOT = "overtaken_bot"
    OVERTAKEN_CALLBACK = "overtaken_callback"
    OVERTAKEN_CLOSED = "overtaken_closed"
    NOBODY_WAITS = "nobody_waits"
    REPLY_EMPTY = "reply_empty"
    REPLY_TOO_LONG = "reply_too_long"
    LINK_NOT_ALLOWED = "link_not_allowed"
    NOTHING_TO_REPEAT = "nothing_to_repeat"
    CONFIRM_REPEAT = "confirm_repeat"
    CANNOT_REACH = "cannot_reach"
    HELD_DECIDED = "held_decided"
    NOTE_EMPTY = "note_empty"
    NOTE_TOO_LONG = "note_too_long"
    COLLEAGUE_UNKNOWN = "colleague_unknown"
    COLLEAGUE_AWAY = "colleague_away"
    REASON_MISSING = "reason_missing"
    CANNED_CODE_INVALID = "canned_code_invalid"
    CANNED_TEXT_INVALID = "canned_text_invalid"
    TICKET_OVERTAKEN = "ticket_overtaken"
    TICKET_STATE = "ticket_state"
    TICKET_TEXT_EMPTY = "ticket_text_empty"
    TICKET_TEXT_TOO_LONG = "ticket_text_too_long"
    TICKET_UNIT_MISSING = "ticket_unit_missing"
    TICKET_ASSIGNEE_UNKNOWN = "ticket_assignee_unknown"
    TICKET_NOT_YOURS = "ticket_not_yours"
    TICKET_TOLD_MISSING = "ticket_told_missing"
    TICKET_UNREACHABLE = "ticket_unreachable"
    TICKET_OUTCOME_MISSING = "ticket_outcome_missing"
    TICKET_UNANSWERED = "ticket_unanswered"
    TICKET_ATTEMPTS = "ticket_attempts"
    TICKET_KIND_MISSING = "ticket_kind_missing"
    TICKET_CONTACT_MISSING = "ticket_contact_missing"
    TICKET_DAY_INVALID = "ticket_day_invalid"
    TICKET_FAULT = "ticket_fault"
    FIELD_MISSING = "field_missing"
    FIELD_TOO_LONG = "field_too_long"
    DAY_INVALID = "day_invalid"
    STRETCH_INVALID = "stretch_invalid"
    HOURS_INVALID = "hours_invalid"
    HOURS_MISSING = "hours_missing"
    HOURS_OVERTAKEN = "hours_overtaken"
    TEAM_UNKNOWN = "team_unknown"
    DUTY_HOURS_INVALID = "duty_hours_invalid"
    DUTY_TWICE = "duty_twice"
    DUTY_GONE = "duty_gone"
    TELEPHONE_INVALID = "telephone_invalid"
    COPY_NOTHING = "copy_nothing"
    FILTER_INVALID = "filter_invalid"
    EXPORT_STRETCH = "export_stretch"
    MOVED_MEANWHILE = "moved_meanwhile"
    HAS_IT_ALREADY = "has_it_already"
    ASSISTANT_IS_OFF = "assistant_is_off"
    SWITCH_REASON_MISSING = "switch_reason_missing"
    SWITCH_REASON_TOO_LONG = "switch_reason_too_long"
    SWITCHED_ALREADY = "switched_already"
    CONFIRMATION_MISSING = "confirmation_missing"
    ALERT_GONE = "alert_gone"
    LETTER_GONE = "letter_gone"
    CITIZEN_WORDS = "citizen_words"
    CITIZEN_REASON = "citizen_reason"
    CITIZEN_UNCONFIRMED = "citizen_unconfirmed"
    CITIZEN_GONE = "citizen_gone"
    KNOWLEDGE_DAY = "knowledge_day"
    KNOWLEDGE_STALE = "knowledge_stale"
    KNOWLEDGE_STATE = "knowledge_state"
    KNOWLEDGE_OWN_DRAFT = "knowledge_own_draft"
    KNOWLEDGE_INVALID = "knowledge_invalid"
    KNOWLEDGE_UNFIT = "knowledge_unfit"
    KNOWLEDGE_REASON = "knowledge_reason"
    KNOWLEDGE_OUTDATED = "knowledge_outdated"
    KNOWLEDGE_NOT_APPROVED = "knowledge_not_approved"
    KNOWLEDGE_REGRESSIONS = "knowledge_regressions"
    KNOWLEDGE_LAST_DAY = "knowledge_last_day"
    KNOWLEDGE_NO_INDEX = "knowledge_no_index"
    KNOWLEDGE_NOTHING_CHOSEN = "knowledge_nothing_chosen"
    KNOWLEDGE_KEY = "knowledge_key"
    KNOWLEDGE_KEY_TAKEN = "knowledge_key_taken"
    KNOWLEDGE_QUESTION = "knowledge_question"
    KNOWLEDGE_TOPIC = "knowledge_topic"
    KNOWLEDGE_AMOUNT = "knowledge_amount"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


STATUS: Mapping[Refusal, HTTPStatus] = {
    Refusal.SIGN_IN_NEEDED: HTTPStatus.UNAUTHORIZED,
    Refusal.NOT_READY: HTTPStatus.FORBIDDEN,
    Refusal.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Refusal.FORM_EXPIRED: HTTPStatus.FORBIDDEN,
    Refusal.FOREIGN_FORM: HTTPStatus.FORBIDDEN,
    Refusal.BAD_FORM: HTTPStatus.BAD_REQUEST,
    Refusal.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Refusal.FILE_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Refusal.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Refusal.CITIZEN_GONE: HTTPStatus.NOT_FOUND,
    Refusal.OVERTAKEN_CLAIMED: HTTPStatus.CONFLICT,
    Refusal.OVERTAKEN_QUEUED: HTTPStatus.CONFLICT,
    Refusal.OVERTAKEN_BOT: HTTPStatus.CONFLICT,
    Refusal.OVERTAKEN_CALLBACK: HTTPStatus.CONFLICT,
    Refusal.OVERTAKEN_CLOSED: HTTPStatus.CONFLICT,
    Refusal.NOBODY_WAITS: HTTPStatus.CONFLICT,
    Refusal.MOVED_MEANWHILE: HTTPStatus.CONFLICT,
    Refusal.HAS_IT_ALREADY: HTTPStatus.CONFLICT,
    Refusal.ASSISTANT_IS_OFF: HTTPStatus.CONFLICT,
    Refusal.SWITCHED_ALREADY: HTTPStatus.CONFLICT,
    Refusal.ALERT_GONE: HTTPStatus.CONFLICT,
    Refusal.LETTER_GONE: HTTPStatus.CONFLICT,
    Refusal.NOTHING_TO_REPEAT: HTTPStatus.CONFLICT,
    Refusal.CONFIRM_REPEAT: HTTPStatus.CONFLICT,
    Refusal.CANNOT_REACH: HTTPStatus.CONFLICT,
    Refusal.HELD_DECIDED: HTTPStatus.CONFLICT,
    Refusal.TICKET_OVERTAKEN: HTTPStatus.CONFLICT,
    Refusal.TICKET_STATE: HTTPStatus.CONFLICT,
    Refusal.TICKET_NOT_YOURS: HTTPStatus.CONFLICT,
    Refusal.HOURS_OVERTAKEN: HTTPStatus.CONFLICT,
    Refusal.DUTY_TWICE: HTTPStatus.CONFLICT,
    Refusal.DUTY_GONE: HTTPStatus.CONFLICT,
    Refusal.KNOWLEDGE_STALE: HTTPStatus.CONFLICT,
    Refusal.KNOWLEDGE_STATE: HTTPStatus.CONFLICT,
    Refusal.KNOWLEDGE_OWN_DRAFT: HTTPStatus.CONFLICT,
    Refusal.KNOWLEDGE_OUTDATED: HTTPStatus.CONFLICT,
    Refusal.KNOWLEDGE_NOT_APPROVED: HTTPStatus.CONFLICT,
    Refusal.KNOWLEDGE_LAST_DAY: HTTPStatus.CONFLICT,
    Refusal.KNOWLEDGE_NO_INDEX: HTTPStatus.CONFLICT,
    Refusal.KNOWLEDGE_KEY_TAKEN: HTTPStatus.CONFLICT,
    Refusal.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Refusal.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""Those that are not here are mistakes in a form: 422."""


class RefusedError(Exception):
    """Becomes an answer in console/security/gate.py. `values` fill the sentence."""

    def __init__(self, refusal: Refusal, values: Mapping[str, object] = NO_VALUES) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.values = values

    @property
    def status(self) -> int:
        """Of HTTP."""
        return STATUS.get(self.refusal, HTTPStatus.UNPROCESSABLE_ENTITY)
