"""A question without an answer in the browser: from the chat to a group, an entry, and the share answered since."""

import pytest
from sqlalchemy import update

from connectors.message import AnswerSource, Reply
from desk.accounts.role import Role
from desk.database import reading, writing
from editing.gaps.asking_again import GapRechecker, NowSaid
from editing.gaps.listing import GapFilter, gaps
from editing.gaps.sorting import GapSorter
from editing.settings import GapSettings
from editing.version import knowledge_versions
from tests.contract.test_gap_pages import PlainMeaning
from tests.e2e.console.test_console_accessibility import assert_accessible
from tests.e2e.console.test_news_in_browser import sign_in
from tests.fakes.console import add_colleague
from tests.fakes.console_operator import citizen_waits
from tests.fakes.gateway import now
from tests.fakes.knowledge_base import small_knowledge

pytestmark = pytest.mark.browser
GAPS = "/console/knowledge/gaps"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 820, "height": 1000}
UNKNOWN = Reply("Hiện chưa có thông tin về nội dung này.", "unanswerable_low_score")
OLD = AnswerSource("faq/sinh-con-tro-cap", "faq/sinh-con-tro-cap", "", "0", "Thai sản", "s0", 0.9)
ASKED = (
    "sinh đôi được nghỉ thai sản mấy tháng",
    "nghỉ thai sản sinh đôi mấy tháng ạ",
    "em sinh đôi nghỉ thai sản được mấy tháng",
    "sinh đôi nghỉ thai sản mấy tháng hả em",
    "đẻ sinh đôi nghỉ thai sản mấy tháng",
)
HEATING = ("mùa nóng có trợ cấp tiền điện không", "trợ cấp tiền điện mùa nóng không ạ")


@pytest.fixture
def asked(gateway, open_page):
    """One question in the web chat itself, the others on the push channel."""
    add_colleague(gateway.engine, "hanh", "Nguyễn Thị Hạnh", (Role.EDITOR,))
    with writing(gateway.engine) as connection:
        small_knowledge(connection)
    gateway.dialogue.will(*[UNKNOWN] * 7, Reply("Được 2 lần mức tham chiếu.", "answered", feedback=True, source=OLD))
    chat = open_page("/")
    chat.get_by_role("textbox").fill(ASKED[0])
    chat.get_by_role("textbox").press("Enter")
    chat.get_by_text(UNKNOWN.text).wait_for()
    for number, words in enumerate((*ASKED[1:], *HEATING, "sinh con được bao nhiêu"), 1):
        gateway.hears(f"người {number}", 1, words)
        gateway.run(settled(gateway, number + 1))
    return gateway


async def settled(gateway, replies):
    while len(gateway.dialogue.heard) < replies or gateway.dialogue.running:
        await gateway.gateway.life.transactions.read(lambda connection: None)


def sort(gateway):
    GapSorter(gateway.engine, GapSettings(0.55, 50)).run(PlainMeaning(), now())


def test_a_question_without_an_answer_becomes_an_entry_that_answers_it(asked, open_page, shoot):
    sort(asked)
    hanh = sign_in(open_page, "hanh", WIDE)
    hanh.goto(asked.url + GAPS)
    assert_accessible(hanh)
    shoot(hanh, "gaps-list")
    hanh.get_by_role("row").nth(1).get_by_role("link").click()
    hanh.get_by_role("heading", name="Câu hỏi thật của người dân").wait_for()
    hanh.get_by_text("Không có mục nào gần giống").wait_for()
    assert_accessible(hanh)
    shoot(hanh, "gap-open")
    hanh.get_by_label("Người xử lý").select_option(label="Nguyễn Thị Hạnh")
    hanh.get_by_role("button", name="Giao", exact=True).click()
    hanh.get_by_text("Đã giao việc.").wait_for()
    hanh.get_by_label("Chủ đề của mục mới").fill("Thai sản")
    hanh.get_by_role("button", name="Soạn mục mới").click()
    hanh.wait_for_url("**/console/knowledge/faq/**")
    with reading(asked.engine) as connection:
        (gap, _) = gaps(connection, GapFilter(), 9)
    publish(asked.engine, gap.cluster.document)
    replies = [NowSaid("answered", gap.cluster.document)] * 4 + [NowSaid("unanswerable_low_score", "")]
    GapRechecker(asked.engine).run("s1", lambda _: replies.pop(), now())
    hanh.goto(f"{asked.url}{GAPS}/{gap.cluster.id}")
    hanh.get_by_text("4/5 câu nay trả lời được (80%)").wait_for()
    assert hanh.get_by_text("nay vẫn chưa trả lời được").count() == 1
    shoot(hanh, "gap-answered")
    hanh.set_viewport_size(NARROW)
    assert hanh.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(hanh)
    shoot(hanh, "gap-narrow")


def publish(engine, name):
    with writing(engine) as connection:
        mine = update(knowledge_versions).where(knowledge_versions.c.state == "draft")
        connection.execute(mine.values(state="published", published_at=now()))
    assert name


def test_who_received_a_wrong_answer_gets_a_correction(asked, open_page, shoot):
    hanh = sign_in(open_page, "hanh", WIDE)
    hanh.goto(asked.url + "/console/knowledge/documents/2/recall")
    hanh.get_by_role("heading", name="1 người đã nhận các bản đang xem").wait_for()
    assert_accessible(hanh)
    shoot(hanh, "recall")
    hanh.get_by_role("button", name="Lập bản nháp gửi 1 người").click()
    hanh.wait_for_url("**/console/knowledge/news/**")
    shoot(hanh, "recall-mailing")
    hanh.goto(asked.url + GAPS + "/wrong")
    assert_accessible(hanh)
    shoot(hanh, "gaps-wrong")
    hanh.set_viewport_size(NARROW)
    hanh.goto(asked.url + GAPS)
    assert hanh.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shoot(hanh, "gaps-narrow")


def test_an_operator_suggests_a_reply_and_follows_it(gateway, operator, shoot):
    with writing(gateway.engine) as connection:
        small_knowledge(connection)
    episode = citizen_waits(gateway.engine, words="Sinh đôi thì trợ cấp một lần tính thế nào?")
    lan = operator("lan", WIDE)
    lan.goto(f"{gateway.url}/console/conversations/{episode}")
    lan.locator("#claim").click()
    lan.get_by_role("textbox", name="Trả lời công dân").fill("Mỗi con bằng 2 lần mức tham chiếu.")
    lan.keyboard.press("Control+Enter")
    lan.get_by_role("link", name="Đề xuất vào kho tri thức").click()
    lan.get_by_role("button", name="Gửi biên tập viên").click()
    lan.get_by_text("Cần ghi điều, khoản của văn bản").wait_for()
    assert_accessible(lan)
    shoot(lan, "suggest-reply")
    for label, words in (("văn bản", "Luật thử số 1/2026/QH15"), ("Điều, khoản", "Điều 58"), ("Chủ đề", "Thai sản")):
        lan.get_by_label(label).fill(words)
    lan.get_by_role("button", name="Gửi biên tập viên").click()
    lan.get_by_text("Biên tập viên đang soạn").wait_for()
    assert_accessible(lan)
    shoot(lan, "suggestions-mine")
