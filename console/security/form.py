"""Forms as browsers send them, within limits: urlencoded ones. The door that takes a file reads upload.py's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl

from fastapi import Request

from console.security.refusal import Refusal, RefusedError

FORM_BYTES = 65_536
MOST_FIELDS = 4_000
"""A release may be chosen out of thousands of entries; the bytes are the limit that counts."""
MEDIA_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Upload:
    """`name` is what the browser calls the file, without folders; nothing may be concluded from it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Form:
    """The last value of each field, trimmed of nothing but zero bytes; `file` only behind a door that takes one."""

    fields: Mapping[str, str]
    file: Upload | None = None

    def text(self, name: str) -> str:
        """As typed, with the line ends of Unix; empty when the field is missing."""
        return self.fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n")

    def number(self, name: str) -> int | None:
        """None for what is no number."""
        value = self.text(name).strip()
        return int(value) if value.isascii() and value.isdecimal() and len(value) <= 18 else None

    def is_on(self, name: str) -> bool:
        """Of a check box, or a flag of a script."""
        return self.text(name) in {"1", "on", "true"}


EMPTY_FORM = Form(MappingProxyType({}))


async def read_form(request: Request) -> Form:
    """Raises RefusedError for a body that is too large, of another kind, or no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA_TYPE:
        raise RefusedError(Refusal.BAD_FORM)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES:
            raise RefusedError(Refusal.TOO_LARGE)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise RefusedError(Refusal.BAD_FORM) from error
    return Form(MappingProxyType({name: value.replace("\x00", "") for name, value in pairs}))
