import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.channel import Refused, WebhookRequest
from connectors.zalo_oa.settings import ZaloOaCredentials
from connectors.zalo_oa.signature import refusal
from tests.unit.connectors.zalo_oa.account import (
    APP,
    CREDENTIALS,
    OA,
    SECRET,
    event,
    fixture_bytes,
    mac_of,
    raw,
    signed,
)

BODY = raw(event("user_send_text"))
STATUS = 200


def refused(request, credentials=CREDENTIALS):
    return refusal(request, credentials, STATUS)


@pytest.mark.conformance("G1")
def test_a_call_signed_over_its_raw_body_is_believed():
    assert refused(signed(BODY)) is None


@pytest.mark.conformance("G2")
def test_a_wrong_mac_is_refused_with_the_configured_status():
    request = WebhookRequest({"x-zevent-signature": "mac=" + "0" * 64}, BODY)
    assert refusal(request, CREDENTIALS, 403) == Refused(403, "bad_signature")


@pytest.mark.conformance("G3")
@pytest.mark.parametrize("headers", [{}, {"x-zevent-signature": ""}, {"x-zevent-signature": "mac="}])
def test_a_call_without_signature_is_refused(headers):
    assert refused(WebhookRequest(headers, BODY)) == Refused(STATUS, "no_signature")


@pytest.mark.conformance("G4")
@pytest.mark.parametrize(
    "change", [str, str.upper, lambda value: value.removeprefix("mac="), lambda value: f" {value} "]
)
def test_every_way_of_writing_the_header_is_understood(change):
    value = signed(BODY).headers["x-zevent-signature"]
    assert refused(WebhookRequest({"x-zevent-signature": change(value)}, BODY)) is None


@pytest.mark.conformance("G5")
def test_the_raw_bytes_count_and_not_what_they_mean():
    document = event("user_send_text")
    escaped = json.dumps(document).encode()
    spaced = json.dumps(document, ensure_ascii=False, indent=3).encode()
    turned = raw(dict(reversed(document.items())))
    for body in (escaped, spaced, turned):
        assert refused(signed(body)) is None
        assert refused(WebhookRequest(signed(body).headers, BODY)) == Refused(STATUS, "bad_signature")


@pytest.mark.conformance("G6")
@given(position=st.integers(0, len(BODY) - 1), byte=st.integers(0, 255))
def test_a_body_changed_by_one_byte_is_refused(position, byte):
    changed = BODY[:position] + bytes([byte]) + BODY[position + 1 :]
    if changed != BODY:
        assert refused(WebhookRequest(signed(BODY).headers, changed)) is not None


@pytest.mark.conformance("G7")
def test_a_call_of_another_app_is_refused_even_when_it_is_signed_well():
    body = raw(event("user_send_text", app_id="9999"))
    assert refused(signed(body, first="9999")) == Refused(STATUS, "bad_signature")
    assert refused(signed(body, first=APP)) == Refused(STATUS, "other_app")


@pytest.mark.conformance("G11")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"[]",
        b"null",
        b'"a"',
        b"1",
        b"\xff\xfe",
        b'{"a":' * 100_000,
        b"[" * 200_000,
        b'{"timestamp":1',
        b"{}",
    ],
)
def test_what_is_no_json_object_is_refused_quietly(body):
    request = WebhookRequest({"x-zevent-signature": mac_of(body, "")}, body)
    assert refused(request) in (Refused(STATUS, "unreadable"), Refused(STATUS, "other_app"))


@pytest.mark.conformance("G13")
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('"x"', "x"),
        ("1795248000000", "1795248000000"),
        ("-5", "-5"),
        ("1.50e3", "1.50e3"),
        ("9" * 10_000, "9" * 10_000),
        ('"ệ"', "ệ"),
        ("NaN", "NaN"),
    ],
)
def test_any_timestamp_is_taken_to_the_letter_and_the_mac_decides(written, said):
    body = f'{{"app_id":"{APP}","timestamp":{written}}}'.encode()
    assert refused(signed(body, timestamp=said)) is None
    assert refused(signed(body, timestamp="0")) == Refused(STATUS, "bad_signature")


@pytest.mark.conformance("G13")
def test_a_missing_timestamp_counts_as_empty():
    body = raw(event("user_send_text", timestamp=None))
    assert refused(signed(body, timestamp="")) is None


@pytest.mark.parametrize("written", ["null", "[]", "{}", "true", '"\\ud800"'])
def test_a_timestamp_of_another_kind_does_no_harm(written):
    body = f'{{"app_id":"{APP}","timestamp":{written}}}'.encode()
    assert refused(signed(body, timestamp="")) == Refused(STATUS, "bad_signature")


@pytest.mark.parametrize("value", ["ệ" * 64, "\udc80" * 64, "0" * 100_000])
def test_a_header_of_any_characters_does_no_harm(value):
    assert refused(WebhookRequest({"x-zevent-signature": value}, BODY)) == Refused(STATUS, "bad_signature")


@pytest.mark.conformance("G84")
def test_two_secrets_are_valid_during_a_rotation_and_a_third_is_not():
    rotating = ZaloOaCredentials(OA, APP, ("cu", "moi"))
    assert refused(signed(BODY, secret="cu"), rotating) is None
    assert refused(signed(BODY, secret="moi"), rotating) is None
    assert refused(signed(BODY, secret="khac"), rotating) == Refused(STATUS, "bad_signature")


def test_a_mac_with_the_oa_in_the_place_of_the_app_is_refused_and_explained(caplog):
    assert refused(signed(BODY, first=OA)) == Refused(STATUS, "bad_signature")
    assert "OA's id" in caplog.text


@pytest.mark.conformance(("G2", "G83"))
def test_nothing_of_a_refused_call_is_logged(caplog):
    caplog.set_level(logging.DEBUG)
    refused(signed(BODY, secret="khac"))
    refused(signed(BODY, first=OA))
    mac = mac_of(BODY, "1795248000000", "khac")
    assert not [secret for secret in (SECRET, mac, "mất sổ", "4400000000000000001") if secret in caplog.text]


@pytest.mark.conformance("G20")
def test_a_repeat_with_the_original_timestamp_is_believed():
    request = signed(fixture_bytes("user_send_text"))
    headers = {**request.headers, "num_retry": "3"}
    assert refused(WebhookRequest(headers, request.body)) is None
