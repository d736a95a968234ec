"""A knowledge base of 10,000 entries in the database, with drafts, flags, gaps, a law and an import."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import insert

from desk.answer_log import answer_log
from desk.conversation import conversations
from desk.database import reading, writing
from editing.actor import operator_actor
from editing.bodies.body import columns_of
from editing.bodies.faq import FaqBasis
from editing.document import knowledge_documents
from editing.documents import find_named
from editing.gaps.cluster import gap_clusters
from editing.gaps.question import gap_questions
from editing.importing.imports import BroughtFile, NewRow, add_import
from editing.importing.record import ImportKind
from editing.relations.flag import knowledge_flags
from editing.relations.law import NewLaw, record_law
from editing.relations.relation import knowledge_relations
from editing.version import knowledge_versions
from editing.versions import open_version
from tests.fakes.knowledge_base import LAW, ONE_OFF, small_knowledge
from vietnamese.legal_places import document_key

ENTRIES, FIRST_ID, AT_ONCE = 10_000, 1_000, 1_000
THEN = datetime(2026, 11, 1, tzinfo=UTC)
ASKED, GAPS, PEOPLE, RELATIONS, ROWS = 30_000, 2_000, 2_000, 10, 50


@dataclass(frozen=True)
class Scene:
    """What the pages are asked for: keys and ids."""

    drafted: str
    submitted: int
    law: int
    imported: int

    def form(self, engine):
        """Of the entry with the draft, as its page posts it."""
        with reading(engine) as connection:
            document = find_named(connection, f"faq/{self.drafted}")
            draft = open_version(connection, document.id)
        basis = draft.body["legal_basis"][0]
        return {
            "version": draft.id,
            "revision": draft.revision,
            "question": draft.body["question"],
            "answer": draft.body["answer"],
            "basis_0_document": basis["document"],
            "basis_0_article": basis["article"],
        }


def entry(number):
    """A tenth rests on one law, a fifth uses one figure."""
    law = LAW if number % 10 == 0 else f"Nghị định số {number % 40}/2025/NĐ-CP"
    figure = (FaqBasis(parameter="muc_tham_chieu"),) if number % 5 == 0 else ()
    return replace(
        ONE_OFF,
        question=f"Câu hỏi thứ {number} về chế độ nào đó?",
        alternates=tuple(f"cách hỏi {place} của câu {number}" for place in range(8)),
        answer=f"Người lao động số {number} đóng đủ {number % 30 + 1} tháng được hưởng tối đa {number % 90 + 10}%."
        + (" Hiện là {muc_tham_chieu*2}." if figure else ""),
        legal_basis=(FaqBasis(law, f"Điều {number % 100}", date(2025, 7, 1), None), *figure),
    )


def prepare(engine):
    with writing(engine) as connection:
        small_knowledge(connection)
        add_entries(connection)
        add_gaps(connection)
        law = add_law(connection)
        rows = [
            NewRow(place + 2, {"question": f"Hỏi {place}?", "answer": "Đáp.", "topic": "Thử"}) for place in range(ROWS)
        ]
        brought = BroughtFile(ImportKind.FAQS, "bang.xlsx", b"x")
        imported = add_import(connection, brought, "xlsx", (), rows, operator_actor(1), THEN)
        submitted = open_version(connection, FIRST_ID + 7).id
    return Scene("cau-20", submitted, law, imported)


def add_all(connection, table, rows):
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert(table), rows[start : start + AT_ONCE])


def add_entries(connection):
    documents, versions = [], []
    for number in range(ENTRIES):
        key, place = f"cau-{number}", {"file": f"f{number % 20}", "place": number + 1, "topic": f"Chủ đề {number % 20}"}
        row = {"id": FIRST_ID + number, "kind": "faq", "key": key, **place, "created_at": THEN}
        documents.append(row)
        common = {**columns_of(key, entry(number)), "document_id": row["id"], "revision": 1}
        common |= {"created_at": THEN, "updated_at": THEN}
        versions.append({**common, "number": 1, "state": "published", "published_at": THEN, "submitted_at": None})
        if number % 20 in (0, 7, 9):
            state = {0: "draft", 7: "submitted", 9: "approved"}[number % 20]
            versions.append({**common, "number": 2, "state": state, "published_at": None, "submitted_at": THEN})
    add_all(connection, knowledge_documents, documents)
    add_all(connection, knowledge_versions, versions)


def add_gaps(connection):
    """The last gap holds a third of all questions, and its central one is erased."""
    people = [
        {"id": f"web-{n}", "channel": "web", "account": "main", "participant": f"p{n}", "last_sequence": 0, "fence": 0}
        for n in range(PEOPLE)
    ]
    add_all(connection, conversations, [{**one, "created_at": THEN} for one in people])
    nothing = dict.fromkeys(("passage_id", "document", "section", "version", "snapshot", "topic"), "")
    common = {"channel": "web", "at": THEN, "status": "unanswerable_low_score", "was_chosen": False, "is_sorted": True}
    common |= {**nothing, "trouble": "unanswered", "troubled_at": THEN}
    asked = [
        {**common, "id": n + 1, "conversation_id": f"web-{n % PEOPLE}", "sequence": n // PEOPLE, "question": f"hỏi {n}"}
        for n in range(ASKED)
    ]
    add_all(connection, answer_log, asked)
    clusters = [
        {"id": n + 1, "state": "open", "revision": 1, "created_at": THEN, "updated_at": THEN, "central_id": n + 1}
        for n in range(GAPS)
    ]
    clusters[-1]["central_id"] = None
    add_all(connection, gap_clusters, clusters)
    questions = [
        {"id": n + 1, "answer_id": n + 1, "cluster_id": n % GAPS + 1 if n < ASKED * 2 // 3 else GAPS}
        for n in range(ASKED)
    ]
    add_all(connection, gap_questions, questions)


def add_law(connection):
    """It changes ten places of the law that a tenth of the entries rest on, and 200 of them must be looked at."""
    law, _ = record_law(connection, NewLaw("Luật số 99/2026/QH16", date(2027, 1, 1)), operator_actor(1), THEN)
    common = {"law_id": law, "kind": "amends", "affected": LAW, "affected_key": document_key(LAW), "note": ""}
    common |= {"valid_from": date(2027, 1, 1), "state": "approved", "author_id": 1, "created_at": THEN}
    relations = [{**common, "id": n + 1, "articles": f"Điều {n * 10}"} for n in range(RELATIONS)]
    add_all(connection, knowledge_relations, relations)
    later = datetime(2026, 11, 2, tzinfo=UTC)
    flags = [
        {"document_id": FIRST_ID + n * 50, "relation_id": n * 50 % 100 // 10 + 1, "opened_at": later}
        for n in range(200)
    ]
    add_all(connection, knowledge_flags, flags)
    return law
