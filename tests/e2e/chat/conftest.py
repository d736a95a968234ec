"""A real browser on the real chat page, over a gateway that obeys the test."""

import threading
import time
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import expect, sync_playwright

from console.chat.knowledge_library import KnowledgeLibrary
from console.chat.pages import build_pages
from console.chat.routes import add_not_found_page, build_chat_router
from knowledge.library import load_documents
from tests.browser import browser_path
from tests.e2e.chat.fake_backend import FakeBackend, FakeGateway
from tests.e2e.chat.fake_library import FakeLibrary

TODAY = date(2026, 11, 22)
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ROOT = Path(__file__).resolve().parents[3]
SCREENSHOTS = ROOT / "var" / "screenshots"
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
START_SECONDS = 10
WAIT_MS = 20_000
"""A page on a busy machine; what is there is seen at once."""
expect.set_options(timeout=WAIT_MS)


class Site:
    """The address of the running page, and the backend of the current test."""

    def __init__(self, url, gateway):
        self.url = url
        self._gateway = gateway

    @property
    def backend(self):
        return self._gateway.backend

    def fresh(self):
        self._gateway.backend.closing = True
        self._gateway.backend = FakeBackend()


class ShelvedLibrary(FakeLibrary):
    """The invented documents, and the real directives behind them."""

    def __init__(self):
        documents = load_documents(ROOT / "knowledge" / "content", TODAY)
        self.real = KnowledgeLibrary(documents, lambda: documents, lambda: TODAY)

    def directive(self, slug):
        return super().directive(slug) or self.real.directive(slug)


def build_site_app(gateway):
    pages = build_pages(2_000)
    app = FastAPI()
    app.include_router(gateway.router)
    app.include_router(build_chat_router(pages, ShelvedLibrary(), lambda: TODAY))
    add_not_found_page(app, pages)
    return app


@pytest.fixture(scope="session")
def running_site():
    gateway = FakeGateway()
    config = uvicorn.Config(build_site_app(gateway), port=0, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Site(f"http://127.0.0.1:{port}", gateway)
    gateway.backend.closing = True
    server.should_exit = True
    thread.join()


@pytest.fixture
def site(running_site):
    running_site.fresh()
    return running_site


@pytest.fixture(scope="module")
def browser():
    """Not for the session: while it is open, its event loop runs in this thread, and no other async test could."""
    executable = browser_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, site):
    """Opens a page in a new browser context; an error in a script or a blocked resource fails the test."""
    contexts, problems = [], []

    def open_at(path="/", viewport=DESKTOP, **options):
        context = browser.new_context(viewport=viewport, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **options)
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: "Content Security Policy" in message.text and problems.append(message.text))
        page.goto(site.url + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not problems


@pytest.fixture
def chat(open_page):
    """The chat page on a desktop."""
    return open_page()


@pytest.fixture
def shoot():
    """Saves a screenshot under var/screenshots."""

    def save(page, name):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    return save
