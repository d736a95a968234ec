"""What several people do at the same time, or on different days: nothing unread is served, nothing served is lost."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desk.audit import audit_entries
from editing import drafting, pointer, releasing, rolling_back
from editing.bodies.faq import FaqBody, faq_from_json
from editing.documents import set_owner
from editing.drafting import DraftChanges, NewFaq, new_faq
from editing.errors import OutdatedError, WrongStateError
from editing.history import Happened, events_of
from editing.release import ReleaseState
from editing.settling import settle
from editing.version import VersionState
from editing.workshop.keeping import needed_snapshots
from tests.fakes.lifecycle import AN, APPROVER, ENTRY, KnowledgeDesk

NEW_YEAR = date(2027, 1, 1)
NOON = timedelta(days=1)


@pytest.fixture
def desk(engine):
    return KnowledgeDesk(engine)


def test_what_an_editor_writes_while_its_release_goes_live_is_not_published(desk):
    approved = desk.approved()
    release = desk.built(desk.request(approved))
    written = desk.save(approved, "Chưa ai đọc.")
    with pytest.raises(OutdatedError):
        desk.write(settle, release, (approved,), AN, desk.now)
    assert (desk.live().number, desk.state(written)) == (1, VersionState.DRAFT)


def test_another_first_day_makes_another_release(desk):
    approved = desk.approved(live_from=NEW_YEAR)
    release = desk.built(desk.request(approved))
    again = desk.approve(desk.submit(desk.save(approved, live_from=NEW_YEAR + NOON)))
    assert again.digest == approved.digest
    with pytest.raises(OutdatedError):
        desk.publish(release)
    other = desk.request(again)
    assert (other.id != release.id, other.state) == (True, ReleaseState.REQUESTED)


def test_what_was_compared_yesterday_is_compared_anew(desk):
    approved = desk.approved()
    release = desk.built(desk.request(approved))
    assert desk.request(approved).id == release.id
    desk.now += NOON
    again = desk.request(approved)
    assert (again.id != release.id, again.state) == (True, ReleaseState.REQUESTED)


def test_a_version_that_is_over_takes_no_place_of_what_is_served(desk):
    desk.published(answer="Từ năm mới.", live_from=NEW_YEAR)
    late = desk.approve(desk.submit(desk.save(desk.draft(), "Đến hết năm.", live_to=NEW_YEAR - NOON)))
    desk.now += timedelta(days=90)
    with pytest.raises(WrongStateError):
        desk.request(late)
    assert desk.live(day=NEW_YEAR + NOON).number == 2


def test_what_was_forced_and_taken_back_still_has_to_be_approved(desk):
    desk.force(desk.built(desk.request(desk.submit(desk.save(desk.draft())))))
    desk.roll_back(desk.first)
    copy = desk.opened()
    assert (copy.state, copy.decided_by) == (VersionState.SUBMITTED, None)
    assert desk.approve(copy).decided_by == APPROVER.operator_id


def test_going_forward_again_to_what_was_forced_is_listed_as_forced(desk):
    forced = desk.force(desk.built(desk.request(desk.submit(desk.save(desk.draft())))))
    assert not desk.roll_back(desk.first).is_forced
    again = desk.roll_back(forced.id, "Bản này đúng, dùng lại ngay.")
    newest = desk.read(releasing.forced_releases, 10)[0]
    assert (newest.id, newest.reason) == (again.id, "Bản này đúng, dùng lại ngay.")


def test_a_second_withdrawal_is_released_also_where_the_first_was_ready(desk):
    first = desk.withdrawal()
    desk.built(desk.request(first))
    desk.discard(first)
    second = desk.withdrawal()
    desk.publish(desk.built(desk.request(second)))
    assert desk.live() is None


def test_previews_are_found_among_those_of_others(desk):
    submitted = desk.submit(desk.save(desk.draft()))
    other = desk.submit(desk.save(desk.draft("faq/sinh-con-tro-cap"), "Mức mới."))
    (preview,) = desk.read(releasing.previews_of, submitted.id)
    assert preview.changes[0]["version_id"] == submitted.id
    assert desk.read(releasing.previews_of, other.id)[0].id != preview.id


def test_who_read_what_was_live_before_does_not_move_the_pointer_back(desk, tmp_path, monkeypatch):
    """One has read release 1 and is slow; meanwhile release 2 goes live and its publisher moves the pointer."""
    release = desk.built(desk.request(desk.approved()))
    for name in ("snapshot-1", release.snapshot_id):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}", encoding="utf-8")
    read, go_on = threading.Event(), threading.Event()
    live_release = pointer.live_release

    def slow(connection):
        live = live_release(connection)
        if live.snapshot_id == "snapshot-1":
            read.set()
            assert go_on.wait(10)
        return live

    monkeypatch.setattr(pointer, "live_release", slow)
    first = threading.Thread(target=lambda: desk.read(pointer.reconcile, tmp_path))
    first.start()
    assert read.wait(10)
    desk.publish(release)
    second = threading.Thread(target=lambda: desk.read(pointer.reconcile, tmp_path))
    second.start()
    second.join(0.2)
    go_on.set()
    first.join()
    second.join()
    assert pointer.pointed_at(tmp_path) == release.snapshot_id


def test_of_two_who_begin_an_entry_of_one_key_the_second_is_told(desk, monkeypatch):
    """Both looked before either wrote."""
    new = NewFaq("Thẻ BHYT", FaqBody(question="Mất thẻ thì làm sao?"), "mat-the")
    desk.write(new_faq, new, AN, desk.now)
    monkeypatch.setattr(drafting, "find_document", lambda *_: None)
    with pytest.raises(WrongStateError):
        desk.write(new_faq, new, APPROVER, desk.now)


def test_who_answers_for_a_document_is_in_the_audit_log(desk):
    desk.write(set_owner, desk.document().id, 2, AN, desk.now)
    rows = desk.read(lambda connection: connection.execute(select(audit_entries)).all())
    assert (rows[-1].subject, rows[-1].detail["owner"]) == (f"knowledge:{ENTRY}", 2)


def test_going_to_and_fro_keeps_what_was_before_both(desk):
    first = desk.published(answer="Câu trả lời thứ nhất.")
    second = desk.published(answer="Câu trả lời thứ hai.")
    desk.roll_back(first.id)
    desk.roll_back(second.id)
    needed = desk.read(needed_snapshots, 3)
    assert {"snapshot-1", first.snapshot_id, second.snapshot_id} <= needed


def test_going_forward_again_throws_away_nothing_that_was_written_meanwhile(desk, monkeypatch):
    """An editor saves between the moment in which the versions are read and that in which the copy is discarded."""
    second = desk.published()
    desk.roll_back(desk.first)
    copy = desk.opened()
    mark_followers = rolling_back.mark_followers

    def slow(connection, served):
        changes = DraftChanges(faq_from_json({**copy.body, "answer": "Viết thêm lúc đó."}))
        drafting.save_draft(connection, copy.id, copy.revision, changes, AN, desk.now)
        mark_followers(connection, served)

    monkeypatch.setattr(rolling_back, "mark_followers", slow)
    desk.roll_back(second.id)
    assert (desk.opened().id, desk.opened().body["answer"]) == (copy.id, "Viết thêm lúc đó.")
    assert Happened.DISCARDED not in {one.event for one in desk.read(events_of, desk.document().id)}


def test_going_forward_again_keeps_what_was_approved_with_other_days(desk):
    second = desk.published()
    desk.roll_back(desk.first)
    desk.discard(desk.opened())
    desk.approved(live_to=NEW_YEAR)
    desk.roll_back(second.id, "Bản này đúng, dùng lại ngay.")
    assert (desk.opened().state, desk.opened().live_to) == (VersionState.APPROVED, NEW_YEAR)
