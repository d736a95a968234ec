"""Calls of the Zalo Bot API. Nothing here raises for what the network or the API does."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import httpx

from connectors.bot_credentials import BotCredentials
from connectors.token_transport import TokenTransport
from connectors.zalo_bot.errors import IDLE, ApiFailure, broken_off, refused, unreadable

_JSON = {"Content-Type": "application/json"}
_CODE = re.compile("-?[0-9]{1,9}")


@dataclass(frozen=True)
class ApiResult:
    """What stands under `result`, as it came."""

    value: object

    def field(self, name: str) -> object:
        """None where the result is no object or has no such field."""
        return self.value.get(name) if isinstance(self.value, dict) else None


class ZaloBotClient:
    """One for each process. `transport` stands for the network."""

    def __init__(
        self, credentials: BotCredentials, timeout_seconds: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._secrets = [secret for secret in (credentials.token, credentials.secret) if secret]
        self._base = credentials.api_base
        self._timeout_seconds = timeout_seconds
        inner = transport if transport is not None else httpx.AsyncHTTPTransport()
        self._http = httpx.AsyncClient(transport=TokenTransport(credentials.token, inner), timeout=timeout_seconds)

    async def send_message(self, chat_id: str, text: str) -> ApiResult | ApiFailure:
        """Plain text of 1 to 2000 characters; no parse_mode, so nothing in it means anything."""
        return await self._call("sendMessage", {"chat_id": chat_id, "text": text})

    async def send_typing(self, chat_id: str) -> ApiResult | ApiFailure:
        """Shows for a few seconds that an answer is being written."""
        return await self._call("sendChatAction", {"chat_id": chat_id, "action": "typing"})

    async def get_me(self) -> ApiResult | ApiFailure:
        """The bot's own account: id, account_name, account_type, can_join_groups."""
        return await self._call("getMe", {})

    async def get_updates(self, wait_seconds: float) -> ApiResult | ApiFailure:
        """Waits up to that long; the API has no position and no receipt, so each update comes once. None: nothing."""
        answer = await self._call("getUpdates", {"timeout": str(int(wait_seconds))}, wait_seconds)
        idle = isinstance(answer, ApiFailure) and answer.code == IDLE
        return ApiResult(None) if idle else answer

    async def set_webhook(self, url: str, secret: str) -> ApiResult | ApiFailure:
        """Keeps the address even where its `verification` fails."""
        return await self._call("setWebhook", {"url": url, "secret_token": secret})

    async def delete_webhook(self) -> ApiResult | ApiFailure:
        """Needed before updates can be asked for."""
        return await self._call("deleteWebhook", {})

    async def get_webhook_info(self) -> ApiResult | ApiFailure:
        """Code 404 when none is set."""
        return await self._call("getWebhookInfo", {})

    async def close(self) -> None:
        """Closes kept connections."""
        await self._http.aclose()

    async def _call(self, method: str, parameters: dict[str, str], wait_seconds: float = 0.0) -> ApiResult | ApiFailure:
        timeout = httpx.Timeout(self._timeout_seconds, read=self._timeout_seconds + wait_seconds)
        body = json.dumps(parameters).encode()
        try:
            response = await self._http.post(f"{self._base}/{method}", content=body, headers=_JSON, timeout=timeout)
        except httpx.HTTPError as error:
            return broken_off(error)
        return self._read(response)

    def _read(self, response: httpx.Response) -> ApiResult | ApiFailure:
        try:
            document = json.loads(response.content)
        except (ValueError, RecursionError):
            document = None
        said = document if isinstance(document, dict) else {}
        if response.is_success and said.get("ok") is True:
            return ApiResult(said.get("result"))
        if response.is_success and said.get("ok") is not False:
            return unreadable(response.status_code)
        code = _whole_number(said.get("error_code"))
        if code is None:
            code = 0 if response.is_success else response.status_code
        return refused(code, self._redacted(said.get("description")), _retry_after(response))

    def _redacted(self, description: object) -> str:
        words = description if isinstance(description, str) else ""
        for secret in self._secrets:
            words = words.replace(secret, "***")
        return words


def _whole_number(value: object) -> int | None:
    """Some answers of this platform give their codes as text."""
    written = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(written) if _CODE.fullmatch(written) else None


def _retry_after(response: httpx.Response) -> float | None:
    written = response.headers.get("retry-after", "")
    return float(written) if _CODE.fullmatch(written) else None
