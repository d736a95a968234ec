"""Reads the form of the one kind of door that takes a file. The file stays in memory; nothing is written anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from fastapi import Request
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from console.security.form import FORM_BYTES, Form, Upload, read_form
from console.security.refusal import Refusal, RefusedError

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MEDIA_TYPE = "multipart/form-data"
NAME_CHARACTERS = 200
MOST_PARTS = 200
HEADER_BYTES = 4_096
BOUNDARY_BYTES = 200
DRAINED = 10
"""Times the limit that is still read, and thrown away, so that the browser hears why it was refused."""
MEGABYTE = 1_000_000


async def read_upload(request: Request, largest: int) -> Form:
    """`largest` in bytes, of the file alone; a form without a file may come as any other form does.

    Raises RefusedError: too large, more than one file, no form.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != MEDIA_TYPE.encode():
        return await read_form(request)
    boundary = options.get(b"boundary", b"")
    if not 0 < len(boundary) <= BOUNDARY_BYTES:
        raise RefusedError(Refusal.BAD_FORM)
    parts = _Parts(largest)
    parser = MultipartParser(boundary, parts.callbacks())
    taken, most = 0, largest + FORM_BYTES
    refused: RefusedError | None = None
    async for chunk in request.stream():
        taken += len(chunk)
        if taken > most * DRAINED:
            break
        if refused is None:
            refused = _too_large(largest) if taken > most else _written(parser, chunk)
    if refused is not None:
        raise refused
    try:
        parser.finalize()
    except FormParserError as error:
        raise RefusedError(Refusal.BAD_FORM) from error
    return parts.form()


def _written(parser: MultipartParser, chunk: bytes) -> RefusedError | None:
    """Why it is refused; None while it is not."""
    try:
        parser.write(chunk)
    except FormParserError:
        return RefusedError(Refusal.BAD_FORM)
    except RefusedError as refused:
        return refused
    return None


def _too_large(largest: int) -> RefusedError:
    return RefusedError(Refusal.FILE_TOO_LARGE, {"limit": largest // MEGABYTE})


@dataclass
class _Parts:
    """Collects what the parser calls out."""

    largest: int
    fields: dict[str, str] = field(default_factory=dict)
    upload: Upload | None = None
    is_ended: bool = False
    _header: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _name: str = ""
    _file_name: str | None = None
    _data: bytearray = field(default_factory=bytearray)

    def callbacks(self) -> MultipartCallbacks:
        """By the names of python-multipart."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._take_header,
            "on_header_value": self._take_value,
            "on_header_end": self._end_header,
            "on_part_data": self._take_data,
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def form(self) -> Form:
        """Raises RefusedError for a form that breaks off."""
        if not self.is_ended:
            raise RefusedError(Refusal.BAD_FORM)
        return Form(MappingProxyType(dict(self.fields)), self.upload)

    def _begin(self) -> None:
        if len(self.fields) >= MOST_PARTS:
            raise RefusedError(Refusal.BAD_FORM)
        self._name, self._file_name = "", None
        self._data = bytearray()

    def _take_header(self, data: bytes, start: int, end: int) -> None:
        self._grow(self._header, data[start:end])

    def _take_value(self, data: bytes, start: int, end: int) -> None:
        self._grow(self._value, data[start:end])

    def _grow(self, header: bytearray, piece: bytes) -> None:
        header += piece
        if len(header) > HEADER_BYTES:
            raise RefusedError(Refusal.BAD_FORM)

    def _end_header(self) -> None:
        if bytes(self._header).lower() == b"content-disposition":
            _, options = parse_options_header(bytes(self._value))
            self._name = _text(options.get(b"name", b""))
            if b"filename" in options:
                self._file_name = _text(options[b"filename"])
        self._header, self._value = bytearray(), bytearray()

    def _take_data(self, data: bytes, start: int, end: int) -> None:
        self._data += data[start:end]
        limit = FORM_BYTES if self._file_name is None else self.largest
        if len(self._data) > limit:
            raise RefusedError(Refusal.TOO_LARGE) if self._file_name is None else _too_large(self.largest)

    def _end(self) -> None:
        if self._file_name is None:
            self.fields[self._name] = _text(bytes(self._data))
        elif self.upload is not None:
            raise RefusedError(Refusal.BAD_FORM)
        else:
            self.upload = Upload(plain_name(self._file_name), bytes(self._data))

    def _finish(self) -> None:
        self.is_ended = True


def plain_name(name: str) -> str:
    """Without folders and without letters that nobody sees; what stands before the last dot may be cut."""
    base = "".join(letter for letter in name.replace("\\", "/").rpartition("/")[2] if letter.isprintable()).strip()
    return base[-NAME_CHARACTERS:]


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8").replace("\x00", "")
    except UnicodeDecodeError as error:
        raise RefusedError(Refusal.BAD_FORM) from error
