"""An Official Account for tests, its fixtures, and calls signed as Zalo signs them."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

from connectors.channel import WebhookRequest
from connectors.settings import ZaloOaSettings
from connectors.zalo_oa.settings import ZaloOaCredentials

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "zalo_oa"
OA, APP, USER = "2300000000000000001", "3600000000000000001", "4400000000000000001"
SECRET = "bi-mat-webhook-gia"
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CREDENTIALS = ZaloOaCredentials(
    OA, APP, (SECRET,), "bi-mat-ung-dung-gia", "the-truy-cap-gia-0", "the-lam-moi-gia-0", "http://zalo.test"
)
NUMBERS = ZaloOaSettings(
    message_characters=1900,
    buttons=5,
    button_title_characters=100,
    free_replies=8,
    free_hours=48.0,
    window_days=7.0,
    send_buttons=True,
    per_second=60.0,
    timeout_seconds=10.0,
    event_days=7.0,
    bad_signature_status=200,
    refresh_after_hours=20.0,
    refresh_token_warning_days=60.0,
    refresh_lock_seconds=40.0,
)


def fixture_bytes(name):
    return (FIXTURES / f"{name}.json").read_bytes()


def event(name, **changes):
    """The fixture with some of its fields changed; None takes a field away."""
    changed = {**json.loads(fixture_bytes(name)), **changes}
    return {key: value for key, value in changed.items() if value is not None}


def raw(document):
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def mac_of(body, timestamp, secret=SECRET, first=APP):
    return hashlib.sha256(first.encode() + body + timestamp.encode() + secret.encode()).hexdigest()


def signed(body, timestamp=None, secret=SECRET, first=APP, header="mac={}"):
    """The call as the door hands it over: header names in lower case."""
    timestamp = str(json.loads(body)["timestamp"]) if timestamp is None else timestamp
    value = header.format(mac_of(body, timestamp, secret, first))
    return WebhookRequest({"x-zevent-signature": value}, body)
