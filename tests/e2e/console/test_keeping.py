"""The pages of keeping in a real browser: calendar, roster, accounts, audit log; with invented people."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from desk.accounts.operator import find
from desk.accounts.role import Role
from desk.accounts.session import open_session
from desk.calendar.zone import vietnam_date
from desk.database import writing
from tests.e2e.chat.test_chat_accessibility import STANDARDS
from tests.e2e.console_scenes import DESK
from tests.fakes.accounts import PASSWORD
from tests.fakes.accounts import SETTINGS as ACCOUNTS
from tests.fakes.console import add_colleague
from tests.fakes.gateway import now

pytestmark = pytest.mark.browser
TABLET = {"width": 820, "height": 1180}
NEW_PASSWORD = "Con-ga-gay-sang-som-7"
ROOMY = pytest.mark.parametrize("viewport", [DESK, TABLET], ids=["desk", "tablet"])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture
def enter(gateway, open_page):
    """Signs somebody in at one of the pages."""

    def sign_in(login, path, viewport=DESK, password=PASSWORD, **options):
        page = open_page(path, viewport, **options)
        page.get_by_label("Tên đăng nhập").fill(login)
        page.get_by_label("Mật khẩu").fill(password)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(re.compile(r"/console/(?!sign-in)"))
        return page

    return sign_in


@pytest.fixture
def people(gateway):
    """A supervisor and an administrator beside the operators; the administrator's number."""
    add_colleague(gateway.engine, "binh", "Phạm Thị Bình", (Role.OPERATOR, Role.SUPERVISOR))
    return add_colleague(gateway.engine, "quan.tri", "Đỗ Thanh An", (Role.ADMIN,))


@pytest.fixture
def administer(gateway, people, open_page):
    """The administrator at a page; their authenticator is tested elsewhere."""

    def sit_down(path, viewport=DESK, **options):
        page = open_page("/console/sign-in", viewport, **options)
        with writing(gateway.engine) as connection:
            token, _ = open_session(connection, find(connection, people), now(), ACCOUNTS.session)
        page.context.add_cookies([{"name": "bhxh_console", "value": token, "url": gateway.url}])
        page.goto(gateway.url + path)
        return page

    return sit_down


def assert_fits_and_is_accessible(page):
    results = Axe().run(page, options=STANDARDS)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def next_holiday(page):
    """The first of the coming breaks."""
    return page.locator(".break").first


@SCHEMES
@ROOMY
def test_axe_finds_nothing(gateway, enter, administer, shoot, viewport, scheme):
    options = {"color_scheme": scheme, "reduced_motion": "reduce"}
    binh = enter("binh", "/console/calendar", viewport, **options)
    for name in ("calendar", "roster", "operators", "operators/3", "audit"):
        binh.goto(f"{gateway.url}/console/{name}")
        assert_fits_and_is_accessible(binh)
        shoot(binh, f"keeping-{name.replace('/', '-')}-{viewport['width']}-{scheme}")
    binh.get_by_text("Quản lý").click()
    assert_fits_and_is_accessible(binh)
    admin = administer("/console/operators", viewport, **options)
    admin.get_by_text("Tạo tài khoản mới").click()
    assert_fits_and_is_accessible(admin)
    admin.goto(f"{gateway.url}/console/operators/1")
    for summary in admin.locator("main details > summary").all():
        summary.click()
    assert_fits_and_is_accessible(admin)
    shoot(admin, f"keeping-account-{viewport['width']}-{scheme}")


def test_a_supervisor_fills_a_break_and_an_operator_sees_the_turn(gateway, people, enter):
    binh = enter("binh", "/console/roster")
    next_holiday(binh).click()
    gaps = binh.locator(".gap").count()
    assert gaps
    binh.get_by_label("Người trực", exact=True).select_option(label="Trần Thị Lan")
    binh.get_by_label("Điện thoại trực").fill("1900 0000")
    binh.get_by_role("button", name="Thêm vào lịch trực").click()
    expect(binh.get_by_role("status")).to_have_text("Đã thêm vào lịch trực.")
    expect(binh.locator(".gap")).to_have_count(gaps - 1)
    binh.get_by_role("button", name="Thêm vào lịch trực").scroll_into_view_if_needed()
    lan = enter("lan", "/console/roster")
    expect(lan.get_by_role("heading", name="Ca trực của tôi")).to_be_visible()
    expect(lan.locator(".turns")).to_contain_text("08:00–17:00")
    expect(lan.get_by_role("button", name="Thêm vào lịch trực")).to_have_count(0)
    binh.get_by_role("button", name=re.compile("^Bỏ ca")).first.click()
    expect(binh.locator(".gap")).to_have_count(gaps)


def test_the_roster_on_paper_is_the_roster_alone(gateway, people, enter):
    binh = enter("binh", "/console/roster")
    binh.emulate_media(media="print")
    expect(binh.get_by_role("button", name="In lịch trực")).to_be_hidden()
    expect(binh.get_by_text("Lãnh đạo đơn vị duyệt")).to_be_visible()
    expect(binh.locator("header.top")).to_be_hidden()


def test_a_supervisor_corrects_a_day_and_confirms_the_year(gateway, people, enter):
    binh, year = enter("binh", "/console/calendar"), vietnam_date(now()).year + 1
    binh.get_by_role("link", name=str(year), exact=True).click()
    expect(binh.get_by_text(f"Lịch năm {year} mới là dự tính")).to_be_visible()
    binh.get_by_label("Ngày", exact=True).fill(f"{year}-12-31")
    binh.get_by_label("Tên gọi").fill("Nghỉ hoán đổi")
    binh.get_by_label("Căn cứ").fill("Thông báo thử số 1/TB")
    binh.get_by_role("button", name="Lưu điều chỉnh").click()
    expect(binh.get_by_role("cell", name="Thông báo thử số 1/TB")).to_be_visible()
    binh.get_by_label("Đã đối chiếu với").fill("Thông báo thử số 2/TB")
    binh.get_by_role("button", name=f"Xác nhận năm {year}").click()
    expect(binh.get_by_text("người xác nhận: Phạm Thị Bình")).to_be_visible()
    binh.get_by_label("Thứ Bảy, ca 1, từ").fill("08:00")
    binh.get_by_label("Thứ Bảy, ca 1, đến").fill("11:30")
    binh.get_by_role("button", name="Lưu giờ làm việc").click()
    expect(binh.get_by_text("Đã lưu giờ làm việc")).to_be_visible()
    expect(binh.get_by_label("Thứ Bảy, ca 1, đến")).to_have_value("11:30")


def test_an_administrator_makes_an_account_and_closes_it_again(gateway, administer, enter):
    admin = administer("/console/operators")
    admin.get_by_text("Tạo tài khoản mới").click()
    admin.get_by_label("Họ tên", exact=True).fill("Vũ Thị Hoa")
    admin.get_by_label("Tên đăng nhập", exact=True).fill("vu.hoa")
    admin.get_by_label("Cán bộ trực").check()
    admin.get_by_role("button", name="Tạo tài khoản").click()
    password = admin.locator("#secret").text_content()
    admin.get_by_role("link", name="Xong").click()
    expect(admin.get_by_text(password)).to_have_count(0)
    hoa = enter("vu.hoa", "/console/desk", password=password)
    hoa.get_by_label("Mật khẩu hiện tại").fill(password)
    hoa.get_by_label("Mật khẩu mới", exact=True).fill(NEW_PASSWORD)
    hoa.get_by_label("Nhập lại mật khẩu mới").fill(NEW_PASSWORD)
    hoa.get_by_role("button", name="Đổi mật khẩu").click()
    hoa.wait_for_selector("html[data-ready]")
    admin.get_by_text("Khóa tài khoản", exact=True).click()
    admin.get_by_role("button", name="Khóa tài khoản vu.hoa").click()
    expect(admin.get_by_role("status")).to_have_text("Đã khóa tài khoản.")
    hoa.goto(gateway.url + "/console/roster")
    expect(hoa.get_by_role("button", name="Đăng nhập")).to_be_visible()
    admin.get_by_role("link", name="Thay đổi của tài khoản này").click()
    expect(admin.locator("tbody")).to_contain_text("Tạo tài khoản")
    expect(admin.locator("tbody")).to_contain_text("Khóa tài khoản")
    with admin.expect_download() as download:
        admin.get_by_role("button", name="Xuất CSV").click()
    assert "operator_created" not in download.value.path().read_text(encoding="utf-8-sig")
    assert "Khóa tài khoản" in download.value.path().read_text(encoding="utf-8-sig")
