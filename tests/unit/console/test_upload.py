"""The form that brings a file: what browsers send is read, everything else is refused."""

import contextlib

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st

from console.security.form import FORM_BYTES, Upload
from console.security.refusal import Refusal, RefusedError
from console.security.upload import MOST_PARTS, plain_name, read_upload

KIND = "multipart/form-data; boundary=giay"
LIMIT = 1_000


def request(body, kind=KIND, piece=7):
    chunks = [body[start : start + piece] for start in range(0, len(body), piece)] or [b""]

    async def receive():
        more = len(chunks) > 1
        return {"type": "http.request", "body": chunks.pop(0), "more_body": more}

    return Request({"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}, receive)


def part(name, data, file=None):
    shown = f'; filename="{file}"' if file is not None else ""
    return f'--giay\r\nContent-Disposition: form-data; name="{name}"{shown}\r\n\r\n'.encode() + data + b"\r\n"


def form(*parts):
    return b"".join(parts) + b"--giay--\r\n"


async def refused(body, kind=KIND, piece=7):
    with pytest.raises(RefusedError) as error:
        await read_upload(request(body, kind, piece), LIMIT)
    return error.value.refusal


async def test_fields_and_the_file_are_read_in_any_pieces():
    body = form(
        part("csrf", b"x"), part("kind", "văn bản".encode()), part("file", b"\x00\r\n--gia\xff", "C:\\a\\tệp.docx")
    )
    for piece in (1, 3, 1_000):
        found = await read_upload(request(body, piece=piece), LIMIT)
        assert dict(found.fields) == {"csrf": "x", "kind": "văn bản"}
        assert found.file == Upload("tệp.docx", b"\x00\r\n--gia\xff")


async def test_a_form_of_the_usual_kind_has_no_file():
    found = await read_upload(request(b"a=1", "application/x-www-form-urlencoded"), LIMIT)
    assert (found.text("a"), found.file) == ("1", None)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", Refusal.BAD_FORM),
        (b"--giay\r\n", Refusal.BAD_FORM),
        (b"--other--\r\n", Refusal.BAD_FORM),
        (part("file", b"abc", "a"), Refusal.BAD_FORM),
        (form(part("file", b"a", "a"), part("file", b"b", "b")), Refusal.BAD_FORM),
        (form(part("a", b"\xff\xfe")), Refusal.BAD_FORM),
        (form(*[part(f"f{number}", b"") for number in range(MOST_PARTS + 1)]), Refusal.BAD_FORM),
        (form(part("file", b"x" * (LIMIT + 1), "a")), Refusal.FILE_TOO_LARGE),
        (form(part("a", b"x" * (FORM_BYTES + 1))), Refusal.TOO_LARGE),
        (form(part("file", b"x" * (LIMIT + FORM_BYTES) * 2, "a")), Refusal.FILE_TOO_LARGE),
        (b"--giay\r\nContent-Disposition: " + b"x" * 9_000 + b"\r\n\r\n\r\n--giay--\r\n", Refusal.BAD_FORM),
    ],
)
async def test_what_is_no_such_form_is_refused(body, expected):
    assert await refused(body, piece=4_096) is expected


@pytest.mark.parametrize("body", [form(part("file", b"x" * LIMIT * 20, "a")), b"--other--\r\n" + b"x" * LIMIT * 20])
async def test_what_is_refused_is_read_to_its_end_so_that_the_browser_hears_why(body):
    left = [body[start : start + 500] for start in range(0, len(body), 500)]

    async def receive():
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    headers = [(b"content-type", KIND.encode())]
    with pytest.raises(RefusedError):
        await read_upload(Request({"type": "http", "method": "POST", "headers": headers}, receive), LIMIT)
    assert left == []


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=" + "x" * 300, "text/plain", ""]
)
async def test_another_kind_is_refused(kind):
    assert await refused(form(part("a", b"1")), kind) is Refusal.BAD_FORM


@given(st.binary(max_size=300))
async def test_no_bytes_do_more_than_be_refused(body):
    with contextlib.suppress(RefusedError):
        await read_upload(request(body, piece=16), LIMIT)


@given(st.text(max_size=300))
def test_a_name_has_no_folders_and_nothing_unseen(name):
    found = plain_name(name)
    assert "/" not in found
    assert found.isprintable()
    assert len(found) <= 200
