"""Releases on both databases: what goes live, what may not, and the way back."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desk.audit import AuditAction, audit_entries
from editing import releasing
from editing.errors import NotApprovedError, OutdatedError, OwnDraftError, WrongStateError
from editing.history import Happened, events_of
from editing.pointer import has_snapshot, reconcile
from editing.release import ReleaseKind, ReleaseState
from editing.release_store import live_release, release_by_id, releases
from editing.version import Standing, VersionState
from knowledge.search.errors import SnapshotError
from tests.fakes.lifecycle import AN, BINH, ENTRY, REASON, TODAY, KnowledgeDesk

OTHER = "faq/sinh-con-tro-cap"
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def desk(engine):
    return KnowledgeDesk(engine)


class TestPublishing:
    def test_an_approved_version_takes_the_place_of_the_live_one(self, desk):
        live = desk.published()
        assert (live.state, live.versions[ENTRY], live.versions[OTHER]) == (ReleaseState.LIVE, (2,), (1,))
        assert [one.state for one in desk.versions()] == [VersionState.SUPERSEDED, VersionState.PUBLISHED]
        assert desk.read(release_by_id, desk.first).state is ReleaseState.RETIRED
        assert desk.live().number == 2

    def test_a_wish_is_built_once(self, desk):
        version = desk.approved()
        first, second = desk.request(version), desk.request(version)
        assert first.id == second.id

    def test_what_its_preview_built_is_ready_at_once(self, desk):
        submitted = desk.submit(desk.save(desk.draft()))
        (preview,) = desk.read(releasing.previews_of, submitted.id)
        desk.built(preview)
        release = desk.request(desk.approve(submitted))
        assert (release.state, release.snapshot_id) == (ReleaseState.READY, f"snapshot-{preview.id}")
        assert desk.publish(release).state is ReleaseState.LIVE

    def test_several_versions_go_live_together(self, desk):
        versions = [desk.approved(ENTRY), desk.approved(OTHER, "Mức mới.")]
        live = desk.publish(desk.built(desk.request(*versions)))
        assert (live.versions[ENTRY], live.versions[OTHER]) == ((2,), (2,))

    def test_a_preview_never_goes_live(self, desk):
        submitted = desk.submit(desk.save(desk.draft()))
        preview = desk.built(desk.read(releasing.previews_of, submitted.id)[0])
        with pytest.raises(WrongStateError):
            desk.publish(preview)

    @pytest.mark.parametrize("state", [one for one in ReleaseState if one is not ReleaseState.READY])
    def test_only_what_is_built_goes_live(self, desk, state):
        release = desk.request(desk.approved())
        desk.write(self.put, release.id, state)
        with pytest.raises((WrongStateError, OutdatedError)):
            desk.publish(release)
        assert desk.live().number == 1

    def put(self, connection, release_id, state):
        if state is ReleaseState.LIVE:
            connection.exec_driver_sql("UPDATE knowledge_releases SET state = 'retired' WHERE state = 'live'")
        connection.exec_driver_sql(f"UPDATE knowledge_releases SET state = '{state.value}' WHERE id = {release_id}")

    def test_no_release_of_a_draft_or_of_nothing(self, desk):
        draft = desk.save(desk.draft())
        for ids in ([draft.id], [], [999]):
            with pytest.raises(WrongStateError):
                desk.write(releasing.request_release, ids, AN, desk.now, ReleaseKind.CHANGES)

    def test_when_another_goes_live_first_the_rest_is_outdated(self, desk):
        first, second = desk.built(desk.request(desk.approved())), desk.built(desk.request(desk.approved(OTHER)))
        desk.publish(first)
        assert desk.read(release_by_id, second.id).state is ReleaseState.OUTDATED
        with pytest.raises(OutdatedError):
            desk.publish(second)

    def test_of_two_who_publish_at_the_same_moment_one_is_told(self, desk):
        waiting = [desk.built(desk.request(desk.approved(name))) for name in (ENTRY, OTHER)]
        ends, gate = [], threading.Barrier(2)

        def publish(release):
            gate.wait()
            try:
                ends.append(desk.publish(release).state.value)
            except OutdatedError:
                ends.append("outdated")

        threads = [threading.Thread(target=publish, args=(release,)) for release in waiting]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(ends) == ["live", "outdated"]

    def test_what_was_written_anew_since_it_was_built_does_not_go_live(self, desk):
        approved = desk.approved()
        release = desk.built(desk.request(approved))
        desk.approve(desk.submit(desk.save(approved, "Viết lại sau khi dựng.")))
        with pytest.raises(OutdatedError):
            desk.publish(release)
        assert desk.live().number == 1

    def test_a_discarded_release_leaves_its_versions_as_they_are(self, desk):
        approved = desk.approved()
        release = desk.request(approved)
        discarded = desk.write(releasing.discard_release, release.id, AN, desk.now)
        assert (discarded.state, desk.state(approved)) == (ReleaseState.DISCARDED, VersionState.APPROVED)
        with pytest.raises(WrongStateError):
            desk.write(releasing.discard_release, desk.first, AN, desk.now)


class TestForce:
    def test_without_approval_only_with_a_reason(self, desk):
        release = desk.built(desk.request(desk.submit(desk.save(desk.draft()))))
        with pytest.raises(NotApprovedError):
            desk.publish(release)
        for reason in ("", "gấp", "x" * 501):
            with pytest.raises(WrongStateError):
                desk.force(release, reason)
        desk.force(release)
        assert (desk.live().number, desk.live().forced_reason) == (2, REASON)

    def test_it_is_listed_and_audited_as_such(self, desk):
        release = desk.force(desk.built(desk.request(desk.submit(desk.save(desk.draft())))))
        (listed,) = desk.read(releasing.forced_releases, 10)
        assert (listed.id, listed.reason, listed.is_forced) == (release.id, REASON, True)
        rows = desk.read(lambda connection: connection.execute(select(audit_entries)).all())
        assert (rows[-1].action, rows[-1].subject) == (AuditAction.KNOWLEDGE_FORCED, f"release:{release.id}")
        assert REASON not in str(rows)
        assert desk.read(events_of, desk.document().id)[-2].event in {Happened.FORCED, Happened.SUPERSEDED}

    def test_a_draft_taken_back_cannot_be_forced(self, desk):
        submitted = desk.submit(desk.save(desk.draft()))
        release = desk.built(desk.request(submitted))
        desk.take_back(submitted)
        with pytest.raises(NotApprovedError):
            desk.force(release)


class TestDays:
    def test_a_scheduled_version_stands_beside_the_live_one(self, desk):
        live = desk.published(live_from=NEW_YEAR)
        assert live.versions[ENTRY] == (1, 2)
        now, later = desk.versions()
        assert (now.standing(TODAY), later.standing(TODAY)) == (Standing.LIVE, Standing.SCHEDULED)
        assert (now.standing(NEW_YEAR), later.standing(NEW_YEAR)) == (Standing.SUPERSEDED, Standing.LIVE)
        assert [desk.live(day=day).number for day in (NEW_YEAR - timedelta(days=1), NEW_YEAR)] == [1, 2]

    def test_a_correction_until_that_day_leaves_what_is_scheduled(self, desk):
        desk.published(answer="Từ năm mới.", live_from=NEW_YEAR)
        draft = desk.draft()
        assert draft.live_to == NEW_YEAR - timedelta(days=1)
        saved = desk.save(draft, "Sửa cho đến hết năm.", live_to=draft.live_to)
        live = desk.publish(desk.built(desk.request(desk.approve(desk.submit(saved)))))
        assert live.versions[ENTRY] == (3, 2)
        assert [desk.live(day=day).number for day in (TODAY, NEW_YEAR)] == [3, 2]

    def test_one_without_an_end_takes_the_place_of_what_was_scheduled(self, desk):
        desk.published(answer="Từ năm mới.", live_from=NEW_YEAR)
        live = desk.published(answer="Không đổi nữa.")
        assert live.versions[ENTRY] == (3,)
        assert desk.live(day=NEW_YEAR).number == 3

    def test_after_its_last_day_nothing_is_served(self, desk):
        desk.published(live_to=NEW_YEAR)
        assert desk.live(day=NEW_YEAR + timedelta(days=1)) is None
        assert desk.versions()[-1].standing(NEW_YEAR + timedelta(days=1)) is Standing.EXPIRED

    def test_a_withdrawal_takes_the_document_out(self, desk):
        live = desk.publish(desk.built(desk.request(desk.withdrawal())))
        assert ENTRY not in live.versions
        assert desk.live() is None
        assert [one.state for one in desk.versions()] == [VersionState.WITHDRAWN] * 2
        assert desk.draft().state is VersionState.DRAFT


class TestRollingBack:
    def test_the_former_set_is_live_again_and_nothing_is_lost(self, desk):
        desk.published()
        back = desk.roll_back(desk.first)
        assert (back.kind, back.snapshot_id, back.versions[ENTRY]) == (ReleaseKind.ROLLBACK, "snapshot-1", (1,))
        states = [VersionState.PUBLISHED, VersionState.WITHDRAWN, VersionState.APPROVED]
        assert [one.state for one in desk.versions()] == states
        assert desk.live().number == 1

    def test_the_copy_that_waits_keeps_its_writers(self, desk):
        desk.published()
        desk.roll_back(desk.first)
        published, copy = desk.versions()[1:]
        assert (copy.digest, copy.author_id) == (published.digest, published.author_id)
        edited = desk.submit(desk.save(copy, "Người khác sửa.", BINH), BINH)
        with pytest.raises(OwnDraftError):
            desk.approve(edited, AN)
        assert desk.versions()[1] == published

    def test_what_was_taken_back_can_be_published_again(self, desk):
        desk.published()
        desk.roll_back(desk.first)
        live = desk.publish(desk.built(desk.request(desk.opened())))
        assert (live.versions[ENTRY], desk.live().number) == ((3,), 3)

    def test_where_somebody_drafts_already_it_is_withdrawn(self, desk):
        desk.published()
        draft = desk.save(desk.draft(), "Bản tiếp theo.")
        desk.roll_back(desk.first)
        states = [VersionState.PUBLISHED, VersionState.WITHDRAWN, VersionState.DRAFT]
        assert [one.state for one in desk.versions()] == states
        assert desk.opened().id == draft.id

    def test_over_two_releases_only_the_newest_waits(self, desk):
        desk.published(answer="Lần một.")
        desk.published(answer="Lần hai.")
        desk.roll_back(desk.first)
        states = [VersionState.PUBLISHED, VersionState.SUPERSEDED, VersionState.WITHDRAWN, VersionState.APPROVED]
        assert [one.state for one in desk.versions()] == states

    def test_a_withdrawn_document_comes_back(self, desk):
        desk.publish(desk.built(desk.request(desk.withdrawal())))
        desk.roll_back(desk.first)
        states = [VersionState.PUBLISHED, VersionState.WITHDRAWN, VersionState.APPROVED]
        assert [one.state for one in desk.versions()] == states
        assert (desk.live().number, desk.opened().withdraws) == (1, True)

    def test_a_scheduled_version_goes_and_the_live_one_lasts_again(self, desk):
        desk.published(live_from=NEW_YEAR)
        desk.roll_back(desk.first)
        assert desk.live(day=NEW_YEAR).number == 1

    def test_back_and_forth_ends_where_it_began(self, desk):
        second = desk.published()
        desk.roll_back(desk.first)
        desk.roll_back(second.id)
        states = [VersionState.SUPERSEDED, VersionState.PUBLISHED, VersionState.DISCARDED]
        assert [one.state for one in desk.versions()] == states

    @pytest.mark.parametrize("reason", ["", "sai", "x" * 501])
    def test_without_a_reason_nothing_happens(self, desk, reason):
        desk.published()
        with pytest.raises(WrongStateError):
            desk.roll_back(desk.first, reason)
        assert desk.live().number == 2

    def test_only_to_what_once_was_live(self, desk):
        candidate = desk.built(desk.request(desk.approved()))
        for release_id in (candidate.id, desk.first, 999):
            with pytest.raises(WrongStateError):
                desk.roll_back(release_id)

    def test_it_is_audited_and_stands_in_the_history(self, desk):
        desk.published()
        desk.roll_back(desk.first)
        rows = desk.read(lambda connection: connection.execute(select(audit_entries)).all())
        assert rows[-1].action == AuditAction.KNOWLEDGE_ROLLED_BACK
        told = desk.read(events_of, desk.document().id)[-2:]
        assert [one.event for one in told] == [Happened.RESTORED, Happened.ROLLED_BACK]
        assert {one.note for one in told} == {REASON}

    def test_releases_are_listed_the_newest_first(self, desk):
        desk.published()
        back = desk.roll_back(desk.first)
        listed = desk.read(releases, 2, kinds=[ReleaseKind.ROLLBACK, ReleaseKind.CHANGES])
        assert [one.kind for one in listed] == [ReleaseKind.ROLLBACK, ReleaseKind.CHANGES]
        assert desk.read(live_release).id == back.id


class TestPointer:
    @pytest.fixture
    def index(self, tmp_path):
        for name in ("snapshot-1", "snapshot-2"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "manifest.json").write_text("{}", encoding="utf-8")
        return tmp_path

    def test_it_follows_the_live_release(self, desk, index):
        assert desk.read(reconcile, index) is True
        assert desk.read(reconcile, index) is False
        assert (index / "current").read_text(encoding="utf-8").strip() == "snapshot-1"

    def test_where_the_snapshot_is_gone_it_stays(self, desk, index):
        desk.read(reconcile, index)
        desk.published()
        with pytest.raises(SnapshotError):
            desk.read(reconcile, index)
        assert (index / "current").read_text(encoding="utf-8").strip() == "snapshot-1"

    def test_one_can_see_whether_it_is_still_there(self, index):
        assert has_snapshot(index, "snapshot-2")
        assert not has_snapshot(index, "snapshot-9")
        assert not has_snapshot(index, None)
