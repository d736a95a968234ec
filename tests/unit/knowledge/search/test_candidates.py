"""Snapshots made from a content folder: what they hold, what is embedded again, what is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from knowledge.embedding.fake import FakeEmbedder
from knowledge.errors import KnowledgeError
from knowledge.faqs.problem import ContentError
from knowledge.library import load_documents
from knowledge.pointer import content_of, current_id, make_current, snapshot_ids
from knowledge.search.builder import build_candidate
from knowledge.search.errors import SnapshotError
from knowledge.search.storage import load_snapshot, remove_old_snapshots
from tests.small_content import LOST_CARD, RATE, TODAY, write_content

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def build(tmp_path, index):
    """Builds one candidate an hour."""
    made = []

    def build_next(*faqs, bases=(), extra=None, **content):
        folder = write_content(tmp_path / f"content-{len(made)}", *faqs, **content)
        for name, text in (extra or {}).items():
            (folder / name).write_text(text, encoding="utf-8")
        now = NOON + timedelta(hours=len(made))
        made.append(build_candidate(folder, FakeEmbedder(), index, now, bases=bases))
        return made[-1]

    return build_next


def test_a_candidate_is_not_current(build, index):
    built = build(LOST_CARD)
    assert snapshot_ids(index) == (built.id,)
    with pytest.raises(SnapshotError):
        current_id(index)


def test_the_readable_files_are_in_the_snapshot(build, index):
    built = build(LOST_CARD, RATE, extra={"versions.yml": "- {document: faq/mat-the, version: 7}\n", "notes.md": "x"})
    documents = load_documents(content_of(index, built.id), TODAY)
    assert [one.id for one in documents.templates] == ["mat-the", "muc-dong"]
    assert documents.templates[0].version == "7"
    assert documents.passages(TODAY) == load_snapshot(index, built.id).passages
    assert not (content_of(index, built.id) / "notes.md").exists()


def test_a_changed_file_in_the_snapshot_is_noticed(build, index):
    built = build(LOST_CARD)
    path = content_of(index, built.id) / "faqs" / "thu.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Nộp", "Không nộp"), encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"thu\.yml is changed"):
        load_snapshot(index, built.id)


def test_passages_keep_version_and_days(build, index):
    faq = replace(LOST_CARD, period=("live_from: 2026-01-01", "live_to: 2026-12-31"))
    row = "- {document: faq/mat-the, version: 3, live_from: 2026-01-01}\n"
    built = build(faq, extra={"versions.yml": row}, topic="Thẻ")
    passage = next(one for one in load_snapshot(index, built.id).passages if one.id == "faq/mat-the")
    assert (passage.version, passage.topic) == ("3", "Thẻ")
    assert (passage.valid_from, passage.valid_to) == (date(2026, 1, 1), date(2026, 12, 31))


def test_only_what_changed_is_embedded(build, index):
    first = build(LOST_CARD, RATE)
    make_current(index, first.id)
    second = build(replace(LOST_CARD, answer="Nộp đơn ở xã."), RATE)
    assert (first.embedded, first.texts_total) == (first.texts_total, second.texts_total)
    assert second.embedded == 1


def test_a_new_version_number_embeds_nothing_but_makes_a_snapshot(build, index):
    make_current(index, build(LOST_CARD).id)
    built = build(LOST_CARD, extra={"versions.yml": "- {document: faq/mat-the, version: 2}\n"})
    assert (built.is_new, built.embedded) == (True, 0)


def test_a_change_that_no_passage_shows_makes_a_snapshot_too(build, index):
    make_current(index, build(LOST_CARD).id)
    other = replace(LOST_CARD, basis=LOST_CARD.basis.replace("Điều 9", "Điều 10"))
    assert build(other).is_new


def test_vectors_are_taken_over_from_any_base(build, index):
    first = build(LOST_CARD)
    make_current(index, build(RATE).id)
    assert build(LOST_CARD, RATE, bases=(first.id,)).embedded == 0


def test_the_same_content_is_found_again_whatever_is_current(build, index):
    first = build(LOST_CARD)
    make_current(index, build(RATE).id)
    again = build(LOST_CARD)
    assert (again.id, again.is_new) == (first.id, False)


def test_a_base_that_is_gone_or_damaged_is_no_base(build, index):
    first = build(LOST_CARD)
    (index / first.id / "passages.jsonl").write_text("")
    built = build(LOST_CARD, bases=(first.id, "20200101T000000-00000000"))
    assert (built.is_new, built.embedded) == (True, built.texts_total)


def test_malformed_content_leaves_nothing_behind(build, index):
    with pytest.raises(ContentError, match="unknown_parameter"):
        build(replace(RATE, answer="Mức {khong_co}."))
    assert snapshot_ids(index) == ()


def test_two_periods_that_meet_are_refused(build):
    with pytest.raises(ContentError, match="duplicate_id"):
        build(LOST_CARD, replace(LOST_CARD, answer="Khác.", period=("live_from: 2027-01-01",)))


def test_what_is_to_be_spared_is_kept(build, index):
    ids = [build(LOST_CARD, duty=f"Việc số {number}.").id for number in range(4)]
    make_current(index, ids[3])
    assert remove_old_snapshots(index, keep=1, spare={ids[0]}) == (ids[1], ids[2])
    assert snapshot_ids(index) == (ids[0], ids[3])


def test_a_directive_has_a_later_period_of_its_own(build, index, tmp_path):
    front = "live_to: 2026-12-31\n"
    folder = write_content(tmp_path / "two", LOST_CARD)
    text = (folder / "directives" / "999-BHXH-VP.txt").read_text(encoding="utf-8")
    (folder / "directives" / "999-BHXH-VP.yml").write_text(front, encoding="utf-8")
    later = folder / "directives" / "999-BHXH-VP@2027-01-01"
    later.with_name(f"{later.name}.txt").write_text(text.replace("phân công trực", "nghỉ hết"), encoding="utf-8")
    later.with_name(f"{later.name}.yml").write_text("live_from: 2027-01-01\n", encoding="utf-8")
    built = build_candidate(folder, FakeEmbedder(), index, NOON)
    found = {one.id: one.text for one in load_snapshot(index, built.id).passages}
    assert "phân công trực" in found["999-BHXH-VP/1.a"]
    assert "nghỉ hết" in found["999-BHXH-VP/1.a@2027-01-01"]


def test_a_later_period_whose_name_and_front_matter_differ_is_refused(tmp_path, index):
    folder = write_content(tmp_path / "wrong", LOST_CARD)
    path = folder / "directives" / "999-BHXH-VP.txt"
    path.rename(path.with_name("999-BHXH-VP@2027-01-01.txt"))
    with pytest.raises(KnowledgeError, match="live_from"):
        build_candidate(folder, FakeEmbedder(), index, NOON)
