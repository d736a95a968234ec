"""Citations lead to the passage in its document; the document pages stand by themselves."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.chat.conftest import DESKTOP, PHONE
from tests.e2e.chat.scenes import CITED_ANSWER, QUESTION, ask, assistant_messages

pytestmark = pytest.mark.browser
CITED = "/van-ban/999-BHXH-VP?doan=1.e"


@pytest.fixture
def ask_cited(open_page, site):
    def on(viewport):
        site.backend.answers[QUESTION] = [CITED_ANSWER]
        page = open_page(viewport=viewport)
        ask(page, QUESTION)
        expect(assistant_messages(page)).to_have_count(1)
        return page

    return on


def test_on_a_desktop_a_citation_opens_beside_the_conversation(ask_cited, shoot):
    page = ask_cited(DESKTOP)
    page.get_by_role("link", name="Điểm e mục 1").click()
    panel = page.get_by_role("complementary", name="Văn bản được dẫn")
    expect(panel.locator(".is-cited")).to_be_in_viewport()
    expect(panel.locator(".is-cited")).to_contain_text("e) Cấp, đổi, gia hạn thẻ")
    expect(assistant_messages(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"]
    shoot(page, "panel-1280")


def test_closing_the_panel_returns_to_the_citation(ask_cited):
    page = ask_cited(DESKTOP)
    link = page.get_by_role("link", name="Điểm e mục 1")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Văn bản được dẫn")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary")).to_be_hidden()
    expect(link).to_be_focused()


def test_on_a_phone_a_citation_opens_its_page_and_the_conversation_waits(ask_cited, shoot):
    page = ask_cited(PHONE)
    page.get_by_role("link", name="Điểm e mục 1").click()
    expect(page.locator(".is-cited")).to_be_in_viewport()
    shoot(page, "document-cited-360")
    page.get_by_role("link", name="Về trò chuyện").click()
    expect(assistant_messages(page)).to_have_count(1)


def test_a_faq_citation_opens_its_legal_basis(ask_cited):
    page = ask_cited(DESKTOP)
    page.get_by_role("link", name="Điều 11 Nghị định").click()
    panel = page.get_by_role("complementary", name="Văn bản được dẫn")
    expect(panel).to_contain_text("Nghị định 000/2025/NĐ-CP, Điều 11")


def test_a_document_that_cannot_be_had_is_said_so(ask_cited, site):
    page = ask_cited(DESKTOP)
    page.route("**/van-ban/**", lambda route: route.abort())
    page.get_by_role("link", name="Điểm e mục 1").click()
    expect(page.get_by_text("Không mở được văn bản.")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_document_page_fits(open_page, shoot, viewport):
    page = open_page("/van-ban/999-BHXH-VP", viewport=viewport)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    shoot(page, f"document-{viewport['width']}")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_faq_page_fits(open_page, shoot, viewport):
    page = open_page("/hoi-dap/cap-lai-the", viewport=viewport)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    shoot(page, f"faq-{viewport['width']}")


REAL = ("288-BHXH-VP", "24-QD-BHXH", "09-BHXH-TDKT", "771-BHXH-TTKT", "1568-BHXH-PC")


@pytest.mark.parametrize("slug", REAL)
def test_every_directive_of_the_product_fits(open_page, slug, shoot):
    page = open_page(f"/van-ban/{slug}", viewport=DESKTOP)
    expect(page.locator(".block").first).to_be_visible()
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        shoot(page, f"{slug}-{viewport['width']}")


def test_a_row_of_the_real_annex_is_found(open_page, shoot):
    page = open_page("/van-ban/24-QD-BHXH?doan=Ph%E1%BB%A5+l%E1%BB%A5c+V.6")
    expect(page.locator("tr.is-cited")).to_have_count(1)
    expect(page.locator("tr.is-cited")).to_be_in_viewport()
    shoot(page, "annex-1280")


def test_a_cited_row_of_a_table_is_highlighted(open_page, shoot):
    page = open_page("/van-ban/999-BHXH-VP?doan=Ph%E1%BB%A5+l%E1%BB%A5c+I.2")
    row = page.locator("tr.is-cited")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("Nâng cao chất lượng")
    shoot(page, "document-row-1280")


def test_the_cited_passage_is_shown_without_javascript(open_page):
    page = open_page(CITED + "#doan-1-e", java_script_enabled=False)
    expect(page.locator(".is-cited")).to_be_in_viewport()


def test_the_chat_without_javascript_gives_the_hotline(open_page):
    page = open_page(java_script_enabled=False)
    expect(page.get_by_text("Trang trò chuyện cần JavaScript")).to_be_visible()
    expect(page.locator(".notice a[href='tel:19009068']")).to_be_visible()


def test_no_request_leaves_the_site(ask_cited, site):
    page = ask_cited(DESKTOP)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="Điểm e mục 1").click()
    expect(page.locator(".is-cited")).to_be_in_viewport()
    page.reload()
    expect(assistant_messages(page)).to_have_count(1)
    assert [url for url in asked if not url.startswith(site.url)] == []
    assert len(asked) > 5


def test_people_who_follow_a_dead_link_get_a_page_and_programs_get_json(site):
    person = httpx.get(f"{site.url}/khong-co", headers={"Accept": "text/html"})
    program = httpx.get(f"{site.url}/khong-co", headers={"Accept": "application/json"})
    assert person.status_code == program.status_code == 404
    assert "Không tìm thấy trang này" in person.text
    assert program.json() == {"detail": "Not Found"}
