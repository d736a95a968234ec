"""Signed webhook calls, and calls whose signature is wrong in a chosen way: channels.md, A.2."""

import hashlib
import json
from enum import StrEnum


class Signing(StrEnum):
    """How a call is signed. BARE and UPPER are unusual but right."""

    GOOD = "good"
    BARE = "bare"  # without "mac="
    UPPER = "upper"  # upper-case hexadecimal digits
    WRONG = "wrong"
    NONE = "none"


def raw_body(event, escaped):
    """`escaped` writes letters outside ASCII as \\u1ea1 does; else UTF-8. No spaces, as Zalo sends it."""
    return json.dumps(event, ensure_ascii=escaped, separators=(",", ":")).encode()


def signature_headers(account, body, timestamp, signing=Signing.GOOD):
    """sha256(appId + data + timeStamp + OAsecretKey): a plain digest, no HMAC."""
    pieces = (account.app_id.encode(), body, timestamp.encode(), account.secret.encode())
    mac = hashlib.sha256(b"".join(pieces)).hexdigest()
    signing = Signing(signing)
    values = {
        Signing.GOOD: f"mac={mac}",
        Signing.BARE: mac,
        Signing.UPPER: f"mac={mac.upper()}",
        Signing.WRONG: f"mac={'0' * 64}",
    }
    headers = {"Content-Type": "application/json"}
    return {**headers, "X-ZEvent-Signature": values[signing]} if signing is not Signing.NONE else headers
