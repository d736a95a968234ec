"""A small knowledge base in the database, published, as the editors' pages find it."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select, update

from desk.database import writing
from editing.bodies.body import body_to_json, digest_of, review_by_of, search_text_of, title_of
from editing.bodies.directive import DirectiveBody
from editing.bodies.faq import FaqBasis, FaqBody
from editing.bodies.parameter import FiledValue, ParameterBody
from editing.document import DocumentKind, knowledge_documents
from editing.documents import add_document
from editing.gate.report import report_as_json
from editing.release import ReleaseKind, ReleaseState, knowledge_releases
from editing.release_store import add_release
from editing.version import VersionState, knowledge_versions
from editing.versions import add_version
from knowledge.faqs.next_steps import NextSteps

THEN = datetime(2026, 11, 1, tzinfo=UTC)
LAW = "Luật Bảo hiểm xã hội số 41/2024/QH15"
DECREE = "Nghị định số 161/2026/NĐ-CP"
ALTERNATES = (
    "rút bảo hiểm một lần khi nào",
    "nghỉ việc bao lâu thì được rút một lần",
    "rut bhxh 1 lan",
    "điều kiện rút bảo hiểm một lần",
    "tôi nghỉ việc rồi có được lãnh một lần không",
    "muốn lấy tiền bảo hiểm xã hội một lần",
    "bỏ đóng luôn thì lấy hết tiền ra được chưa",
    "rút tiền bảo hiểm về một cục",
)
BIRTH_ALTERNATES = (
    "sinh con được trợ cấp bao nhiêu",
    "tiền sinh con một lần",
    "tro cap mot lan khi sinh con",
    "đẻ con được nhà nước cho bao nhiêu",
    "mức trợ cấp sinh con năm nay",
    "sinh đôi được trợ cấp mấy tháng",
    "vợ đẻ thì có tiền cho cháu không",
    "khoản tiền tã lót là bao nhiêu",
)
ONE_OFF = FaqBody(
    question="Khi nào được rút BHXH một lần?",
    alternates=ALTERNATES,
    answer="Người lao động nghỉ việc đủ 12 tháng và chưa đủ 20 năm đóng được xem xét hưởng BHXH một lần.",
    legal_basis=(FaqBasis(LAW, "Điều 70", date(2025, 7, 1), None),),
    audience=("employee", "citizen"),
    review_by=date(2027, 6, 30),
    next_steps=NextSteps("Cơ quan BHXH nơi cư trú"),
)
BIRTH = FaqBody(
    question="Trợ cấp một lần khi sinh con là bao nhiêu?",
    alternates=BIRTH_ALTERNATES,
    answer="Mỗi con được trợ cấp một lần bằng 2 lần mức tham chiếu, hiện là {muc_tham_chieu*2}.",
    legal_basis=(FaqBasis(LAW, "Điều 58", date(2025, 7, 1), None), FaqBasis(parameter="muc_tham_chieu")),
    audience=("parent",),
    review_by=date(2026, 11, 10),
    next_steps=NextSteps("Đơn vị đang làm việc"),
)
REFERENCE = ParameterBody(
    title="Mức tham chiếu mỗi tháng",
    unit="dong",
    values=(
        FiledValue(Decimal(2_340_000), date(2024, 7, 1), date(2026, 6, 30)),
        FiledValue(Decimal(2_530_000), date(2026, 7, 1), None, DECREE, "Điều 3 khoản 2"),
    ),
)


def published(connection, kind, key, body, topic="", file="thu", now=THEN, **values):
    """The document with its first version, live since `now`; gives the version."""
    document_id = add_document(connection, kind, key, file, topic, now)
    row = {
        "document_id": document_id,
        "number": 1,
        "state": VersionState.PUBLISHED.value,
        "title": title_of(body, key),
        "search_text": search_text_of(body, key),
        "body": body_to_json(body),
        "digest": digest_of(body),
        "review_by": review_by_of(body),
        "revision": 1,
        "created_at": now,
        "updated_at": now,
        "published_at": now,
    }
    return add_version(connection, {**row, **values})


def small_knowledge(connection):
    """Two entries, the parameter that one of them uses."""
    published(connection, DocumentKind.FAQ, "rut-mot-lan", ONE_OFF, "BHXH một lần")
    published(connection, DocumentKind.FAQ, "sinh-con-tro-cap", BIRTH, "Thai sản")
    published(connection, DocumentKind.PARAMETER, "muc_tham_chieu", REFERENCE, file="parameters")
    release_all(connection)


def release_all(connection, snapshot_id="20261101-thu"):
    """A live release that serves everything that is published."""
    rows = connection.execute(
        select(knowledge_documents.c.kind, knowledge_documents.c.key, knowledge_versions.c.number)
        .join(knowledge_versions, knowledge_versions.c.document_id == knowledge_documents.c.id)
        .where(knowledge_versions.c.state == VersionState.PUBLISHED.value)
    )
    values = {
        "kind": ReleaseKind.FILES.value,
        "state": ReleaseState.LIVE.value,
        "snapshot_id": snapshot_id,
        "versions": {f"{row.kind}/{row.key}": [row.number] for row in rows},
        "changes": [],
        "digest": "first",
        "requested_by": "system",
        "requested_at": THEN,
        "published_by": "system",
        "published_at": THEN,
    }
    return add_release(connection, values)


def published_directive(connection, slug, text, front, questions=None):
    """A directive as it is filed."""
    return published(connection, DocumentKind.DIRECTIVE, slug, DirectiveBody(text, front, questions or {}), file=slug)


def set_state(connection, version_id, state, **values):
    """Past the rules: where a test begins."""
    columns = knowledge_versions.c
    connection.execute(update(knowledge_versions).where(columns.id == version_id).values(state=state.value, **values))


def set_ready(engine, report, snapshot_id="20261122-thu"):
    """As the workshop leaves a release that it has built."""
    unbuilt = knowledge_releases.c.state.in_([ReleaseState.REQUESTED.value, ReleaseState.BUILDING.value])
    values = {"state": ReleaseState.READY.value, "snapshot_id": snapshot_id, "report": report_as_json(report)}
    with writing(engine) as connection:
        connection.execute(update(knowledge_releases).where(unbuilt).values(**values))
