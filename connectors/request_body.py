"""Reads a request's body without ever holding more of it than is allowed."""

from __future__ import annotations

from fastapi import Request


class BodyTooLargeError(ValueError):
    """The sender wrote more than the door takes."""


async def read_body(request: Request, limit_bytes: int) -> bytes:
    """The raw bytes. Raises BodyTooLargeError, and starlette's ClientDisconnect when the sender hangs up."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit_bytes:
            raise BodyTooLargeError(f"more than {limit_bytes} bytes")
    return bytes(body)
