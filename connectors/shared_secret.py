"""A secret that a platform sends back with each webhook call."""

from __future__ import annotations

import hmac
from http import HTTPStatus

from connectors.channel import Refused


def verify_secret(secret: str | None, given: str) -> Refused | None:
    """None when the call is believed. Without a secret of ours nobody is expected to call."""
    if secret is None:
        return Refused(HTTPStatus.FORBIDDEN, "not_expected")
    # As bytes: compare_digest takes no text beyond ASCII, and a header may hold any.
    if hmac.compare_digest(given.encode("utf-8", "backslashreplace"), secret.encode()):
        return None
    return Refused(HTTPStatus.FORBIDDEN, "bad_secret" if given else "no_secret")
