"""Whether a webhook call comes from Zalo.

`X-ZEvent-Signature: mac=<hex>`, where mac = sha256(app id + raw body + timestamp + OA secret). Source: the official
Java SDK, MacUtils.buildMac, and the OA webhook documentation. It is a plain digest, no HMAC; the timestamp stands in
the body, so there is nothing fresh about a call: repeats are recognised by their message id and their age.
"""

from __future__ import annotations

import hashlib
import hmac
import logging

from connectors.channel import Refused, UnreadableError, WebhookRequest
from connectors.zalo_oa.settings import ZaloOaCredentials
from connectors.zalo_oa.wire import read_object

HEADER = "x-zevent-signature"
_PREFIX = "mac="
log = logging.getLogger(__name__)


def build_mac(first_id: str, body: bytes, timestamp: str, secret: str) -> str:
    """Lower-case hex. `body` is the raw body, byte for byte: the same JSON written anew has another mac."""
    terms = first_id.encode() + body + timestamp.encode("utf-8", "surrogatepass") + secret.encode()
    return hashlib.sha256(terms).hexdigest()


def refusal(request: WebhookRequest, credentials: ZaloOaCredentials, status: int) -> Refused | None:
    """None when the call is authentic, signed with any of the secrets. `status` is what a refused caller gets."""
    given = request.headers.get(HEADER, "").strip().lower().removeprefix(_PREFIX).strip()
    if not given:
        return Refused(status, "no_signature")
    try:
        event = read_object(request.body)
    except UnreadableError:
        return Refused(status, "unreadable")
    timestamp = str(event.get("timestamp", ""))
    if not _fits(given, credentials.app_id, request.body, timestamp, credentials.secrets):
        if _fits(given, credentials.oa_id, request.body, timestamp, credentials.secrets):
            log.warning("zalo_oa: a webhook call is signed with the OA's id in the place of the app's; refused")
        return Refused(status, "bad_signature")
    return None if event.get("app_id") == credentials.app_id else Refused(status, "other_app")


def _fits(given: str, first_id: str, body: bytes, timestamp: str, secrets: tuple[str, ...]) -> bool:
    """Tries every secret whatever the others gave: the time taken tells nothing."""
    fits = [
        hmac.compare_digest(given.encode("utf-8", "surrogatepass"), build_mac(first_id, body, timestamp, one).encode())
        for one in secrets
    ]
    return any(fits)
