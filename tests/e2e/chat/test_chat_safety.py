"""Words from outside stay words: no markup, no script, no address but ours and https."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.chat.scenes import CITATION, CITED_ANSWER, ask, assistant_messages, citizen_messages

pytestmark = pytest.mark.browser
ATTACKS = [
    "<script>window.attacked = true</script>",
    "<img src=x onerror='window.attacked = true'>",
    "<svg onload='window.attacked = true'></svg>",
    "[bấm đây](javascript:window.attacked=true)",
    "javascript:window.attacked=true",
    "- <b onmouseover='window.attacked = true'>đậm</b>",
    "https://example.vn/\"onmouseover='window.attacked=true'",
    "{{constructor.constructor('window.attacked = true')()}}",
]


def test_markup_from_a_citizen_is_shown_as_it_was_typed(chat):
    for attack in ATTACKS:
        ask(chat, attack)
    expect(citizen_messages(chat).locator(".message-text")).to_have_text(ATTACKS)
    expect(citizen_messages(chat).locator(".message-text *")).to_have_count(0)
    assert chat.evaluate("window.attacked") is None


def test_markup_in_an_answer_becomes_nothing_but_text_and_safe_links(chat, site):
    for count, attack in enumerate(ATTACKS, start=1):
        button = {"title": attack, "payload": "x"}
        citation = CITATION | {"label": attack, "validity": attack, "url": attack, "date": attack}
        site.backend.answers["hỏi"] = [{"text": attack, "citations": [citation], "buttons": [button]}]
        ask(chat, "hỏi")
        expect(assistant_messages(chat)).to_have_count(count)
    message = assistant_messages(chat)
    tags = set(message.locator(".message-text *").evaluate_all("all => all.map(e => e.tagName)"))
    assert tags <= {"P", "UL", "LI", "A"}
    for address in message.locator("a[href]").evaluate_all("all => all.map(e => e.href)"):
        assert address.startswith(("https://", site.url + "/", "tel:"))
    assert chat.evaluate("window.attacked") is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://example.vn/", "", " "])
def test_a_citation_with_an_unsafe_address_is_no_link(chat, site, url):
    site.backend.answers["hỏi"] = [CITED_ANSWER | {"citations": [CITATION | {"url": url}]}]
    ask(chat, "hỏi")
    expect(chat.locator(".source-link")).to_contain_text("Điểm e mục 1")
    assert chat.locator(".source-link").get_attribute("href") is None


def test_a_citation_of_another_site_opens_in_its_own_tab_and_says_so(chat, site):
    citation = CITATION | {"url": "https://dichvucong.baohiemxahoi.gov.vn/"}
    site.backend.answers["hỏi"] = [CITED_ANSWER | {"citations": [citation]}]
    ask(chat, "hỏi")
    link = chat.locator(".source-link")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_contain_text("(mở trong thẻ mới)")


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Xem https://dichvucong.gov.vn.", ["https://dichvucong.gov.vn/"]),
        ("Xem (https://dichvucong.gov.vn/a?b=c), 1900.9068!", ["https://dichvucong.gov.vn/a?b=c", "tel:19009068"]),
        ("Toàn văn: /van-ban/999-BHXH-VP.", ["/van-ban/999-BHXH-VP"]),
        ("Xem http://example.vn và //example.vn", []),
        ("Công văn 288/BHXH-VP, và/hoặc 595/QĐ-BHXH", []),
    ],
)
def test_addresses_in_an_answer_become_links(chat, site, text, addresses):
    site.backend.answers["hỏi"] = [{"text": text}]
    ask(chat, "hỏi")
    expect(assistant_messages(chat)).to_have_count(1)
    links = chat.locator(".message-assistant .message-text a").evaluate_all("all => all.map(e => e.href)")
    assert [link.removeprefix(site.url) for link in links] == addresses
    expect(chat.locator(".message-assistant .message-text")).to_have_text(text)


def test_an_address_typed_by_a_citizen_is_no_link(chat):
    ask(chat, "https://example.vn")
    expect(assistant_messages(chat)).to_have_count(1)
    expect(citizen_messages(chat).locator("a")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/van-ban/999-BHXH-VP", "/hoi-dap/cap-lai-the", "/van-ban/khong-co"])
def test_pages_allow_nothing_inline_and_nothing_from_elsewhere(site, path):
    answer = httpx.get(site.url + path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "//" not in policy
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    assert " onclick" not in answer.text


@pytest.mark.parametrize("section", ["<script>alert(1)</script>", "'\"><img src=x>", "khong-co"])
def test_a_made_up_section_is_named_nowhere_on_the_page(site, section):
    answer = httpx.get(f"{site.url}/van-ban/999-BHXH-VP", params={"doan": section})
    assert answer.status_code == 200
    assert section not in answer.text
    assert "Không tìm thấy đoạn được dẫn" in answer.text
