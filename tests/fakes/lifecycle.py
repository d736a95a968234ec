"""Two editors, an approver and a workshop that builds at once: steps of the lifecycle, one transaction each."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from desk.database import reading, writing
from editing import drafting, releasing, review
from editing.actor import operator_actor
from editing.bodies.body import body_from_json
from editing.document import DocumentKind
from editing.documents import find_named
from editing.drafting import DraftChanges
from editing.release import ReleaseKind, ReleaseState, knowledge_releases
from editing.release_store import change_release, existing_release, live_release
from editing.versions import live_version, open_version, version_by_id, versions_of
from tests.fakes.knowledge_base import small_knowledge

NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)
AN, BINH, APPROVER = (operator_actor(number) for number in (1, 2, 3))
ENTRY = "faq/rut-mot-lan"
REASON = "Số liệu cũ đang được phát cho người dân."


class KnowledgeDesk:
    def __init__(self, engine):
        self.engine = engine
        self.now = NOW
        with writing(engine) as connection:
            small_knowledge(connection)
            self.first = live_release(connection).id
            first = update(knowledge_releases).where(knowledge_releases.c.id == self.first)
            connection.execute(first.values(snapshot_id="snapshot-1"))

    def read(self, work, *arguments, **named):
        with reading(self.engine) as connection:
            return work(connection, *arguments, **named)

    def write(self, work, *arguments, **named):
        """One step a minute."""
        self.now += timedelta(minutes=1)
        with writing(self.engine) as connection:
            return work(connection, *arguments, **named)

    def document(self, name=ENTRY):
        return self.read(find_named, name)

    def versions(self, name=ENTRY):
        """The oldest first."""
        return self.read(versions_of, self.document(name).id)[::-1]

    def live(self, name=ENTRY, day=TODAY):
        return self.read(live_version, self.document(name).id, day)

    def opened(self, name=ENTRY):
        return self.read(open_version, self.document(name).id)

    def draft(self, name=ENTRY, actor=AN, **named):
        return self.write(drafting.start_draft, self.document(name).id, actor, self.now, **named)

    def save(self, version, answer="Câu trả lời mới, đã đối chiếu.", actor=AN, revision=None, **named):
        """With another answer; `named` are fields of DraftChanges."""
        body = body_from_json(DocumentKind.FAQ, version.body)
        changed = DraftChanges(type(body)(**{**vars(body), "answer": answer}), **named)
        seen = revision or version.revision
        return self.write(drafting.save_draft, version.id, seen, changed, actor, self.now)

    def submit(self, version, actor=AN):
        return self.write(review.submit, version.id, version.revision, actor, self.now)

    def take_back(self, version, actor=AN):
        return self.write(review.take_back, version.id, version.revision, actor, self.now)

    def approve(self, version, actor=APPROVER):
        return self.write(review.approve, version.id, version.revision, actor, self.now)

    def reject(self, version, reason="Thiếu căn cứ cho số liệu.", actor=APPROVER):
        return self.write(review.reject, version.id, version.revision, reason, actor, self.now)

    def discard(self, version, actor=AN):
        return self.write(drafting.discard_draft, version.id, version.revision, actor, self.now)

    def approved(self, name=ENTRY, answer="Câu trả lời mới, đã đối chiếu.", **named):
        return self.approve(self.submit(self.save(self.draft(name), answer, **named)))

    def withdrawal(self, name=ENTRY):
        document_id = self.document(name).id
        proposed = self.write(drafting.propose_withdrawal, document_id, "Hết hiệu lực.", AN, self.now)
        return self.approve(self.submit(proposed))

    def request(self, *versions, kind=ReleaseKind.CHANGES):
        ids = [version.id for version in versions]
        return self.write(releasing.request_release, ids, APPROVER, self.now, kind)

    def built(self, release):
        """As the workshop leaves it."""
        values = {"state": ReleaseState.READY.value, "snapshot_id": f"snapshot-{release.id}", "ready_at": self.now}
        return self.write(change_release, self.read(existing_release, release.id), values)

    def publish(self, release):
        return self.write(releasing.publish, release.id, APPROVER, self.now)

    def force(self, release, reason=REASON):
        return self.write(releasing.force_publish, release.id, reason, APPROVER, self.now)

    def roll_back(self, release_id, reason=REASON):
        return self.write(releasing.roll_back, release_id, APPROVER, reason, self.now)

    def published(self, name=ENTRY, answer="Câu trả lời mới, đã đối chiếu.", **named):
        """From draft to live."""
        return self.publish(self.built(self.request(self.approved(name, answer, **named))))

    def state(self, version):
        return self.read(version_by_id, version.id).state
