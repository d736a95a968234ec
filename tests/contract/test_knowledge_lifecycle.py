"""The life of a version on both databases: who may do what from where, and what nobody can undo."""

import threading

import pytest
from sqlalchemy import select

from desk.audit import AuditAction, audit_entries
from desk.database import writing
from editing import drafting
from editing.actor import SYSTEM
from editing.bodies.faq import FaqBody
from editing.drafting import NewFaq
from editing.errors import InvalidBodyError, OwnDraftError, StaleError, WrongStateError
from editing.history import Happened, events_of
from editing.release import ReleaseKind
from editing.releasing import previews_of
from editing.version import VersionState
from tests.fakes.knowledge_base import ONE_OFF, set_state
from tests.fakes.lifecycle import AN, APPROVER, BINH, ENTRY, NOW, KnowledgeDesk

STEPS = {
    "save": lambda desk, version: desk.save(version),
    "submit": lambda desk, version: desk.submit(version),
    "take back": lambda desk, version: desk.take_back(version),
    "approve": lambda desk, version: desk.approve(version),
    "reject": lambda desk, version: desk.reject(version),
    "discard": lambda desk, version: desk.discard(version),
}
ALLOWED = {
    VersionState.DRAFT: {"save", "submit", "discard"},
    VersionState.SUBMITTED: {"take back", "approve", "reject"},
    VersionState.REJECTED: {"save", "submit", "discard"},
    VersionState.APPROVED: {"save", "discard"},
}
LEADS_TO = {
    "save": VersionState.DRAFT,
    "submit": VersionState.SUBMITTED,
    "take back": VersionState.DRAFT,
    "approve": VersionState.APPROVED,
    "reject": VersionState.REJECTED,
    "discard": VersionState.DISCARDED,
}


@pytest.fixture
def desk(engine):
    return KnowledgeDesk(engine)


class TestSteps:
    def test_each_step_is_possible_from_its_states_and_from_no_other(self, desk):
        for state in VersionState:
            for name, step in STEPS.items():
                version = desk.save(desk.draft())
                self.put(desk, version, state)
                if name in ALLOWED.get(state, ()):
                    assert step(desk, version).state is LEADS_TO[name], (state, name)
                else:
                    with pytest.raises(WrongStateError):
                        step(desk, version)
                    assert desk.state(version) is state, (state, name)
                self.put(desk, version, VersionState.DISCARDED)

    def put(self, desk, version, state):
        with writing(desk.engine) as connection:
            set_state(connection, version.id, state)

    def test_a_draft_is_a_copy_of_what_is_published_and_stands_beside_it(self, desk):
        draft = desk.draft()
        assert (draft.number, draft.state, draft.revision) == (2, VersionState.DRAFT, 1)
        assert draft.digest == desk.live().digest
        assert desk.live().number == 1

    def test_saving_what_was_approved_asks_for_another_approval(self, desk):
        approved = desk.approved()
        again = desk.save(approved, "Sửa thêm một câu.")
        assert (again.state, again.decided_by) == (VersionState.DRAFT, None)

    def test_a_rejection_is_read_by_the_author_and_goes_with_the_next_submission(self, desk):
        rejected = desk.reject(desk.submit(desk.save(desk.draft())))
        assert rejected.rejection == "Thiếu căn cứ cho số liệu."
        assert desk.submit(rejected).rejection == ""

    @pytest.mark.parametrize("reason", ["", "sai", "x" * 501], ids=["none", "short", "long"])
    def test_a_rejection_without_a_reason_is_refused(self, desk, reason):
        submitted = desk.submit(desk.save(desk.draft()))
        with pytest.raises(WrongStateError):
            desk.reject(submitted, reason)
        assert desk.state(submitted) is VersionState.SUBMITTED

    def test_what_is_not_there_is_said(self, desk):
        with pytest.raises(WrongStateError):
            desk.write(drafting.discard_draft, 999, 1, AN, NOW)
        with pytest.raises(WrongStateError):
            desk.write(drafting.start_draft, 999, AN, NOW)

    def test_submitting_asks_the_workshop_for_a_preview(self, desk):
        submitted = desk.submit(desk.save(desk.draft()))
        (preview,) = desk.read(previews_of, submitted.id)
        assert (preview.kind, preview.versions[ENTRY]) == (ReleaseKind.PREVIEW, (2,))


class TestTwoPeople:
    def test_the_second_of_two_savers_is_told_and_the_first_is_kept(self, desk):
        draft = desk.draft()
        desk.save(draft, "An viết.")
        with pytest.raises(StaleError):
            desk.save(draft, "Bình viết.", BINH)
        assert desk.opened().body["answer"] == "An viết."

    def test_what_was_submitted_is_approved_only_as_it_was_read(self, desk):
        submitted = desk.submit(desk.save(desk.draft()))
        desk.submit(desk.save(desk.take_back(submitted), "Khác hẳn."))
        with pytest.raises(StaleError):
            desk.approve(submitted)

    def test_a_second_draft_of_the_same_document_is_the_first_one(self, desk):
        assert desk.draft(actor=AN).id == desk.draft(actor=BINH).id

    def test_of_two_who_begin_at_the_same_moment_both_get_one_draft(self, desk):
        found, gate = [], threading.Barrier(2)

        def begin(actor):
            gate.wait()
            found.append(desk.draft(actor=actor).id)

        threads = [threading.Thread(target=begin, args=(actor,)) for actor in (AN, BINH)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 2
        assert len(set(found)) == 1

    def test_of_two_who_save_at_the_same_moment_one_is_told(self, desk):
        draft, ends, gate = desk.draft(), [], threading.Barrier(2)

        def save(actor):
            gate.wait()
            try:
                ends.append(desk.save(draft, f"{actor.name} viết.", actor).revision)
            except StaleError:
                ends.append("stale")

        threads = [threading.Thread(target=save, args=(actor,)) for actor in (AN, BINH)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(map(str, ends)) == ["2", "stale"]


class TestFourEyes:
    def test_an_author_may_not_approve(self, desk):
        submitted = desk.submit(desk.save(desk.draft()))
        with pytest.raises(OwnDraftError):
            desk.approve(submitted, AN)
        assert desk.state(submitted) is VersionState.SUBMITTED

    def test_nor_may_anybody_who_only_added_to_it(self, desk):
        saved = desk.save(desk.draft())
        submitted = desk.submit(desk.save(saved, "Bình thêm.", BINH))
        for writer in (AN, BINH):
            with pytest.raises(OwnDraftError):
                desk.approve(submitted, writer)
        assert desk.approve(submitted, APPROVER).decided_by == APPROVER.operator_id

    def test_a_rejected_draft_keeps_its_former_authors(self, desk):
        rejected = desk.reject(desk.submit(desk.save(desk.draft(), actor=BINH)))
        submitted = desk.submit(desk.save(rejected, "Viết lại.", AN))
        with pytest.raises(OwnDraftError):
            desk.approve(submitted, BINH)


class TestNewEntries:
    def test_its_key_comes_from_the_question_and_its_file_from_the_topic(self, desk):
        version = self.new(desk, "Có được rút BHXH một lần khi ra nước ngoài?")
        document = desk.document("faq/co-duoc-rut-bhxh-mot-lan-khi-ra-nuoc-ngoai")
        assert (version.document_id, version.number) == (document.id, 1)
        assert (document.file, document.topic, document.place) == ("thu", "BHXH một lần", 3)

    def test_the_same_question_twice_gets_a_key_of_its_own(self, desk):
        for _ in range(2):
            self.new(desk, "Câu hỏi?")
        assert desk.document("faq/cau-hoi-2") is not None

    def test_a_key_that_is_taken_is_refused(self, desk):
        with pytest.raises(WrongStateError):
            self.new(desk, "Câu hỏi?", key="rut-mot-lan")

    @pytest.mark.parametrize("key", ["Rút", "../../etc", "a" * 200, "a/b", "-"])
    def test_a_key_that_is_none_is_refused(self, desk, key):
        with pytest.raises(WrongStateError):
            self.new(desk, "Câu hỏi?", key=key)

    def test_an_incomplete_draft_is_kept_but_not_submitted(self, desk):
        version = self.new(desk, "Câu hỏi còn dở?")
        with pytest.raises(InvalidBodyError) as refused:
            desk.submit(version)
        assert {"alternates", "answer", "audience"} <= {problem.field for problem in refused.value.problems}
        assert desk.state(version) is VersionState.DRAFT

    @pytest.mark.parametrize("answer", ["a\x00b", "a\u202eb", "x" * 5_001], ids=["null", "direction", "huge"])
    def test_what_no_file_could_hold_is_refused_at_once(self, desk, answer):
        draft = desk.draft()
        with pytest.raises(InvalidBodyError):
            desk.save(draft, answer)
        assert desk.opened().revision == 1

    def new(self, desk, question, key=""):
        new = NewFaq("BHXH một lần", FaqBody(question=question), key)
        return desk.write(drafting.new_faq, new, AN, NOW)


class TestTraces:
    def test_each_step_stands_in_the_history_with_who_and_why(self, desk):
        submitted = desk.submit(desk.save(desk.draft()))
        desk.reject(submitted)
        told = [(event.event, event.actor) for event in desk.read(events_of, desk.document().id)]
        assert told == [
            (Happened.STARTED, AN.name),
            (Happened.EDITED, AN.name),
            (Happened.SUBMITTED, AN.name),
            (Happened.REJECTED, APPROVER.name),
        ]
        assert desk.read(events_of, desk.document().id)[-1].note == "Thiếu căn cứ cho số liệu."

    def test_the_audit_says_who_did_what_and_repeats_no_text(self, desk):
        desk.approved(answer="Câu không được lọt vào nhật ký.")
        rows = desk.read(lambda connection: connection.execute(select(audit_entries)).all())
        actions = [row.action for row in rows]
        assert actions[-2:] == [AuditAction.KNOWLEDGE_SUBMITTED, AuditAction.KNOWLEDGE_APPROVED]
        assert {row.subject for row in rows} == {f"knowledge:{ENTRY}"}
        assert "lọt vào" not in str(rows)


def test_an_importer_has_no_number_and_is_no_approver(desk):
    new = NewFaq("BHXH một lần", ONE_OFF, "nhap-vao")
    version = desk.write(drafting.new_faq, new, SYSTEM, NOW, import_id=5)
    assert (version.author_id, version.import_id) == (None, 5)
