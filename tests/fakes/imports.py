"""An editor who brings files, and what the base keeps of them."""

from contextlib import contextmanager

from sqlalchemy import select

from desk.accounts.role import Role
from desk.database import reading, writing
from editing.documents import find_document
from editing.importing.record import knowledge_import_rows, knowledge_imports
from editing.version import knowledge_versions
from editing.versions import versions_of
from tests.fakes.console import ConsoleSite
from tests.fakes.keeping import ORIGIN
from tests.fakes.knowledge_base import small_knowledge

IMPORTS = "/console/knowledge/imports"
EDITOR = (Role.EDITOR,)
HEAD = ("Mã", "Câu hỏi", "Câu trả lời", "Chủ đề", "Văn bản căn cứ", "Điều khoản", "Đối tượng")
ROW = ("", "Hỏi thử một?", "Trả lời thử một.", "Thử nghiệm", "Luật thử số 1/2026", "Điều 5", "Người lao động")


@contextmanager
def imports_site(engine):
    """The console over a small base."""
    with writing(engine) as connection:
        small_knowledge(connection)
    made = ConsoleSite(engine)
    yield made
    made.close()


async def bring(lan, data, kind="directive", name="cong van.docx"):
    """Path of the import's page."""
    form = {"csrf": lan.csrf, "kind": kind}
    answer = await lan.browser.post(IMPORTS, data=form, files={"file": (name, data)}, headers=ORIGIN)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def stored(site, path):
    number = int(path.rsplit("/", 1)[1])
    with reading(site.engine) as connection:
        found = connection.execute(select(knowledge_imports).where(knowledge_imports.c.id == number)).one()
        rows = select(knowledge_import_rows).where(knowledge_import_rows.c.import_id == number)
        return found, connection.execute(rows.order_by(knowledge_import_rows.c.place)).all()


def newest(site, kind, key):
    with reading(site.engine) as connection:
        document = find_document(connection, kind, key)
        return versions_of(connection, document.id)[0] if document else None


def count_versions(site):
    with reading(site.engine) as connection:
        return len(connection.execute(select(knowledge_versions.c.id)).all())
