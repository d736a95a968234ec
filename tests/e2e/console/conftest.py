"""Operators and citizens in real browsers, over the product's own gateway and database; only the dialogue is a fake."""

import asyncio
import threading

import pytest
from playwright.sync_api import sync_playwright

from desk.database import build_engine, metadata
from desk.migrate import upgrade
from tests.browser import browser_path
from tests.e2e.chat.conftest import CHROMIUM_ARGUMENTS, SCREENSHOTS, WAIT_MS
from tests.e2e.console_scenes import DESK
from tests.fakes.accounts import PASSWORD
from tests.fakes.channel import FakeChannel
from tests.fakes.console import ConsoleGateway, add_colleague

START_SECONDS = 20


class Running:
    """A gateway on a thread of its own, for as long as the `with` lasts."""

    def __init__(self, engine, channel):
        self.engine, self.channel = engine, channel
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self):
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        gateway = ConsoleGateway(self.engine, channels=(self.channel,))
        async with gateway:
            self.url, self.dialogue, self.office = gateway.url, gateway.dialogue, gateway.life.office
            self.gateway = gateway
            self._started.set()
            await self._stop.wait()

    def run(self, work):
        """Runs a coroutine on the gateway's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(START_SECONDS)

    def hears(self, participant, number, text):
        """A citizen of the push channel writes."""
        self.run(self.gateway.life.intakes["zalo_oa"].take(self.channel.body(participant, number, text)))

    def __enter__(self):
        self._thread.start()
        assert self._started.wait(START_SECONDS)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()


@pytest.fixture
def gateway(tmp_path):
    engine = build_engine(f"sqlite:///{tmp_path / 'console.db'}")
    upgrade(engine)
    metadata.create_all(engine)  # until migration 0003 is written
    add_colleague(engine, "lan", "Trần Thị Lan")
    add_colleague(engine, "minh", "Lê Văn Minh")
    with Running(engine, FakeChannel("zalo_oa")) as running:
        yield running
    engine.dispose()


@pytest.fixture(scope="module")
def browser():
    """Not for the session: while it is open, its event loop runs in this thread, and no other async test could."""
    executable = browser_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, gateway):
    """A page in a browser context of its own; an error in a script or a blocked resource fails the test."""
    contexts, problems = [], []

    def open_at(path="/", viewport=DESK, **options):
        context = browser.new_context(viewport=viewport, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **options)
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: "Content Security Policy" in message.text and problems.append(message.text))
        page.goto(gateway.url + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not problems


@pytest.fixture
def operator(open_page):
    """Signs somebody in and gives their desk."""

    def sign_in(login="lan", viewport=DESK, password=PASSWORD, **options):
        page = open_page("/console", viewport, **options)
        page.get_by_label("Tên đăng nhập").fill(login)
        page.get_by_label("Mật khẩu").fill(password)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_selector("html[data-ready]")
        return page

    return sign_in


@pytest.fixture
def shoot():
    """Saves a screenshot under var/screenshots."""

    def save(page, name):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    return save
