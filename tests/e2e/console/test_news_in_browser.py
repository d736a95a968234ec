"""A message to many in the browser: a topic, a text with its preview, another's approval, the bar that moves."""

import pytest

from connectors.leadership import Leadership
from connectors.mailing_clock import MailingClock
from connectors.mailing_reach import MailingReach
from connectors.mailing_sending import MailingSending
from desk.accounts.role import Role
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import writing
from desk.notices.mailing_message import load_mailing_texts
from desk.notices.news_topic import news_topics_of
from desk.notices.subscription import subscribe
from tests.e2e.chat.scenes import ask
from tests.e2e.console.test_console_accessibility import assert_accessible
from tests.fakes.accounts import PASSWORD
from tests.fakes.console import add_colleague
from tests.fakes.gateway import now
from tests.fakes.insight import LoggedYear
from tests.fakes.news import MORNING, QUOTAS, SETTINGS

pytestmark = pytest.mark.browser
NEWS = "/console/knowledge/news"
NARROW = {"width": 820, "height": 1000}
WIDE = {"width": 1280, "height": 900}
TOPICS = (
    ("Lương hưu", "Điều kiện hưởng lương hưu từ ngày 01/7/2025"),
    ("Thai sản", "Hồ sơ hưởng chế độ thai sản"),
    ("BHXH một lần", "Khi nào được hưởng BHXH một lần"),
    ("Thẻ BHYT", "Đổi nơi khám chữa bệnh ban đầu"),
)


def subscribers(engine, number):
    with writing(engine) as connection:
        (topic,) = news_topics_of(connection)
        for each in range(number):
            key = ConversationKey(f"web:web:{each}", "web", "web", str(each))
            ensure_conversation(connection, key, now())
            subscribe(connection, key.id, topic.id, "đăng ký tin lương hưu", now())


def sign_in(open_page, login, viewport=WIDE):
    page = open_page("/console", viewport)
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("link", name="Trợ lý BHXH").wait_for()
    page.wait_for_url(lambda address: "sign-in" not in address)
    return page


def strike(gateway, times=1):
    """The clock of mailings, on the gateway's own thread, in daytime."""
    life = gateway.gateway.life
    sending = MailingSending(MailingReach(("web",), QUOTAS), load_mailing_texts(), SETTINGS, lambda _channel: None)
    leadership = Leadership(life.transactions, "test", 15.0, lambda: MORNING)
    hub, metrics = gateway.gateway.hub, life.metrics
    clock = MailingClock(
        life.transactions,
        leadership,
        sending,
        SETTINGS,
        frozenset(),
        lambda key: hub.publish(key.id),
        metrics,
        lambda: MORNING,
    )
    for _ in range(times):
        gateway.run(clock.tick())


def test_written_by_one_approved_by_another_and_followed_to_its_end(gateway, open_page, shoot):
    add_colleague(gateway.engine, "hoa", "Phạm Thị Hoa", (Role.EDITOR,))
    add_colleague(gateway.engine, "quan", "Đỗ Minh Quân", (Role.APPROVER,))
    page = sign_in(open_page, "hoa")
    page.goto(gateway.url + NEWS + "/subscribers")
    page.get_by_label("Tên", exact=True).fill("Lương hưu")
    page.get_by_label("Mô tả", exact=True).fill("Lịch chi trả, thay đổi mức hưởng")
    page.get_by_role("button", name="Thêm chủ đề").click()
    page.get_by_text("Đã thêm chủ đề.").wait_for()
    subscribers(gateway.engine, 7)
    citizen = open_page("/")
    ask(citizen, "đăng ký tin")
    citizen.get_by_role("button", name="Đăng ký tin Lương hưu").click()
    citizen.get_by_text("đã đăng ký nhận tin “Lương hưu”").wait_for()
    page.reload()
    shoot(page, "news-subscribers")

    page.goto(gateway.url + NEWS + "/new")
    page.get_by_label("Chủ đề").select_option(label="Lương hưu")
    page.get_by_label("Tiêu đề").fill("Lịch chi trả lương hưu tháng 12")
    page.get_by_label("Nội dung").fill("Lương hưu và trợ cấp BHXH tháng 12 được chi trả từ ngày 02/12/2026.")
    page.locator("#previews .bubble").first.wait_for()
    assert "TIN TỪ BHXH VIỆT NAM – Lương hưu" in page.locator("#previews").inner_text()
    assert_accessible(page)
    shoot(page, "news-compose")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.get_by_text("Đã lưu bản nháp.").wait_for()
    page.get_by_role("button", name="Trình duyệt").click()
    page.get_by_text("Đang chờ một người duyệt khác.").wait_for()
    address = page.url.split("?")[0]

    approving = sign_in(open_page, "quan", NARROW)
    approving.goto(address)
    assert "8 người nhận được" in approving.locator("#main").inner_text()
    assert_accessible(approving)
    shoot(approving, "news-approve")
    approving.get_by_role("button", name="Duyệt và gửi").click()
    approving.get_by_text("Đã duyệt.").wait_for()
    strike(gateway)
    page.goto(address)
    page.get_by_text("3/8 người đã xong").wait_for()
    assert_accessible(page)
    shoot(page, "news-progress")
    strike(gateway, 3)
    page.get_by_text("8/8 người đã xong").wait_for()
    page.get_by_text("Đã gửi xong").first.wait_for()
    citizen.get_by_text("Nhắn DỪNG TIN để không nhận nữa.").wait_for()
    shoot(citizen, "news-citizen")
    assert_accessible(citizen)
    page.goto(gateway.url + NEWS)
    shoot(page, "news-list")
    assert_accessible(page)


def test_insight_is_read_at_a_desk_and_on_a_tablet(gateway, open_page, shoot):
    add_colleague(gateway.engine, "hoa", "Phạm Thị Hoa", (Role.EDITOR,))
    year = LoggedYear(gateway.engine, now())
    for number, (topic, title) in enumerate(TOPICS):
        year.entry(f"muc-{number}", title, review_in=30 * number - 20)
        year.answers(18 - 4 * number, 3, topic=topic, document=f"faq/muc-{number}", up=5 - number, down=number)
        year.answers(number, 12, "unanswerable_low_score", topic)
        year.answers(9 - number, 40, topic=topic, document=f"faq/muc-{number}")
    year.entry("chua-dung", "Thủ tục chuyển nơi hưởng lương hưu")
    page = sign_in(open_page, "hoa")
    page.goto(gateway.url + "/console/knowledge/insight")
    page.get_by_role("heading", name="Chủ đề", exact=True).wait_for()
    assert_accessible(page)
    shoot(page, "insight")
    page.locator("#entries").scroll_into_view_if_needed()
    shoot(page, "insight-entries")
    page.get_by_label("Khoảng thời gian").select_option("90")
    page.get_by_role("button", name="Xem").click()
    page.wait_for_url("**period=90")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải Excel").click()
    assert download.value.suggested_filename.startswith("thong-ke-kho-tri-thuc-")
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shoot(page, "insight-narrow")
