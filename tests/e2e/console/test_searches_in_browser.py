"""Searching in a browser, with scripts and without: what is typed stands in no address that the browser asks for."""

from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import expect

from desk.database import writing
from desk.tickets.ticket import TicketRequest, file_ticket
from tests.e2e.console.test_tickets_in_browser import PORTRAIT, assert_accessible
from tests.e2e.console_scenes import DESK, WANTS_PERSON, rows
from tests.fakes.gateway import now
from tests.fakes.ticket_desk import key_of
from tests.fakes.tickets import RULES

pytestmark = pytest.mark.browser
CONTACT = "0900000001"
SAID = "thai sản"


@pytest.fixture
def waiting(gateway):
    for number, (citizen, words) in enumerate((("an", f"Tôi hỏi về {SAID}"), ("ba", "Tôi hỏi về hưu trí")), start=1):
        gateway.dialogue.will(WANTS_PERSON)
        gateway.hears(citizen, number, words)


@pytest.fixture
def filed(gateway):
    """More than one page of them."""
    with writing(gateway.engine) as connection:
        for number in range(27):
            asked = TicketRequest(f"r-{number}", name="Nguyễn Văn Thử", contact=CONTACT, question="Bao giờ có sổ?")
            file_ticket(connection, key_of(f"an{number}"), asked, now(), RULES)


@pytest.fixture
def asked():
    """Addresses that a page has asked for since it was given to this."""
    addresses = []

    def watch(page):
        page.on("request", lambda request: addresses.append(unquote_plus(request.url)))
        return addresses

    return watch


def without_scripts(page, open_page, path):
    """The same person, in a browser that runs none."""
    return open_page(path, java_script_enabled=False, storage_state=page.context.storage_state())


def test_the_desk_asks_for_no_address_with_what_is_looked_for(waiting, operator, asked):
    lan = operator("lan")
    addresses = asked(lan)
    expect(rows(lan, "waiting")).to_have_count(2)
    lan.locator("#search").fill(SAID)
    expect(rows(lan, "waiting")).to_have_count(1)
    lan.locator("#search").press("Enter")
    lan.locator("#search").fill("")
    expect(rows(lan, "waiting")).to_have_count(2)
    lan.get_by_role("button", name="Nhận người kế tiếp").click()
    lan.locator("#suggest").click()
    lan.locator("#suggest-words").fill("rút một lần")
    lan.locator("#suggest-words").press("Enter")
    expect(lan.get_by_role("button", name="Chèn gợi ý")).to_be_visible()
    assert any("/worklist" in address for address in addresses)
    assert [each for each in addresses if SAID in each or "một lần" in each or "csrf" in each] == []


def test_a_refused_search_is_said(waiting, operator):
    lan = operator("lan")
    lan.evaluate("document.querySelector('meta[name=csrf]').content = 'x'")
    lan.locator("#search").fill(SAID)
    expect(lan.locator(".toast.is-error")).to_be_visible()


def test_the_desk_searches_without_scripts(waiting, operator, open_page, asked, shoot):
    lan = operator("lan")
    expect(rows(lan, "waiting")).to_have_count(2)
    plain = without_scripts(lan, open_page, "/console/desk")
    addresses = asked(plain)
    plain.locator("#search").fill(SAID)
    plain.get_by_role("button", name="Lọc").click()
    expect(rows(plain, "waiting")).to_have_count(1)
    expect(plain.locator("#search")).to_have_value(SAID)
    shoot(plain, "console-search-plain")
    plain.get_by_role("link", name="Bỏ lọc").click()
    expect(rows(plain, "waiting")).to_have_count(2)
    assert [each for each in addresses if SAID in each] == []


@pytest.mark.parametrize("viewport", [DESK, PORTRAIT], ids=["desk", "tablet"])
def test_tickets_are_searched_and_turned_over(gateway, filed, operator, asked, shoot, viewport):
    lan = operator("lan", viewport)
    lan.goto(f"{gateway.url}/console/tickets")
    addresses = asked(lan)
    lan.get_by_label("Tìm", exact=True).fill(CONTACT)
    lan.get_by_role("button", name="Lọc").click()
    expect(lan.get_by_label("Tìm", exact=True)).to_have_value(CONTACT)
    expect(lan.locator(".ticket-row")).to_have_count(25)
    shoot(lan, f"console-ticket-search-{viewport['width']}")
    lan.get_by_role("button", name="Trang sau").click()
    expect(lan.locator(".ticket-row")).to_have_count(2)
    assert_accessible(lan)
    lan.get_by_role("button", name="Trang trước").scroll_into_view_if_needed()
    shoot(lan, f"console-ticket-search-foot-{viewport['width']}")
    lan.get_by_role("button", name="Trang trước").click()
    expect(lan.locator(".ticket-row")).to_have_count(25)
    lan.get_by_role("link", name="Bỏ lọc").click()
    expect(lan.get_by_role("link", name="Trang sau")).to_be_visible()
    assert [each for each in addresses if CONTACT in each or "csrf" in each] == []
