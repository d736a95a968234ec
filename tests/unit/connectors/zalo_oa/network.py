"""A network that says what it was told to, and a clock that goes when it is told to."""

from datetime import timedelta

import httpx

from tests.unit.connectors.zalo_oa.account import NOW

SENT = {"data": {"message_id": "m-1", "user_id": "1"}, "error": 0, "message": "Success"}


def answers(body, status=200, **headers):
    """`body` is bytes, or a document."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    content = {"content": body} if isinstance(body, bytes) else {"json": body}
    return httpx.Response(status, headers=headers, **content)


def refuses(code, message="no"):
    return answers({"error": code, "message": message})


class FakeNetwork:
    """Hands out the queued happenings one by one; `calls` are the requests as they went out."""

    def __init__(self, *happenings):
        self.happenings = list(happenings)
        self.calls = []
        self.transport = httpx.MockTransport(self._take)

    async def _take(self, request):
        self.calls.append(request)
        happening = self.happenings.pop(0)
        if callable(happening):
            return await happening(request)
        if isinstance(happening, Exception):
            raise happening
        return happening


class FakeClock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def advance(self, **span):
        self.now += timedelta(**span)
