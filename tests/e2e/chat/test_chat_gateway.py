"""The page over the product's own gateway and database; only the dialogue engine behind it is a fake."""

import asyncio
import threading

import pytest
from playwright.sync_api import expect

from connectors.message import Button, Citation, Reply
from console.chat.pages import build_pages
from console.chat.routes import build_chat_router
from desk.database import build_engine
from desk.migrate import upgrade
from tests.e2e.chat.conftest import TODAY
from tests.e2e.chat.fake_library import FakeLibrary
from tests.e2e.chat.scenes import CITATION, ask, assistant_messages, citizen_messages, composer, open_form, shown
from tests.fakes.web_gateway import WebGateway

pytestmark = pytest.mark.browser
START_SECONDS = 20
ANSWER = Reply("Trả lời thử.", "answered", (Citation(**CITATION),), feedback=True)
OFFER = Reply("Ý anh/chị là…?", "clarification", buttons=(Button("Gia hạn thẻ", "/choose_option{}"),))


class Running:
    """A gateway on its own thread, for as long as the `with` lasts."""

    def __init__(self, engine):
        self._engine = engine
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self):
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        gateway = WebGateway(self._engine)
        gateway.app.include_router(build_chat_router(build_pages(2_000), FakeLibrary(), lambda: TODAY))
        async with gateway:
            self.url, self.dialogue, self.office = gateway.url, gateway.dialogue, gateway.life.office
            self._started.set()
            await self._stop.wait()

    def __enter__(self):
        self._thread.start()
        assert self._started.wait(START_SECONDS)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()


@pytest.fixture
def gateway(tmp_path):
    engine = build_engine(f"sqlite:///{tmp_path / 'chat.db'}")
    upgrade(engine)
    with Running(engine) as running:
        yield running
    engine.dispose()


@pytest.fixture
def page(open_page, gateway):
    page = open_page()
    page.goto(gateway.url)
    return page


def test_a_question_is_answered_rated_and_still_there_after_a_reload(page, gateway):
    gateway.dialogue.will(ANSWER)
    ask(page, "Câu hỏi thử?")
    expect(page.get_by_role("link", name="Điểm e mục 1")).to_be_visible()
    page.get_by_role("button", name="Có ích", exact=True).click()
    expect(page.get_by_text("Cảm ơn anh/chị đã đánh giá.")).to_be_visible()
    page.reload()
    expect(assistant_messages(page)).to_have_count(1)
    assert shown(page) == ["Câu hỏi thử?", "Trả lời thử."]


def test_a_quick_reply_is_taken(page, gateway):
    gateway.dialogue.will(OFFER, ANSWER)
    ask(page, "thẻ")
    page.get_by_role("button", name="Gia hạn thẻ").click()
    expect(assistant_messages(page)).to_have_count(2)
    page.reload()
    expect(assistant_messages(page)).to_have_count(2)
    assert shown(page) == ["thẻ", "Ý anh/chị là…?", "Gia hạn thẻ", "Trả lời thử."]


def test_a_message_for_a_person_gets_its_case_code_which_is_still_there_after_a_reload(page, gateway):
    gateway.office.is_now(operators_online=0)
    gateway.dialogue.will(Reply("Vâng.", "handed_off_requested", handoff="requested"))
    open_form(page)
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Thử")
    page.get_by_label("Số điện thoại hoặc email").fill("0900 000 000")
    page.get_by_label("Câu hỏi cần cán bộ trả lời").fill("Câu hỏi thử?")
    page.get_by_role("button", name="Gửi lời nhắn").click()
    expect(page.get_by_role("heading", name="Đã ghi nhận lời nhắn")).to_be_visible()
    code = page.locator("#case-code").inner_text().strip()
    page.reload()
    expect(page.get_by_text(f"mã {code}.")).to_be_visible()


def test_waiting_a_person_and_the_way_back_are_told_above_the_messages(page, gateway):
    gateway.dialogue.will(Reply("Vâng.", "handed_off_requested", handoff="requested"))
    page.get_by_role("button", name="Gặp cán bộ").click()
    expect(page.get_by_text("Anh/chị đang chờ cán bộ trực. Tin nhắn mới")).to_be_visible()
    expect(page.get_by_text("vị trí số 1")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Tiếp tục với trợ lý").click()
    expect(page.get_by_text("tôi tiếp tục hỗ trợ anh/chị")).to_be_visible()
    expect(page.locator("#presence")).to_be_hidden()


def test_an_answer_turned_down_as_wrong_is_answered_like_the_words(page, gateway):
    gateway.dialogue.will(ANSWER, Reply("Xin lỗi.", offer="rejected_answer", offer_question="Gặp cán bộ không?"))
    ask(page, "Câu hỏi thử?")
    page.get_by_role("button", name="Chưa có ích").click()
    page.get_by_role("button", name="Không đúng").click()
    expect(page.get_by_text("Gặp cán bộ không?")).to_be_visible()
    assert gateway.dialogue.heard[-1][1] == "/reject_answer"
    assert shown(page)[2] == "Câu trả lời này không đúng."


def test_thanks_are_followed_by_five_buttons_and_a_word(page, gateway):
    gateway.dialogue.will(ANSWER, "Rất vui vì giúp được anh/chị.")
    ask(page, "Câu hỏi thử?")
    expect(assistant_messages(page)).to_have_count(1)
    ask(page, "cảm ơn nhé")
    page.get_by_role("button", name="5 Rất hài lòng").click()
    expect(page.get_by_text("đã đánh giá 5/5")).to_be_visible()
    ask(page, "Góp ý: trả lời nhanh")
    expect(page.get_by_text("góp ý đã được ghi nhận")).to_be_visible()


def test_a_message_without_words_gets_a_polite_answer_and_can_be_corrected(page):
    ask(page, "   😀😀   ")
    expect(page.get_by_role("button", name="Sửa lại").or_(assistant_messages(page))).to_be_visible()


def test_a_forged_token_is_replaced(page, gateway):
    ask(page, "một")
    expect(assistant_messages(page)).to_have_count(1)
    page.evaluate(
        """() => {
            const key = "bhxh.chat.conversation";
            const conversation = JSON.parse(localStorage.getItem(key));
            localStorage.setItem(key, JSON.stringify({ ...conversation, token: "forged" }));
        }"""
    )
    page.reload()
    expect(page.get_by_text("Phiên trước đã hết hạn.")).to_be_visible()
    ask(page, "hai")
    expect(assistant_messages(page)).to_have_count(1)


def test_many_messages_at_once_are_all_answered_in_order(page, gateway):
    said = [f"câu {number}" for number in range(6)]
    for words in said:
        ask(page, words)
    expect(assistant_messages(page)).to_have_count(len(said), timeout=30_000)
    expect(citizen_messages(page)).to_have_count(len(said))
    page.reload()
    expect(assistant_messages(page)).to_have_count(len(said))
    assert [words for words in shown(page) if not words.startswith("echo")] == said
    expect(composer(page)).to_be_visible()
