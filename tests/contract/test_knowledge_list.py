"""The list of documents on both databases: what is found, how it is sorted, what each filter leaves."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from desk.database import writing
from editing.documents import DocumentFilter, DocumentOrder, count_documents, documents, set_owner, topics
from editing.history import knowledge_events
from editing.version import Standing
from tests.fakes.lifecycle import AN, BINH, ENTRY, TODAY, KnowledgeDesk

BIRTH, RATE = "faq/sinh-con-tro-cap", "parameter/muc_tham_chieu"
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def desk(engine):
    return KnowledgeDesk(engine)


def names(desk, limit=50, after=None, **wanted):
    filtered = DocumentFilter(**{"day": TODAY, **wanted})
    found = desk.read(documents, filtered, limit, after)
    if limit == 50 and not after:
        assert desk.read(count_documents, filtered) == len(found)
    return [one.document.name for one in found]


def test_all_documents_come_by_kind_topic_and_place(desk):
    assert names(desk) == [ENTRY, BIRTH, RATE]
    assert desk.read(topics) == ("BHXH một lần", "Thai sản")


def test_pages_follow_each_other(desk):
    assert [names(desk, 1, after) for after in range(4)] == [[ENTRY], [BIRTH], [RATE], []]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rut mot lan", [ENTRY]),
        ("RÚT  một-lần?", [ENTRY]),
        ("nghỉ việc một lần", [ENTRY]),
        ("rut bhxh 1 lan", [ENTRY]),
        ("tham chieu", [BIRTH, RATE]),
        ("muc_tham_chieu", [BIRTH, RATE]),
        ("%", []),
        ("_", []),
        ("'; DROP TABLE knowledge_documents; --", []),
        ("   ", [ENTRY, BIRTH, RATE]),
    ],
)
def test_words_are_found_with_or_without_diacritics(desk, text, found):
    assert names(desk, text=text) == found


def test_a_draft_is_found_by_its_own_words_and_stands_beside_what_is_live(desk):
    desk.save(desk.draft(), "Chữ chỉ có trong bản soạn: đối soát.")
    (listed,) = desk.read(documents, DocumentFilter(TODAY, text="doi soat"), 10)
    assert (listed.live.number, listed.open.number, listed.shown.number) == (1, 2, 1)


def test_each_standing_leaves_its_own(desk):
    submitted = desk.submit(desk.save(desk.draft()))
    assert names(desk, standing=Standing.SUBMITTED) == [ENTRY]
    assert names(desk, standing=Standing.DRAFT) == []
    assert names(desk, standing=Standing.LIVE) == [ENTRY, BIRTH, RATE]
    desk.reject(submitted)
    assert names(desk, standing=Standing.REJECTED) == [ENTRY]


def test_scheduled_expired_and_withdrawn_are_told_by_the_day(desk):
    desk.published(ENTRY, live_from=NEW_YEAR)
    desk.published(BIRTH, "Mức mới.", live_to=NEW_YEAR)
    after = NEW_YEAR + timedelta(days=1)
    assert names(desk, standing=Standing.SCHEDULED) == [ENTRY]
    assert names(desk, standing=Standing.SCHEDULED, day=after) == []
    assert names(desk, standing=Standing.EXPIRED) == []
    assert names(desk, standing=Standing.EXPIRED, day=after) == [BIRTH]
    assert names(desk, expires_until=NEW_YEAR) == [BIRTH]
    desk.publish(desk.built(desk.request(desk.withdrawal(BIRTH))))
    assert names(desk, standing=Standing.WITHDRAWN) == [BIRTH]


def test_what_is_due_for_review_and_whose_it_is(desk):
    assert names(desk, review_until=date(2026, 12, 1)) == [BIRTH]
    assert names(desk, order=DocumentOrder.REVIEW_BY)[0] == BIRTH
    desk.write(set_owner, desk.document(BIRTH).id, 2, AN, desk.now)
    assert names(desk, owner_id=2) == [BIRTH]


def test_an_approver_sees_what_somebody_else_submitted(desk):
    desk.submit(desk.save(desk.draft()))
    mine = {"standing": Standing.SUBMITTED, "not_written_by": AN.operator_id}
    assert names(desk, **mine) == []
    assert names(desk, **{**mine, "not_written_by": BINH.operator_id}) == [ENTRY]


def test_named_documents_alone(desk):
    assert names(desk, names=(BIRTH, "faq/none")) == [BIRTH]
    assert names(desk, names=()) == []


def test_what_changed_last_comes_first(desk):
    desk.draft(BIRTH)
    assert names(desk, order=DocumentOrder.CHANGED)[0] == BIRTH
    assert names(desk, order=DocumentOrder.TITLE)[0] == ENTRY


@pytest.mark.parametrize("change", [update(knowledge_events).values(actor="nobody"), delete(knowledge_events)])
def test_the_history_cannot_be_changed(desk, change):
    desk.draft()
    with pytest.raises(DBAPIError), writing(desk.engine) as connection:
        connection.execute(change)
