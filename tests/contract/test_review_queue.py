"""The queue of the approvers has pages, however much waits."""

import pytest

from desk.database import writing
from editing.bodies.faq import FaqBody
from editing.drafting import NewFaq, new_faq
from editing.version import VersionState, knowledge_versions
from tests.fakes.editors import APPROVER, editors_site, people
from tests.fakes.gateway import now
from tests.fakes.lifecycle import AN

pytestmark = pytest.mark.page
PAGE = "/console/knowledge/review"


@pytest.fixture
def site(engine):
    with editors_site(engine) as made:
        with writing(engine) as connection:
            for number in range(120):
                new = NewFaq("Thử", FaqBody(question=f"Câu hỏi số {number:03}?"), f"cau-{number:03}")
                made_id = new_faq(connection, new, AN, now()).id
                state = VersionState.SUBMITTED if number < 60 else VersionState.APPROVED
                one = knowledge_versions.c.id == made_id
                connection.execute(knowledge_versions.update().where(one).values(state=state.value, submitted_at=now()))
        yield made


def shown(page):
    return [f"{number:03}" for number in range(120) if f"Câu hỏi số {number:03}?" in page.text]


@pytest.mark.parametrize(
    ("query", "submitted", "approved"),
    [
        ("", (0, 50), (60, 110)),
        ("?page=2", (50, 60), (60, 110)),
        ("?page=2&approved=2", (50, 60), (110, 120)),
        ("?page=99&approved=x", (50, 60), (60, 110)),
        ("?page=0", (0, 50), (60, 110)),
    ],
)
async def test_each_list_turns_its_own_pages(site, query, submitted, approved):
    async with people(site, "mai", APPROVER) as mai:
        page = await mai.get(PAGE + query)
    assert shown(page) == [f"{number:03}" for bounds in (submitted, approved) for number in range(*bounds)]


async def test_a_page_leads_to_the_next_and_keeps_that_of_the_other_list(site):
    async with people(site, "mai", APPROVER) as mai:
        page = (await mai.get(f"{PAGE}?approved=2")).text
    assert ('href="?page=2&amp;approved=2"' in page, 'href="?page=1&amp;approved=1"' in page) == (True, True)
    assert ("60 mục · trang 1/2" in page, "60 mục · trang 2/2" in page) == (True, True)
