"""What reviewers look at is compared with what is live before they come, on both databases."""

from datetime import timedelta

import pytest

from editing import previews, release_store
from editing.drafting import propose_withdrawal
from editing.previews import fresh_preview, without_preview
from editing.release import ReleaseState
from editing.release_store import change_release
from editing.releasing import discard_release
from editing.workshop import keeping
from editing.workshop.preview_chore import EVERY, PreviewChore
from tests.fakes.lifecycle import AN, APPROVER
from tests.fakes.workshop_desk import CARD, RATES, WorkshopDesk

NEW_ANSWER = "Nộp tờ khai trên VssID để được cấp lại thẻ."


@pytest.fixture
def desk(engine, tmp_path):
    return WorkshopDesk(engine, tmp_path)


@pytest.fixture
def waiting(desk):
    """Submitted and compared."""
    version = desk.submit(desk.save(desk.draft(CARD), NEW_ANSWER))
    desk.build()
    return version


def look(desk):
    """Of the workshop, when it is due."""
    (chore,) = [one for one in desk.workshop.loop.chores if isinstance(one, PreviewChore)]
    desk.now += EVERY
    chore(desk.now)


def shown(desk, version):
    found = desk.read(fresh_preview, version, desk.now)
    return None if found is None else found.state


def missing(desk):
    return desk.read(without_preview, desk.now, 9)


def test_another_release_has_what_waits_compared_anew(desk, waiting):
    assert (shown(desk, waiting), missing(desk)) == (ReleaseState.READY, ())
    desk.publish(desk.candidate(desk.approved(RATES, "Mức đóng là {muc_thu} đồng.")))
    assert (shown(desk, waiting), missing(desk)) == (None, (waiting.id,))
    look(desk)
    desk.build()
    assert (shown(desk, waiting), missing(desk)) == (ReleaseState.READY, ())


def test_another_day_has_it_compared_anew(desk, waiting):
    desk.now += timedelta(days=1)
    assert missing(desk) == (waiting.id,)
    look(desk)
    assert (shown(desk, waiting), missing(desk)) == (ReleaseState.REQUESTED, ())


def test_it_is_looked_for_when_it_is_time_again(desk, waiting):
    look(desk)
    (chore,) = [one for one in desk.workshop.loop.chores if isinstance(one, PreviewChore)]
    desk.now += timedelta(days=1)
    chore(desk.now)
    assert missing(desk) == ()


def test_what_was_thrown_away_is_not_wished_for(desk, waiting):
    desk.write(discard_release, desk.read(fresh_preview, waiting, desk.now).id, APPROVER, desk.now)
    assert (shown(desk, waiting), missing(desk)) == (None, ())


def test_what_is_over_is_not_wished_for(desk):
    today = desk.now.date()
    version = desk.submit(desk.save(desk.draft(CARD), NEW_ANSWER, live_to=today))
    desk.build()
    desk.now += timedelta(days=1)
    assert (shown(desk, version), missing(desk)) == (None, ())


def test_what_waits_longest_is_found_behind_however_many_others(desk, waiting, monkeypatch):
    monkeypatch.setattr(release_store, "_LOOKED_AT", 1)
    other = desk.submit(desk.save(desk.draft(RATES), "Mức đóng là {muc_thu} đồng."))
    desk.build()
    assert (shown(desk, waiting), shown(desk, other)) == (ReleaseState.READY, ReleaseState.READY)


def test_a_second_withdrawal_is_compared_and_holds_up_nobody(desk):
    def propose():
        reason = "Văn bản đã hết hiệu lực."
        return desk.submit(desk.write(propose_withdrawal, desk.document(CARD).id, reason, AN, desk.now))

    first = propose()
    desk.build()
    desk.discard(desk.take_back(first))
    second = propose()
    desk.build()
    assert (shown(desk, second), missing(desk)) == (ReleaseState.READY, ())


def test_nothing_is_wished_for_while_nothing_is_live(desk, waiting):
    desk.write(change_release, desk.live_release(), {"state": ReleaseState.RETIRED.value})
    assert (shown(desk, waiting), missing(desk)) == (None, ())


def test_of_a_long_queue_only_the_beginning_is_compared_before_anybody_looks(desk, waiting, monkeypatch):
    monkeypatch.setattr(previews, "MOST_AHEAD", 1)
    desk.submit(desk.save(desk.draft(RATES), "Mức đóng là {muc_thu} đồng."))
    desk.now += timedelta(days=1)
    assert missing(desk) == (waiting.id,)
    look(desk)
    assert missing(desk) == ()


def test_of_many_previews_some_keep_what_they_found_and_let_their_snapshots_go(desk, waiting, monkeypatch):
    monkeypatch.setattr(keeping, "PREVIEWS_KEPT", 1)
    later = desk.submit(desk.save(desk.draft(RATES), "Mức đóng là {muc_thu} đồng."))
    desk.build()
    first, second = desk.read(fresh_preview, waiting, desk.now), desk.read(fresh_preview, later, desk.now)
    assert first.snapshot_id is not None
    assert (second.state, second.snapshot_id, second.report is None) == (ReleaseState.READY, None, False)
    wished = desk.request(desk.approve(later))
    assert wished.state is ReleaseState.REQUESTED
    desk.build()
    assert desk.publish(desk.release(wished.id)).snapshot_id == desk.pointer


def test_a_preview_that_is_over_is_forgotten_after_a_month_when_something_else_is_live(desk, waiting):
    preview = desk.read(fresh_preview, waiting, desk.now)
    desk.write(discard_release, preview.id, APPROVER, desk.now)

    def is_there_after(days):
        desk.now += timedelta(days=days)
        desk.write(keeping.tidy_previews, desk.now)
        return desk.release(preview.id) is not None

    assert is_there_after(31)
    desk.now -= timedelta(days=31)
    desk.publish(desk.candidate(desk.approved(RATES, "Mức đóng là {muc_thu} đồng.")))
    assert (is_there_after(29), is_there_after(2)) == (True, False)
