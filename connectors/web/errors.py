"""Everything the web chat refuses, with the sentence for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path

from fastapi.responses import JSONResponse

from settings.yaml_text import load_yaml

TEXTS = Path(__file__).with_name("texts.yml")


class Refusal(StrEnum):
    """The `code` of the body; each has its sentence in texts.yml."""

    INVALID_TOKEN = "invalid_token"
    EXPIRED_TOKEN = "expired_token"
    TOO_MANY_REQUESTS = "too_many_requests"
    TOO_MANY_STREAMS = "too_many_streams"
    BODY_TOO_LARGE = "body_too_large"
    NOT_JSON = "not_json"
    BAD_JSON = "bad_json"
    BAD_MESSAGE_ID = "bad_message_id"
    BAD_POSITION = "bad_position"
    MESSAGE_MISSING = "message_missing"
    MESSAGE_EMPTY = "message_empty"
    MESSAGE_TOO_LONG = "message_too_long"
    CHOICE_UNKNOWN = "choice_unknown"
    FEEDBACK_INVALID = "feedback_invalid"
    FEEDBACK_COMMENT_TOO_LONG = "feedback_comment_too_long"
    ANSWER_NOT_FOUND = "answer_not_found"
    REQUEST_ID_INVALID = "request_id_invalid"
    NAME_REQUIRED = "name_required"
    NAME_TOO_LONG = "name_too_long"
    CONTACT_REQUIRED = "contact_required"
    CONTACT_INVALID = "contact_invalid"
    QUESTION_REQUIRED = "question_required"
    QUESTION_TOO_LONG = "question_too_long"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


_STATUS: Mapping[Refusal, HTTPStatus] = {
    Refusal.INVALID_TOKEN: HTTPStatus.UNAUTHORIZED,
    Refusal.EXPIRED_TOKEN: HTTPStatus.UNAUTHORIZED,
    Refusal.TOO_MANY_REQUESTS: HTTPStatus.TOO_MANY_REQUESTS,
    Refusal.TOO_MANY_STREAMS: HTTPStatus.TOO_MANY_REQUESTS,
    Refusal.BODY_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Refusal.NOT_JSON: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Refusal.ANSWER_NOT_FOUND: HTTPStatus.NOT_FOUND,
    Refusal.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Refusal.METHOD_NOT_ALLOWED: HTTPStatus.METHOD_NOT_ALLOWED,
    Refusal.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Refusal.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}


@dataclass
class RefusedError(Exception):
    """Ends a request with a polite sentence; never quotes what was sent."""

    refusal: Refusal
    values: Mapping[str, int] = field(default_factory=dict)

    @property
    def status(self) -> HTTPStatus:
        """422 for everything that the sender can mend."""
        return _STATUS.get(self.refusal, HTTPStatus.UNPROCESSABLE_ENTITY)


class RefusalTexts:
    """The sentences of texts.yml."""

    def __init__(self, sentences: Mapping[Refusal, str]) -> None:
        self._sentences = dict(sentences)

    def response(self, refused: RefusedError) -> JSONResponse:
        """`{"error": {"code", "message"}}`, with Retry-After where waiting helps."""
        message = self._sentences[refused.refusal].format_map(refused.values)
        headers = {"Cache-Control": "no-store"}
        if "seconds" in refused.values:
            headers["Retry-After"] = str(refused.values["seconds"])
        body = {"error": {"code": refused.refusal.value, "message": message}}
        return JSONResponse(body, status_code=refused.status, headers=headers)


def load_texts(path: Path = TEXTS) -> RefusalTexts:
    """Raises KeyError naming a refusal that has no sentence."""
    sentences = load_yaml(path.read_text(encoding="utf-8"))["errors"]
    return RefusalTexts({refusal: sentences[refusal.value] for refusal in Refusal})
