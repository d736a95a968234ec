"""The editors' whole story on the product as it runs in service.

A Word file that nobody prepared is brought in, a section corrected, approved by another, compared, published, asked for
in the web chat with its source, and taken back.
"""

import pytest
from playwright.sync_api import expect

from tests.e2e.chat.scenes import ask
from tests.e2e.console.test_whole_loop import enrols
from tests.e2e.console_scenes import DESK
from tests.e2e.editing_product import ANSWER_SECONDS, EditingProduct
from tests.fakes.accounts import PASSWORD
from tests.fakes.brought_files import letter_docx

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.model]
SLOW_MS, BUILD_MS = ANSWER_SECONDS * 1_000, 300_000
KNOWLEDGE = "/console/knowledge"
DIRECTIVE = f"{KNOWLEDGE}/directive/12-BHXH-CSXH"
QUESTION = "Công văn 12/BHXH-CSXH quy định trả kết quả cho người dân trong mấy ngày?"
ANSWER = "ba ngày làm việc kể từ ngày nhận đủ hồ sơ"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    """In place of the fake one of this folder: the same pages are opened on it."""
    product = EditingProduct(tmp_path_factory.mktemp("editing"))
    try:
        product.wait_until_ready()
        yield product
    finally:
        product.stop()


@pytest.fixture
def sign_in(open_page):
    def sign_in(login):
        page = open_page("/console", DESK)
        page.set_default_timeout(SLOW_MS)
        page.get_by_label("Tên đăng nhập").fill(login)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        if "authenticator" in page.url:
            enrols(page)
        return page

    return sign_in


def soon(locator):
    """The product answers in its own time."""
    expect(locator.first).to_be_visible(timeout=SLOW_MS)


def answered(citizen, question):
    """Asks, and gives the text of the answer that comes."""
    before = citizen.locator(".message-assistant").count()
    ask(citizen, question)
    counted = "count => document.querySelectorAll('.message-assistant').length > count"
    citizen.wait_for_function(counted, arg=before, timeout=SLOW_MS)
    citizen.wait_for_timeout(1_000)
    return citizen.locator(".message-assistant").last.inner_text()


def until_answer(citizen, holds):
    """The action servers follow within seconds: asks again until what is said `holds`, a few times at most."""
    for _ in range(5):
        text = answered(citizen, QUESTION)
        if holds(text):
            return text
        citizen.wait_for_timeout(2_000)
    raise AssertionError(text)


def test_from_a_word_file_to_an_answer_and_back(gateway, sign_in, open_page, shoot):
    citizen, long = open_page("/"), sign_in("bui.long")
    citizen.set_default_timeout(SLOW_MS)
    assert ANSWER not in answered(citizen, QUESTION)

    long.goto(f"{gateway.url}{KNOWLEDGE}/imports")
    long.get_by_label("Văn bản").check()
    file = {"name": "cong van 12.docx", "mimeType": "application/octet-stream", "buffer": letter_docx()}
    long.get_by_label("Tệp (tối đa").set_input_files(file)
    long.get_by_role("button", name="Tải lên và đọc thử").click()
    soon(long.get_by_role("heading", name="Cấu trúc"))
    long.get_by_role("link", name="Sửa dòng 10", exact=True).click()
    long.get_by_label("Dòng 10 là").select_option("heading")
    long.get_by_label("Cấp (nếu").select_option("number")
    long.get_by_label("Số", exact=True).fill("3")
    long.get_by_role("button", name="Áp dụng").click()
    soon(long.get_by_text("Đã áp dụng và đọc lại toàn văn."))
    long.get_by_role("button", name="Tạo bản nháp").click()
    long.wait_for_url(f"**{DIRECTIVE}*")

    section = long.locator("details", has=long.locator('input[name="section"][value="3"]'))
    section.locator("summary").click()
    section.locator("textarea").fill(QUESTION)
    section.get_by_role("button", name="Lưu câu hỏi mẫu").click()
    soon(long.get_by_text("Đã lưu bản nháp."))
    long.get_by_role("button", name="Trình duyệt bản đã lưu").click()
    soon(long.get_by_text("Đã trình duyệt."))

    mai = sign_in("dang.mai")
    mai.goto(f"{gateway.url}{KNOWLEDGE}/review")
    mai.get_by_role("link", name="12/BHXH-CSXH").first.click()
    expect(mai.locator(".gate-counts")).to_be_visible(timeout=BUILD_MS)
    shoot(mai, "whole-editing-review")
    mai.get_by_role("button", name="Duyệt", exact=True).click()
    soon(mai.get_by_text("Đã duyệt."))
    mai.goto(f"{gateway.url}{KNOWLEDGE}/releases/new")
    mai.get_by_role("button", name="Lập bản thử và so sánh").click()
    expect(mai.locator(".gate-counts")).to_be_visible(timeout=BUILD_MS)
    reason = mai.get_by_label("Lý do vẫn phát hành")
    if reason.count():
        reason.fill("Đã xem từng câu đổi, đúng như mong muốn.")
    mai.get_by_role("button", name="Phát hành ngay").click()
    soon(mai.get_by_text("Đã phát hành."))

    said = until_answer(citizen, lambda text: ANSWER in text)
    assert "12/BHXH-CSXH" in said
    shoot(citizen, "whole-editing-answer")

    mai.goto(f"{gateway.url}{KNOWLEDGE}/releases")
    mai.get_by_role("link", name="Quay lại bản này").first.click()
    mai.get_by_label("Lý do").fill("Thử quay lại bản trước cho chắc.")
    mai.get_by_role("button", name="Quay lại bản này").click()
    soon(mai.get_by_text("Đã quay lại bản trước."))
    until_answer(citizen, lambda text: ANSWER not in text)
