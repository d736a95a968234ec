"""Who wrote what an import becomes, and what is noted about rows that change meanwhile. On both databases."""

from desk.database import writing
from editing.actor import operator_actor
from editing.importing.committing import commit_rows
from editing.importing.faq_row import read_row
from editing.importing.imports import (
    BroughtFile,
    NewRow,
    add_import,
    change_row,
    correct_row,
    note_alike,
    rows_of_import,
)
from editing.importing.record import ImportKind
from editing.review import is_writer
from editing.versions import version_by_id
from tests.fakes.gateway import now
from tests.fakes.knowledge_base import small_knowledge

AN, BINH = operator_actor(1), operator_actor(2)
ROWS = [NewRow(2, {"question": "Một?", "answer": "Đáp.", "topic": "Thử"}), NewRow(3, {"question": "Hai?"}, ("answer",))]


def added(connection):
    return add_import(connection, BroughtFile(ImportKind.FAQS, "hỏi đáp.xlsx", b"x"), "xlsx", (), ROWS, AN, now())


def read(number, question):
    return read_row(number, {"question": question, "answer": "Đáp.", "topic": "Thử"}, (), {}, now().date())


def test_who_corrected_a_row_may_not_approve_the_draft_of_it(engine):
    with writing(engine) as connection:
        small_knowledge(connection)
        number = added(connection)
        correct_row(connection, number, 2, 1, {"fields": {"question": "Một?"}}, operator_actor(3))
        correct_row(connection, number, 2, 2, {"fields": {"question": "Một ạ?"}}, operator_actor(3))
        change_row(connection, number, 3, 3, {"is_out": False})
        commit_rows(connection, number, 4, [read(2, "Một ạ?"), read(3, "Hai?")], BINH, now())
        versions = [version_by_id(connection, row.version_id) for row in rows_of_import(connection, number)]
        assert [is_writer(connection, one, operator_actor(3)) for one in versions] == [True, False]
        assert [is_writer(connection, versions[0], operator_actor(one)) for one in (1, 2, 4)] == [True, True, False]


def test_likenesses_of_what_a_row_no_longer_says_are_not_noted(engine):
    with writing(engine) as connection:
        number = added(connection)
        compared, other = rows_of_import(connection, number)
        correct_row(connection, number, 2, 1, {"fields": {"question": "Khác hẳn?"}, "alike": None}, AN)
        assert not note_alike(connection, number, compared, [{"document": "faq/x"}])
        assert note_alike(connection, number, other, [{"document": "faq/y"}])
        assert [row.alike for row in rows_of_import(connection, number)] == [None, ({"document": "faq/y"},)]
