from datetime import date

import httpx
import pytest
from fastapi import FastAPI

from console.chat.documents import Block, BlockRole, DirectiveView, FaqView, LegalBasisView
from console.chat.pages import build_pages
from console.chat.routes import IMMUTABLE, add_not_found_page, build_chat_router

TODAY = date(2026, 11, 22)
DIRECTIVE = DirectiveView(
    slug="999-BHXH-VP",
    number="999/BHXH-VP",
    kind="Công văn",
    subject="V/v thử <b>đậm</b>",
    issuer="Cơ quan thử",
    issued_on=date(2024, 1, 31),
    signer="Nguyễn Văn Thử",
    signer_title="",
    addressees=(),
    effective_from=date(2024, 1, 31),
    effective_to=None,
    validity_note="",
    blocks=(
        Block("p1", "1", "mục 1", BlockRole.PARAGRAPH, 1, "Đoạn một."),
        Block("p2", "2", "mục 2", BlockRole.PARAGRAPH, 1, "Đoạn hai."),
        Block("p3", "2", "mục 2", BlockRole.PARAGRAPH, 1, "Đoạn ba."),
    ),
)


def faq(effective_from=None, effective_to=None, review_by=date(2027, 1, 1)):
    basis = LegalBasisView("Luật thử", "Điều 1", effective_from, effective_to)
    return FaqView("hoi", "Thử", "Hỏi?", "Đáp.", (basis,), ("citizen",), False, review_by, ())


class OneOfEach:
    def __init__(self, entry):
        self.entry = entry

    def directive(self, slug):
        return DIRECTIVE if slug == DIRECTIVE.slug else None

    def faq(self, faq_id):
        return self.entry if faq_id == "hoi" else None


@pytest.fixture(scope="module")
def pages():
    return build_pages(2_000)


@pytest.fixture
def browse(pages):
    async def get(path, entry=None, **headers):
        app = FastAPI()
        app.include_router(build_chat_router(pages, OneOfEach(entry or faq()), lambda: TODAY))
        add_not_found_page(app, pages)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.get(path, headers=headers)

    return get


async def test_the_chat_page_is_not_kept_by_caches(browse):
    answer = await browse("/")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


async def test_every_file_that_the_chat_page_names_exists_and_may_be_kept(browse, pages):
    page = (await browse("/")).text
    named = [name for name in pages.assets.files if f"/{name}" in page]
    assert len(named) > 5
    for name in named:
        answer = await browse(pages.assets.path(name))
        assert (answer.status_code, answer.headers["cache-control"]) == (200, IMMUTABLE)


async def test_a_page_from_before_an_update_gets_the_file_but_may_not_keep_it(browse):
    answer = await browse("/static/chat/000000000000/js/main.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["%2e%2e/pages.py", "js/khong-co.js", "css/%2e%2e/%2e%2e/texts.yml"])
async def test_nothing_but_the_static_files_is_served(browse, name):
    assert (await browse(f"/static/chat/x/{name}")).status_code == 404


async def test_every_block_of_the_cited_section_is_marked(browse):
    page = (await browse("/van-ban/999-BHXH-VP?doan=2")).text
    assert page.count("is-cited") == 2
    assert page.count("Bắt đầu đoạn được dẫn.") == 1


async def test_without_a_section_nothing_is_marked(browse):
    page = (await browse("/van-ban/999-BHXH-VP")).text
    assert "is-cited" not in page
    assert "Không tìm thấy đoạn" not in page


async def test_an_unknown_section_shows_the_document_and_says_so(browse):
    answer = await browse("/van-ban/999-BHXH-VP?doan=9")
    assert answer.status_code == 200
    assert "Không tìm thấy đoạn được dẫn" in answer.text


async def test_the_words_of_a_document_are_never_markup(browse):
    assert "V/v thử &lt;b&gt;đậm&lt;/b&gt;" in (await browse("/van-ban/999-BHXH-VP")).text


async def test_an_internal_letter_is_not_called_in_force(browse):
    assert "Đang có hiệu lực" not in (await browse("/van-ban/999-BHXH-VP")).text


async def test_a_section_too_long_to_be_one_is_refused(browse):
    assert (await browse("/van-ban/999-BHXH-VP?doan=" + "a" * 101)).status_code == 422


@pytest.mark.parametrize("path", ["/van-ban/khong-co", "/hoi-dap/khong-co", "/khong-co"])
async def test_a_dead_link_gives_people_a_page(browse, path):
    answer = await browse(path, accept="text/html")
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.text


@pytest.mark.parametrize(
    ("effective_from", "effective_to", "words"),
    [
        (date(2025, 7, 1), None, "Đang có hiệu lực, từ ngày 01/07/2025"),
        (date(2025, 7, 1), date(2027, 6, 30), "Đang có hiệu lực, từ ngày 01/07/2025 đến ngày 30/06/2027"),
        (date(2025, 7, 1), TODAY, "Đang có hiệu lực, từ ngày 01/07/2025 đến ngày 22/11/2026"),
        (date(2018, 1, 1), date(2026, 11, 21), "Hết hiệu lực sau ngày 21/11/2026"),
        (date(2027, 1, 1), None, "Có hiệu lực từ ngày 01/01/2027"),
    ],
)
async def test_a_legal_basis_says_whether_it_is_in_force_today(browse, effective_from, effective_to, words):
    assert words in (await browse("/hoi-dap/hoi", faq(effective_from, effective_to))).text


async def test_a_legal_basis_without_dates_claims_nothing(browse):
    assert "hiệu lực" not in (await browse("/hoi-dap/hoi", faq())).text


async def test_an_answer_past_its_review_says_so(browse):
    assert "Đã quá hạn rà soát" in (await browse("/hoi-dap/hoi", faq(review_by=date(2026, 11, 21)))).text


async def test_every_page_allows_only_what_is_ours(browse):
    for path in ("/", "/van-ban/999-BHXH-VP", "/hoi-dap/hoi", "/van-ban/khong-co"):
        policy = (await browse(path)).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
