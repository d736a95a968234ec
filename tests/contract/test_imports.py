"""Imports as they are stored, on both databases."""

import pytest

from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading, writing
from editing.actor import operator_actor
from editing.bodies.directive import DirectiveBody
from editing.document import DocumentKind
from editing.documents import find_document
from editing.errors import StaleError, WrongStateError
from editing.importing.committing import commit_directive, commit_rows, undo_import
from editing.importing.directive_file import DirectiveFile, file_to_json
from editing.importing.faq_row import read_row
from editing.importing.imported import Notice, NoticeKind
from editing.importing.imports import (
    BroughtFile,
    NewRow,
    add_import,
    change_row,
    end_import,
    import_by_id,
    imports,
    note_refused,
    note_row,
    original_of,
    row_counts,
    rows_of_import,
    same_file,
)
from editing.importing.known_directives import load_known_directives
from editing.importing.known_entries import load_known_entries
from editing.importing.record import ImportKind, ImportState
from editing.importing.refusal import FileRefusal, RefusedFileError
from editing.review import is_writer
from editing.version import VersionState
from editing.versions import version_by_id
from tests.fakes.brought_files import LETTER
from tests.fakes.gateway import now
from tests.fakes.knowledge_base import published_directive, small_knowledge

AN, BINH = operator_actor(1), operator_actor(2)
FILE = BroughtFile(ImportKind.FAQS, "hỏi đáp.xlsx", b"\x00PK\xff tep")
NOTICE = Notice(NoticeKind.HIDDEN_ROWS, (("rows", "2, 3"),))
ROWS = [NewRow(2, {"question": "Một?", "answer": "Đáp.", "topic": "Thử"}), NewRow(3, {"question": "Hai?"}, ("answer",))]


def added(connection, rows=ROWS, brought=FILE):
    return add_import(connection, brought, "xlsx", (NOTICE,), rows, AN, now())


def read(number, question, topic="Thử"):
    return read_row(number, {"question": question, "answer": "Đáp.", "topic": topic}, (), {}, now().date())


def test_what_was_read_comes_back_as_it_was(engine):
    with writing(engine) as connection:
        number = added(connection)
    with reading(engine) as connection:
        found = import_by_id(connection, number)
        assert (found.kind, found.state, found.revision) == (ImportKind.FAQS, ImportState.READY, 1)
        assert (found.file_name, found.notices, found.has_original) == ("hỏi đáp.xlsx", (NOTICE,), True)
        assert original_of(connection, number) == FILE.data
        rows = rows_of_import(connection, number)
        assert [(row.place, row.fields, row.faults, row.alike) for row in rows] == [
            (2, ROWS[0].fields, (), None),
            (3, ROWS[1].fields, ("answer",), None),
        ]
        assert row_counts(connection, [number]) == {number: 2}
        assert import_by_id(connection, number + 1) is None


def test_a_refused_file_is_no_import_and_only_the_audit_log_knows_of_it(engine):
    refused = RefusedFileError(FileRefusal.TOO_MANY_ROWS, {"limit": "500", "found": "900"})
    with writing(engine) as connection:
        note_refused(connection, refused, AN, now())
        assert imports(connection, 9) == ()
        (line,) = entries(connection, AuditFilter(action=AuditAction.KNOWLEDGE_IMPORTED), 9)
        assert line.detail == {"what": "refused", "why": "too_many_rows"}


def test_the_same_file_again_is_noticed_and_lists_go_back_page_by_page(engine):
    with writing(engine) as connection:
        number, later = added(connection), added(connection)
        assert same_file(connection, import_by_id(connection, number)) == ()
        assert [one.id for one in same_file(connection, import_by_id(connection, later))] == [number]
        assert [one.id for one in imports(connection, 1)] == [later]
        assert [one.id for one in imports(connection, 9, later)] == [number]


def test_a_row_is_changed_only_by_whoever_saw_the_newest(engine):
    with writing(engine) as connection:
        number = added(connection)
        change_row(connection, number, 2, 1, {"is_out": True})
        note_row(connection, number, 3, {"alike": [{"document": "faq/x"}]})
        first, second = rows_of_import(connection, number)
        assert (first.is_out, second.alike) == (True, ({"document": "faq/x"},))
        with pytest.raises(StaleError):
            change_row(connection, number, 2, 1, {"is_out": False})
        with pytest.raises(WrongStateError):
            change_row(connection, number, 99, 2, {"is_out": False})
    with writing(engine) as connection:
        end_import(connection, number, ImportState.READY, ImportState.DISCARDED, AN, now())
        with pytest.raises(WrongStateError):
            end_import(connection, number, ImportState.READY, ImportState.COMMITTED, AN, now())
        with pytest.raises(WrongStateError):
            change_row(connection, number, 2, 3, {"is_out": False})


def test_rows_become_drafts_and_go_again(engine):
    with writing(engine) as connection:
        small_knowledge(connection)
        number = added(connection)
        assert commit_rows(connection, number, 1, [read(2, "Một?"), read(3, "Hai?")], AN, now()) == 2
        known = load_known_entries(connection)
        assert {"mot", "hai", "rut-mot-lan"} <= set(known.by_key)
        assert "Thử" in known.topics
        versions = [version_by_id(connection, row.version_id) for row in rows_of_import(connection, number)]
        assert {(one.state, one.import_id, one.author_id) for one in versions} == {(VersionState.DRAFT, number, 1)}
        undone = undo_import(connection, number, AN, now())
        assert (undone.taken_back, undone.kept) == (2, 0)
        assert {version_by_id(connection, one.id).state for one in versions} == {VersionState.DISCARDED}
        with pytest.raises(WrongStateError):
            undo_import(connection, number, AN, now())


def test_a_directive_is_taken_in_once(engine):
    file = DirectiveFile("12-BHXH-CSXH", DirectiveBody("\n".join(LETTER) + "\n", {"wrapped": False}))
    brought = BroughtFile(ImportKind.DIRECTIVE, "a.docx", b"x")
    with writing(engine) as connection:
        published_directive(connection, "1-X", "cũ", {"number": "1/X", "issued_on": "2020-01-01"})
        number = added(connection, [NewRow(1, file_to_json(file))], brought)
        version = commit_directive(connection, number, 1, file, AN, now())
        assert find_document(connection, DocumentKind.DIRECTIVE, "12-BHXH-CSXH").id == version.document_id
        assert {one.number for one in load_known_directives(connection)} == {"1/X", "12/BHXH-CSXH"}
        with pytest.raises(WrongStateError):
            commit_directive(connection, number, 2, file, AN, now())
        again = added(connection, [NewRow(1, file_to_json(file))], brought)
    with pytest.raises(WrongStateError, match="has a draft"), writing(engine) as connection:
        commit_directive(connection, again, 1, file, AN, now())


def test_neither_who_brought_a_file_nor_who_made_drafts_of_it_may_approve_them(engine):
    with writing(engine) as connection:
        small_knowledge(connection)
        number = added(connection)
        commit_rows(connection, number, 1, [read(2, "Một?")], BINH, now())
        (version_id,) = (row.version_id for row in rows_of_import(connection, number) if row.version_id)
        version = version_by_id(connection, version_id)
        assert [is_writer(connection, version, operator_actor(one)) for one in (1, 2, 3)] == [True, True, False]
