"""The slower of two editors of a directive sees what the other saved, beside what they typed. On both databases."""

import pytest

from desk.database import writing
from editing.document import DocumentKind
from tests.fakes.brought_files import LETTER
from tests.fakes.editors import EDITOR, editors_site, people, stored
from tests.fakes.knowledge_base import published_directive

pytestmark = pytest.mark.page
KEY, PAGE = "12-BHXH-CSXH", "/console/knowledge/directive/12-BHXH-CSXH"
TEXT = "\n".join(LETTER) + "\n"
FACTS = {"number": "12/BHXH-CSXH", "issued_on": "2026-10-05"}
THEIRS = "Người khác vừa lưu: "


@pytest.fixture
def site(engine):
    with editors_site(engine) as made:
        with writing(engine) as connection:
            published_directive(connection, KEY, TEXT, FACTS | {"wrapped": False})
        yield made


@pytest.fixture
async def long(site):
    async with people(site, "long", EDITOR) as keeper:
        await keeper.post(f"/console/knowledge/documents/{stored(site, KEY, DocumentKind.DIRECTIVE).document_id}/start")
        yield keeper


def seen(site):
    draft = stored(site, KEY, DocumentKind.DIRECTIVE)
    return {"version": draft.id, "revision": draft.revision}


@pytest.mark.parametrize(("path", "day"), [(PAGE, "live_to"), (f"{PAGE}/structure/facts", "effective_to")])
async def test_facts(site, long, path, day):
    before = seen(site)
    first = await long.post(path, **before, **FACTS, subject="Bản của họ", signer="Trần Văn B", **{day: "2027-12-31"})
    assert first.status_code == 303
    stale = await long.post(path, **before, **FACTS, subject="Bản của tôi", signer="Trần Văn B", **{day: ""})
    assert stale.status_code == 409
    assert ("Bản của tôi" in stale.text, f"{THEIRS}Bản của họ" in stale.text) == (True, True)
    assert f"{THEIRS}31/12/2027" in stale.text
    assert f"{THEIRS}Trần Văn B" not in stale.text
    again = await long.post(path, **seen(site), **FACTS, subject="Bản của tôi")
    assert again.status_code == 303


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/structure"])
async def test_sample_questions(site, long, path):
    before = seen(site)
    named = {"section": "1.a", "place": "3"}
    assert (await long.post(f"{path}/questions", **before, **named, questions="họ hỏi\nhọ hỏi nữa")).status_code == 303
    stale = await long.post(f"{path}/questions", **before, **named, questions="tôi hỏi")
    assert (stale.status_code, "tôi hỏi" in stale.text) == (409, True)
    assert f"{THEIRS}họ hỏi · họ hỏi nữa" in stale.text


async def test_nothing_is_said_of_others_where_something_else_was_wrong(site, long):
    page = await long.post(PAGE, **seen(site), **FACTS, effective_to="mai")
    assert (page.status_code, THEIRS in page.text) == (422, False)
