"""How python-telegram-bot reaches the network: its own HTTP client, but nothing secret or private is ever logged."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx
from telegram.error import TelegramError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from connectors.telegram.errors import FloodError, StatusError
from connectors.token_transport import TokenTransport

if TYPE_CHECKING:
    from telegram._utils.types import JSONDict, ODVInput

_DOCUMENTED = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
}


class ApiRequest(BaseRequest):
    """Holds the library's HTTPXRequest. `transport` stands for the network.

    Proxies of the environment are not used: the token would be theirs to read with `http://` addresses.
    """

    def __init__(self, token: str, timeout_seconds: float, transport: httpx.AsyncBaseTransport | None = None) -> None:
        inner = transport if transport is not None else httpx.AsyncHTTPTransport(trust_env=False)
        self._token = token.encode()
        self._http = HTTPXRequest(
            read_timeout=timeout_seconds,
            write_timeout=timeout_seconds,
            connect_timeout=timeout_seconds,
            pool_timeout=timeout_seconds,
            httpx_kwargs={"transport": TokenTransport(token, inner), "trust_env": False},
        )

    @property
    def read_timeout(self) -> float | None:
        """Seconds."""
        return self._http.read_timeout

    async def initialize(self) -> None:
        """Nothing to do: the HTTP client connects when it is used."""

    async def shutdown(self) -> None:
        """Closes kept connections."""
        await self._http.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Raises FloodError and StatusError for what the library itself reads too coarsely."""
        status, payload = await self._http.do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise FloodError(_retry_after(payload))
        if not 200 <= status < 300 and status not in _DOCUMENTED:
            raise StatusError(status)
        return status, payload.replace(self._token, b"***")  # a page of errors may quote the address

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The library's own logs the payload when it cannot be read, and that may be what a citizen was told."""
        answer = _decoded(payload)
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


def _retry_after(payload: bytes) -> float | None:
    answer = _decoded(payload)
    parameters = answer.get("parameters") if isinstance(answer, dict) else None
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(seconds) if isinstance(seconds, int | float) and seconds > 0 else None


def _decoded(payload: bytes) -> Any:
    """None for what is no JSON."""
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None
