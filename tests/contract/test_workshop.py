"""From a wish to a candidate with a report, on both databases, with the fake embedder."""

import shutil
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from app.database import describe_release
from desk.alert import open_alerts
from desk.database import writing
from editing.build_fault import FaultCode, read_fault
from editing.errors import OutdatedError
from editing.gate.change import ChangeKind
from editing.release import ReleaseKind, ReleaseState, knowledge_releases
from editing.version import knowledge_versions
from editing.workshop.claim import MOST_ATTEMPTS, BuildLostError, Holder, take_job, tell
from editing.workshop.restoring import LOOK_EVERY
from knowledge.embedding.fake import FakeEmbedder
from knowledge.pointer import snapshot_ids
from tests.fakes.workshop_desk import CARD, FEW_DIMENSIONS, GO_THERE, RATES, WorkshopDesk
from tests.small_content import LOST_CARD

NEW_ANSWER = "Nộp tờ khai trên VssID để được cấp lại thẻ."


@pytest.fixture
def desk(engine, tmp_path):
    return WorkshopDesk(engine, tmp_path)


class Counting(FakeEmbedder):
    passages = 0

    def embed_passages(self, texts):
        self.passages += len(texts)
        return super().embed_passages(texts)


class TestBuilding:
    def test_a_changed_answer_is_the_one_change_of_the_report(self, desk):
        candidate = desk.candidate(desk.approved(CARD, NEW_ANSWER))
        assert candidate.state is ReleaseState.READY
        report = desk.report(candidate)
        (change,) = report.changes
        assert (change.kind, change.after.document, change.after.version) == (ChangeKind.OTHER_TEXT, CARD, "2")
        assert (change.before.text, change.after.text) == (LOST_CARD.answer + GO_THERE, NEW_ANSWER + GO_THERE)
        assert (report.regressions, report.missed, report.moved_count) == (0, (), 0)

    def test_only_what_changed_is_embedded(self, engine, tmp_path):
        embedder = Counting(FEW_DIMENSIONS)
        desk = WorkshopDesk(engine, tmp_path, embedder=embedder)
        embedder.passages = 0
        candidate = desk.candidate(desk.approved(CARD, NEW_ANSWER))
        assert (embedder.passages, candidate.texts_embedded) == (1, 1)
        assert candidate.texts_total > 10

    def test_publishing_a_candidate_moves_the_pointer_to_its_snapshot(self, desk):
        before = desk.pointer
        candidate = desk.candidate(desk.approved(CARD, NEW_ANSWER))
        assert desk.pointer == before
        desk.publish(candidate)
        assert desk.pointer == candidate.snapshot_id != before

    def test_a_preview_is_built_on_submitting_and_its_snapshot_is_used_again(self, desk):
        version = desk.submit(desk.save(desk.draft(CARD), NEW_ANSWER))
        desk.build()
        (preview,) = desk.read(
            lambda c: c.execute(
                select(knowledge_releases).where(knowledge_releases.c.kind == ReleaseKind.PREVIEW.value)
            ).all()
        )
        assert preview.state == ReleaseState.READY
        ready = desk.request(desk.approve(version))
        assert (ready.state, ready.snapshot_id) == (ReleaseState.READY, preview.snapshot_id)

    def test_a_scheduled_version_is_asked_for_on_its_first_day(self, desk):
        start = date(2027, 3, 1)
        candidate = desk.candidate(desk.approved(CARD, NEW_ANSWER, live_from=start))
        report = desk.report(candidate)
        assert report.days == (desk.now.date(), start)
        assert [(one.day, one.kind) for one in report.changes] == [(start, ChangeKind.OTHER_TEXT)]

    def test_a_withdrawn_entry_is_not_expected_any_more(self, desk):
        report = desk.report(desk.candidate(desk.withdrawal(CARD)))
        (change,) = report.changes
        assert (change.kind, change.is_regression) == (ChangeKind.OTHER_DOCUMENT, False)

    def test_golden_questions_that_go_wrong_are_regressions(self, desk):
        golden = f"questions:\n  - {{question: mat the roi, expected: {CARD}}}\n"
        desk.golden.write_text(golden, encoding="utf-8")
        report = desk.report(desk.candidate(desk.withdrawal(CARD)))
        assert report.needs_reason
        assert report.regressions == 1
        assert [one.question.text for one in report.missed] == ["mat the roi"]
        assert (report.expecting - report.met_after, report.expecting - report.met_before) == (1, 0)

    def test_entries_that_nobody_touched_move_with_a_figure(self, desk):
        version = desk.draft("parameter/muc_thu")
        with writing(desk.engine) as connection:
            body = {**version.body, "values": [{**version.body["values"][0], "value": "2500000"}]}
            one = knowledge_versions.c.id == version.id
            connection.execute(update(knowledge_versions).where(one).values(body=body, digest="another"))
        approved = desk.approve(desk.submit(version))
        report = desk.report(desk.candidate(approved))
        (moved,) = report.moved
        assert (moved.document, moved.before, moved.after) == (
            RATES,
            "Mức đóng là 2.000.000 đồng/tháng." + GO_THERE,
            "Mức đóng là 2.500.000 đồng/tháng." + GO_THERE,
        )


class TestFaults:
    def test_a_base_that_cannot_be_read_fails_with_what_to_mend(self, desk):
        version = desk.approved(CARD, NEW_ANSWER)
        with writing(desk.engine) as connection:
            one = knowledge_versions.c.id == version.id
            broken = {**version.body, "answer": "Mức {khong_co} đồng."}
            connection.execute(update(knowledge_versions).where(one).values(body=broken))
        failed = desk.candidate(version)
        fault = read_fault(failed.error)
        assert (failed.state, fault.code) == (ReleaseState.FAILED, FaultCode.CONTENT)
        assert "khong_co" in fault.details[0]
        assert str(desk.index) not in failed.error
        assert [one.alert.kind for one in desk.read(open_alerts, 10)] == ["build_failed"]

    def test_the_alert_ends_with_the_next_build_that_succeeds(self, desk):
        self.test_a_base_that_cannot_be_read_fails_with_what_to_mend(desk)
        desk.candidate(desk.approved(RATES, "Mức đóng nay là {muc_thu}/tháng."))
        assert desk.read(open_alerts, 10) == ()

    def test_a_release_wished_for_on_a_base_that_is_gone_is_outdated_and_not_built(self, desk):
        first = desk.request(desk.approved(CARD, NEW_ANSWER))
        with writing(desk.engine) as connection:
            one = knowledge_releases.c.id == first.id
            connection.execute(update(knowledge_releases).where(one).values(base_id=None))
        desk.build()
        assert desk.release(first.id).state is ReleaseState.OUTDATED

    def test_a_snapshot_that_was_damaged_is_said_so(self, desk):
        (desk.index / desk.pointer / "passages.jsonl").write_text("broken", encoding="utf-8")
        failed = desk.candidate(desk.approved(CARD, NEW_ANSWER))
        assert read_fault(failed.error).code is FaultCode.SNAPSHOT


class TestLease:
    @pytest.fixture
    def wished(self, desk):
        return desk.request(desk.approved(CARD, NEW_ANSWER))

    def take(self, desk, name, after=0):
        holder = Holder(name, 60.0)
        with writing(desk.engine) as connection:
            return take_job(connection, holder, desk.now + timedelta(seconds=after))

    def drop_previews(self, desk, wished):
        with writing(desk.engine) as connection:
            others = knowledge_releases.c.kind == ReleaseKind.PREVIEW.value
            connection.execute(update(knowledge_releases).where(others).values(state=ReleaseState.DISCARDED.value))

    def test_two_workshops_never_build_the_same(self, desk, wished):
        self.drop_previews(desk, wished)
        assert self.take(desk, "one").id == wished.id
        assert self.take(desk, "two") is None

    def test_a_build_without_a_sign_of_life_is_taken_by_another(self, desk, wished):
        self.drop_previews(desk, wished)
        lost = self.take(desk, "one")
        assert self.take(desk, "two", after=61).id == wished.id
        with pytest.raises(BuildLostError), writing(desk.engine) as connection:
            tell(connection, lost, "embedding", 1, 2, desk.now)

    def test_the_same_workshop_goes_on_at_once_after_a_restart(self, desk, wished):
        self.drop_previews(desk, wished)
        self.take(desk, "one")
        assert self.take(desk, "one").id == wished.id

    def test_a_build_that_kills_its_workshop_each_time_is_given_up(self, desk, wished):
        self.drop_previews(desk, wished)
        for _ in range(MOST_ATTEMPTS):
            assert self.take(desk, "one") is not None
        assert self.take(desk, "one") is None
        given_up = desk.release(wished.id)
        assert (given_up.state, read_fault(given_up.error).code) == (ReleaseState.FAILED, FaultCode.ATTEMPTS)

    def test_changes_are_built_before_previews(self, desk, wished):
        assert self.take(desk, "one").id == wished.id
        assert self.take(desk, "two").kind is ReleaseKind.PREVIEW


class TestPointer:
    def test_the_snapshot_of_the_live_release_is_made_anew_when_it_is_gone(self, desk):
        live = desk.publish(desk.candidate(desk.approved(CARD, NEW_ANSWER)))
        shutil.rmtree(desk.index / live.snapshot_id)
        (desk.index / "current").unlink()
        desk.workshop.loop.look_at_pointer()
        again = desk.live_release()
        assert (again.id, again.snapshot_id) == (live.id, desk.pointer)
        base = desk.workshop.loop.bench.live()
        assert base.assistant.answer("Mất thẻ bảo hiểm y tế thì làm sao?").answer.text == NEW_ANSWER + GO_THERE

    @pytest.mark.parametrize("name", ["passages.jsonl", "manifest.json"])
    def test_a_snapshot_in_use_that_was_damaged_is_made_anew(self, desk, name):
        desk.workshop.loop.look_at_pointer()
        live = desk.publish(desk.candidate(desk.approved(CARD, NEW_ANSWER)))
        (desk.index / live.snapshot_id / name).write_text("broken", encoding="utf-8")
        desk.now += timedelta(minutes=1)
        desk.workshop.loop.look_at_pointer()
        assert desk.pointer == desk.live_release().snapshot_id != live.snapshot_id
        base = desk.workshop.loop.bench.live()
        assert base.assistant.answer("Mất thẻ bảo hiểm y tế thì làm sao?").answer.text == NEW_ANSWER + GO_THERE

    def test_damage_that_comes_later_is_found_at_the_next_look(self, desk):
        desk.workshop.loop.look_at_pointer()
        before = desk.pointer
        (desk.index / before / "passages.jsonl").write_text("broken", encoding="utf-8")
        desk.now += LOOK_EVERY - timedelta(seconds=1)
        desk.workshop.loop.look_at_pointer()
        assert desk.pointer == before
        desk.now += timedelta(seconds=1)
        desk.workshop.loop.look_at_pointer()
        assert desk.pointer == desk.live_release().snapshot_id != before

    def test_releases_that_shared_a_damaged_snapshot_can_be_gone_back_to(self, desk):
        first = desk.live_release()
        desk.publish(desk.candidate(desk.approved(CARD, NEW_ANSWER)))
        back = desk.roll_back(first.id)
        desk.workshop.loop.look_at_pointer()
        (desk.index / back.snapshot_id / "passages.jsonl").write_text("broken", encoding="utf-8")
        desk.now += LOOK_EVERY
        desk.workshop.loop.look_at_pointer()
        assert desk.release(first.id).snapshot_id == desk.live_release().snapshot_id == desk.pointer

    def test_an_action_server_that_does_not_follow_is_an_alert_until_it_does(self, engine, tmp_path):
        served = ["another"]
        desk = WorkshopDesk(engine, tmp_path, followed=lambda: served[0], pointer_lag_seconds=10.0)
        loop = desk.workshop.loop
        loop.look_at_pointer()
        assert desk.read(open_alerts, 10) == ()
        desk.now += timedelta(seconds=11)
        loop.look_at_pointer()
        loop.look_at_pointer()
        assert [(one.alert.kind, one.occurrences) for one in desk.read(open_alerts, 10)] == [("pointer_behind", 1)]
        served[0] = desk.pointer
        loop.look_at_pointer()
        assert desk.read(open_alerts, 10) == ()

    def test_whatever_goes_wrong_the_pointer_is_looked_at_again(self, engine, tmp_path):
        looks = []

        def followed():
            looks.append(len(looks))
            if len(looks) == 2:
                desk.workshop.loop.stop()
            raise OutdatedError("another release went live meanwhile")

        desk = WorkshopDesk(engine, tmp_path, followed=followed, poll_seconds=0.01)
        desk.workshop.loop.watch_forever()
        assert looks == [0, 1]

    def test_snapshots_that_nothing_needs_are_removed_and_those_to_go_back_to_stay(self, engine, tmp_path):
        desk = WorkshopDesk(engine, tmp_path, kept_releases=1)
        lives = []
        for number in range(4):
            desk.now += timedelta(minutes=5)
            lives.append(desk.publish(desk.candidate(desk.approved(CARD, f"Câu trả lời số {number}."))).snapshot_id)
        there = snapshot_ids(desk.index)
        assert set(lives[-2:]) <= set(there)
        assert lives[0] not in there
        assert not [*desk.index.glob(".*.part")]


def test_the_doctor_says_when_something_else_is_served(desk):
    address = desk.engine.url.render_as_string(hide_password=False)
    good, detail = describe_release(address, desk.index)
    assert good
    assert desk.pointer in detail
    (desk.index / "current").write_text("another\n", encoding="utf-8")
    assert not describe_release(address, desk.index)[0]


def test_the_doctor_has_nothing_to_compare_before_the_first_start(tmp_path):
    assert describe_release(f"sqlite:///{tmp_path / 'new.db'}", tmp_path)[0]
