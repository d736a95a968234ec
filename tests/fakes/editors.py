"""Editors and approvers at the pages of the knowledge base, and what they type there."""

from contextlib import contextmanager

from sqlalchemy import select

from desk.accounts.role import Role
from desk.database import reading, writing
from editing.document import DocumentKind
from editing.documents import find_document
from editing.release import ReleaseKind, knowledge_releases
from editing.versions import versions_of
from tests.fakes.console import ConsoleSite
from tests.fakes.keeping import keeper
from tests.fakes.knowledge_base import small_knowledge

FAQ = "/console/knowledge/faq/rut-mot-lan"
EDITOR, APPROVER = (Role.EDITOR,), (Role.APPROVER,)
REASON = "Đã đối chiếu với văn bản gốc."
BASES = {"basis_0_document": "Luật Bảo hiểm xã hội số 41/2024/QH15", "basis_0_article": "Điều 70"}


@contextmanager
def editors_site(engine):
    """The console over a small base."""
    with writing(engine) as connection:
        small_knowledge(connection)
    made = ConsoleSite(engine)
    yield made
    made.close()


def stored(site, key="rut-mot-lan", kind=DocumentKind.FAQ):
    """The newest version."""
    with reading(site.engine) as connection:
        return versions_of(connection, find_document(connection, kind, key).id)[0]


def previews(site):
    """States of the comparisons, the oldest first."""
    columns = knowledge_releases.c
    statement = select(columns.state).where(columns.kind == ReleaseKind.PREVIEW.value).order_by(columns.id)
    with reading(site.engine) as connection:
        return connection.execute(statement).scalars().all()


def whole_form(version, **changed):
    body = version.body
    fields = {
        "version": version.id,
        "revision": version.revision,
        "question": body["question"],
        "alternates": "\n".join(body["alternates"]),
        "answer": body["answer"],
        "next_where": "Cơ quan BHXH nơi cư trú, hoặc Cổng Dịch vụ công quốc gia.",
        "audience_citizen": "1",
        "confidence": "high",
        "source": "primary",
        "review_by": "2027-06-30",
    }
    return fields | BASES | changed


async def begin(by):
    """A draft of the entry."""
    with reading(by.site.engine) as connection:
        document = find_document(connection, DocumentKind.FAQ, "rut-mot-lan")
    return await by.post(f"/console/knowledge/documents/{document.id}/start")


def people(site, login, roles, name="Bùi Đức Long"):
    return keeper(site, login, name, roles)
