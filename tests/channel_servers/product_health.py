"""Whether the product answers."""

import time

import httpx

ASK_AGAIN_SECONDS = 2.0
PATIENCE_SECONDS = 1.0


class ProductHealth:
    """Asked at most every two seconds; `url` is the product's address."""

    def __init__(self, url):
        self.url = url
        self._asked_at, self._ready = float("-inf"), False

    async def is_ready(self):
        if time.monotonic() - self._asked_at > ASK_AGAIN_SECONDS:
            self._asked_at = time.monotonic()
            try:
                async with httpx.AsyncClient(timeout=PATIENCE_SECONDS, trust_env=False, verify=False) as client:
                    self._ready = (await client.get(f"{self.url}/readyz")).is_success
            except httpx.HTTPError:
                self._ready = False
        return self._ready
