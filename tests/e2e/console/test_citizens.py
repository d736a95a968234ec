"""A supervisor finds a citizen, hands out what is held, and erases it; by mouse, by keyboard, without scripts."""

import io
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.privacy.archive import build_archive
from app.privacy.held import read_held
from app.privacy.texts import load_export_texts
from desk.accounts.role import Role
from desk.database import reading
from tests.e2e.chat.test_chat_accessibility import STANDARDS
from tests.e2e.console_scenes import DESK
from tests.fakes.console import add_colleague
from tests.fakes.stored import START
from tests.fakes.traces import Traces, found_in

pytestmark = pytest.mark.browser
TABLET = {"width": 820, "height": 1180}
REASON = "Đơn số 12 ngày 20/11/2026"


@pytest.fixture
def citizen(gateway):
    hoa = add_colleague(gateway.engine, "hoa", "Phạm Thị Hoa", (Role.SUPERVISOR,))
    return Traces(gateway.engine, hoa, words="Thử Riêng").leave()


@pytest.fixture
def at_citizens(gateway, operator):
    def come(viewport=DESK, **options):
        page = operator("hoa", viewport, **options)
        page.goto(f"{gateway.url}/console/citizens")
        return page

    return come


def assert_accessible(page):
    results = Axe().run(page, options=STANDARDS)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def search(page, words):
    page.get_by_label("Mã hồ sơ hỗ trợ, định danh").fill(words)
    page.get_by_role("button", name="Tìm", exact=True).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, TABLET], ids=["desk", "tablet"])
def test_find_export_erase(gateway, citizen, at_citizens, shoot, viewport, scheme):
    page = at_citizens(viewport, color_scheme=scheme)
    assert_accessible(page)
    shoot(page, f"citizens-empty-{viewport['width']}-{scheme}")
    search(page, "không có ai như vậy")
    expect(page.get_by_role("heading", name="Không tìm thấy")).to_be_visible()
    assert_accessible(page)
    search(page, citizen.code)
    expect(page.get_by_role("heading", name="Tìm thấy 1 cuộc trò chuyện")).to_be_visible()
    expect(page.locator(".citizen")).to_contain_text("•••556")
    page.get_by_text("Xuất dữ liệu", exact=True).click()
    page.get_by_text("Xóa dữ liệu", exact=True).click()
    assert_accessible(page)
    shoot(page, f"citizens-found-{viewport['width']}-{scheme}")

    page.get_by_label("Lý do xuất").fill(REASON)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Tải tệp ZIP").click()
    archive = zipfile.ZipFile(io.BytesIO(downloading.value.path().read_bytes()))
    assert citizen.words in archive.read("du-lieu.html").decode()

    page.get_by_label("Lý do xóa").fill(REASON)
    page.get_by_label("để xác nhận").fill("BHXH-2222-2222")
    page.get_by_role("button", name="Xóa vĩnh viễn").click()
    expect(page.get_by_role("alert")).to_contain_text("Mã xác nhận chưa đúng, dữ liệu chưa bị xóa.")
    expect(page.get_by_label("Lý do xóa")).to_have_value(REASON)
    assert_accessible(page)
    shoot(page, f"citizens-slip-{viewport['width']}-{scheme}")
    page.get_by_label("để xác nhận").fill(citizen.code)
    page.get_by_role("button", name="Xóa vĩnh viễn").click()
    expect(page.get_by_role("status")).to_contain_text("Đã xóa dữ liệu của công dân.")
    assert_accessible(page)
    assert "tickets" not in {table for table, _ in found_in(gateway.engine, citizen.markers)}


def test_by_keyboard_and_without_scripts(gateway, citizen, open_page):
    page = open_page("/console", java_script_enabled=False)
    page.get_by_label("Tên đăng nhập").fill("hoa")
    page.get_by_label("Mật khẩu").fill("Hoa-sen-no-2026-ben-ho")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mật khẩu")).to_have_count(0)
    page.goto(f"{gateway.url}/console/citizens")
    page.get_by_label("Mã hồ sơ hỗ trợ, định danh").focus()
    page.keyboard.type(citizen.code.lower())
    page.keyboard.press("Enter")
    page.get_by_text("Xóa dữ liệu", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(REASON)
    page.keyboard.press("Tab")
    page.keyboard.type(citizen.code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã xóa dữ liệu của công dân.")


def test_the_exported_page_reads_well(gateway, citizen, browser, shoot, tmp_path):
    with reading(gateway.engine) as connection:
        held = read_held(connection, citizen.id, '{"events": []}')
    archive = zipfile.ZipFile(io.BytesIO(build_archive(held, load_export_texts(), START)))
    archive.extractall(tmp_path)
    page = browser.new_page(viewport=TABLET)
    page.goto(f"file://{tmp_path}/du-lieu.html")
    assert_accessible(page)
    shoot(page, "citizens-export")
    page.close()
