"""Addresses of the chat page: `/`, `/van-ban/{slug}`, `/hoi-dap/{faq_id}`, and their static files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from console.chat.documents import Library
from console.chat.pages import Pages

MAX_SECTION_CHARACTERS = 100
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}
"""Nothing from elsewhere, nothing inline, no framing; pages are asked for anew so that they name current assets."""
IMMUTABLE = "public, max-age=31536000, immutable"


def build_chat_router(pages: Pages, library: Library, today: Callable[[], date]) -> APIRouter:
    """All pages a citizen can open; `today` decides what is said about validity."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def chat_page() -> HTMLResponse:
        return _page(pages.chat())

    @router.get("/van-ban/{slug}")
    def directive_page(slug: str, doan: Annotated[str, Query(max_length=MAX_SECTION_CHARACTERS)] = "") -> HTMLResponse:
        directive = library.directive(slug)
        if directive is None:
            return _page(pages.not_found(), 404)
        return _page(pages.directive(directive, doan, today()))

    @router.get("/hoi-dap/{faq_id}")
    def faq_page(faq_id: str) -> HTMLResponse:
        faq = library.faq(faq_id)
        return _page(pages.not_found(), 404) if faq is None else _page(pages.faq(faq, today()))

    @router.get("/static/chat/{digest}/{name:path}")
    def static_file(digest: str, name: str) -> Response:
        return _static(pages, digest, name)

    return router


def add_not_found_page(app: FastAPI, pages: Pages) -> None:
    """People who follow a dead link get a page in Vietnamese; everything else keeps FastAPI's JSON."""

    async def handle(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        if error.status_code == 404 and "text/html" in request.headers.get("accept", ""):
            return _page(pages.not_found(), 404)
        return await http_exception_handler(request, error)

    app.add_exception_handler(HTTPException, handle)


def _page(html: str, status_code: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status_code, PAGE_HEADERS)


def _static(pages: Pages, digest: str, name: str) -> Response:
    asset = pages.assets.files.get(name)
    if asset is None:
        raise HTTPException(404)
    # A page loaded before an update asks for the old digest: it gets today's file, but may not keep it.
    caching = IMMUTABLE if digest == pages.assets.digest else "no-store"
    headers = {"Cache-Control": caching, "X-Content-Type-Options": "nosniff"}
    return Response(asset.content, media_type=asset.media_type, headers=headers)
