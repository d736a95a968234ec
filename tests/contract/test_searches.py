"""What an operator looks for may be a name, a number, a citizen's words: it is posted, and stands in no address."""

import re
from datetime import timedelta

import pytest

from desk.accounts.session import operator_sessions
from desk.database import reading, writing
from desk.tickets.late_dossier import LateDossier
from desk.tickets.ticket import TicketKind
from tests.fakes.calendar import day
from tests.fakes.gateway import now
from tests.fakes.ticket_desk import CONTACT, SECRET_NUMBER, TicketSite

TICKETS, DESK, WORKLIST = "/console/tickets", "/console/desk", "/console/worklist"
DOSSIER = LateDossier("G22.99.00-261101-0001", "BHXH cơ sở Thử Nghiệm", day("2026-11-10"))
OTHER = "Lê Thị Khác"
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def site(engine):
    made = TicketSite(engine)
    yield made
    made.close()


@pytest.fixture
async def lan(site):
    return site.operator()


def codes(page):
    assert page.status_code == 200, page.text
    return re.findall(r"<code>(BHXH-[A-Z0-9-]+)</code>", page.text)


def addresses(page):
    return re.findall(r'(?:href|action)="([^"]*)"', page.text)


class TestTickets:
    @pytest.fixture
    def filed(self, site):
        return {
            "percent": site.file(question="Chờ lâu 100%_"),
            "dossier": site.file(TicketKind.LATE_DOSSIER, dossier=DOSSIER, name=OTHER),
        }

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ({"words": "100%_"}, {"percent"}),
            ({"words": f"  {OTHER}  "}, {"dossier"}),
            ({"words": "g22.99.00-261101"}, {"dossier"}),
            ({"words": CONTACT}, {"percent", "dossier"}),
            ({"words": CONTACT, "kind": "message"}, {"percent"}),
            ({"words": "' OR 1=1 --"}, set()),
            ({"words": "a" * 5_000, "state": "\x00", "page": "-1"}, set()),
        ],
    )
    async def test_what_is_looked_for_is_found(self, lan, filed, typed, names):
        assert set(codes(await lan.post(TICKETS, **typed))) == {filed[name].case_code for name in names}

    async def test_it_stays_in_the_form_and_stands_in_no_address(self, lan, filed):
        page = await lan.post(TICKETS, words=CONTACT)
        assert f'name="words" value="{CONTACT}"' in page.text
        assert [address for address in addresses(page) if "words" in address] == []

    async def test_an_address_with_anything_but_a_case_code_looks_for_nothing(self, lan, filed):
        page = await lan.page(f"{TICKETS}?words={CONTACT}x")
        assert len(codes(page)) == 2
        assert CONTACT not in page.text

    @pytest.mark.parametrize("words", ["", "  "])
    async def test_filters_alone_lead_to_an_address_that_can_be_kept(self, lan, filed, words):
        answer = await lan.post(TICKETS, words=words, kind="message")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{TICKETS}?kind=message&page=1")

    async def test_so_does_a_case_code(self, lan, filed):
        code = filed["percent"].case_code
        answer = await lan.post(TICKETS, words=code)
        assert answer.status_code == 303
        assert codes(await lan.page(answer.headers["location"])) == [code]

    async def test_but_no_name_that_reads_like_a_code_without_its_prefix(self, lan):
        assert (await lan.post(TICKETS, words="Tran Dang")).status_code == 200

    async def test_pages_follow_each_other_without_an_address(self, site, lan):
        for number in range(27):
            site.file(citizen=f"an{number}")
        first = await lan.post(TICKETS, words=CONTACT, kind="message")
        (form,) = re.findall(r'<form method="post" action="/console/tickets">(.*?)</form>', first.text, re.DOTALL)
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        assert fields == {"csrf": lan.csrf, "kind": "message", "words": CONTACT}
        (page,) = re.findall(r'name="page" value="(\d+)"', form)
        second = await lan.post(TICKETS, **fields, page=page)
        assert (len(codes(first)), len(codes(second))) == (25, 2)
        assert set(codes(first)).isdisjoint(codes(second))

    async def test_nothing_found_says_why_and_runs_no_markup(self, lan):
        page = await lan.post(TICKETS, words=HOSTILE)
        assert "Phiếu đã kết thúc chỉ hiện khi chọn" in page.text
        assert "<script>alert" not in page.text


class TestDesk:
    @pytest.fixture
    def waiting(self, site):
        site.citizen_waits("Tôi hỏi về thai sản", "an")
        site.citizen_waits("Tôi hỏi về hưu trí", "ba", channel="zalo_oa")

    @pytest.mark.parametrize("path", [DESK, WORKLIST])
    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ({"words": "thai sản"}, [True, False]),
            ({"words": "hỏi", "channel": "zalo_oa"}, [False, True]),
            ({"channel": "web"}, [True, False]),
            ({"words": HOSTILE}, [False, False]),
            ({"words": "\x00" + "a" * 5_000}, [False, False]),
            ({}, [True, True]),
        ],
    )
    async def test_what_is_looked_for_is_found(self, lan, waiting, path, typed, found):
        page = await lan.post(path, **typed)
        assert page.status_code == 200
        shown = re.sub(r"<input[^>]*>", "", page.text)
        assert [words in shown for words in ("về thai sản", "về hưu trí")] == found
        assert "<script>alert" not in page.text

    @pytest.mark.parametrize("path", [DESK, WORKLIST])
    async def test_an_address_filters_but_looks_for_nothing(self, lan, waiting, path):
        page = (await lan.page(f"{path}?words=thai&channel=zalo_oa")).text
        assert "về thai sản" not in page
        assert "về hưu trí" in page
        assert 'value="thai"' not in page

    async def test_a_page_without_scripts_posts_its_search(self, lan, waiting):
        page = await lan.post(DESK, words="thai sản")
        (form,) = re.findall(r'<form class="filters".*?</form>', page.text, re.DOTALL)
        assert 'method="post" action="/console/desk"' in form
        assert lan.csrf in form
        assert "<noscript><button" in form
        assert 'value="thai sản"' in form

    async def test_a_list_that_refreshes_itself_keeps_no_session_alive(self, site, lan, waiting):
        earlier = now() - timedelta(minutes=20)
        with writing(site.engine) as connection:
            connection.execute(operator_sessions.update().values(seen_at=earlier))
        await lan.post(WORKLIST, words="thai sản")
        with reading(site.engine) as connection:
            assert connection.execute(operator_sessions.select()).one().seen_at == earlier
        await lan.post(DESK, words="thai sản")
        with reading(site.engine) as connection:
            assert connection.execute(operator_sessions.select()).one().seen_at > earlier


async def test_identifiers_stay_masked_in_what_is_found(site, lan):
    site.citizen_waits(f"CCCD {SECRET_NUMBER} của tôi", "an")
    for path in (DESK, WORKLIST):
        page = (await lan.post(path, words="CCCD")).text
        assert "•••890" in page
        assert SECRET_NUMBER not in page


async def test_suggestions_take_no_question_from_an_address(site, lan):
    episode = site.citizen_waits("Tôi hỏi về thai sản", "an")
    path = f"/console/conversations/{episode}/suggestions"
    assert (await lan.page(f"{path}?question=x")).status_code == 405
    found = await lan.post(f"{path}?question=x", question="một lần")
    assert 'value="một lần"' in found.text
