import json
import os
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.embedding.fake import FakeEmbedder
from knowledge.pointer import current_id, make_current, snapshot_ids
from knowledge.search import builder
from knowledge.search import manifest as manifest_module
from knowledge.search.builder import publish
from knowledge.search.errors import SnapshotError
from knowledge.search.storage import load_snapshot
from tests.small_base import LOST_BOOK, LOST_CARD, PASSAGES

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)


class CountingEmbedder(FakeEmbedder):
    def __init__(self):
        super().__init__()
        self.embedded = []

    def embed_queries(self, texts):
        self.embedded += texts
        return super().embed_queries(texts)


@pytest.fixture
def published(tmp_path):
    return publish(PASSAGES, FakeEmbedder(), tmp_path, NOON)


def later(hours):
    return NOON + timedelta(hours=hours)


def manifest_path(root):
    return root / current_id(root) / "manifest.json"


def test_everything_published_is_loaded_again(published, tmp_path):
    snapshot = load_snapshot(tmp_path)
    assert snapshot.passages == PASSAGES
    assert snapshot.id == published.id


def test_the_manifest_names_model_passages_and_files(published, tmp_path):
    manifest = json.loads(manifest_path(tmp_path).read_text(encoding="utf-8"))
    assert manifest["model"] == FakeEmbedder().name
    assert manifest["created_at"] == "2030-06-01T12:00:00+00:00"
    assert manifest["passages"] == {passage.id: passage.digest for passage in PASSAGES}
    assert "passages.jsonl" in manifest["files"]


def test_publishing_the_same_again_makes_nothing_new(published, tmp_path):
    again = publish(PASSAGES, FakeEmbedder(), tmp_path, later(1))
    assert (again.id, again.is_new, again.embedded) == (published.id, False, 0)


def test_only_changed_texts_are_embedded_again(published, tmp_path):
    embedder = CountingEmbedder()
    changed = replace(LOST_CARD, questions=(*LOST_CARD.questions, "thẻ bị gãy đôi"))
    publish((changed, *PASSAGES[1:]), embedder, tmp_path, later(1))
    assert embedder.embedded == ["thẻ bị gãy đôi"]


def test_another_model_embeds_everything(published, tmp_path):
    assert publish(PASSAGES, FakeEmbedder(64), tmp_path, later(1)).embedded == published.embedded


def test_other_code_makes_another_snapshot(published, tmp_path, monkeypatch):
    monkeypatch.setattr(manifest_module, "CODE_SUFFIXES", (".py",))
    assert publish(PASSAGES, FakeEmbedder(), tmp_path, later(1)).is_new


def test_progress_is_told_up_to_the_end(tmp_path):
    seen = []
    published = publish(PASSAGES, FakeEmbedder(), tmp_path, NOON, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (published.embedded, published.embedded)


def test_two_passages_of_one_id_are_refused(tmp_path):
    with pytest.raises(SnapshotError, match="id of another"):
        publish((LOST_CARD, LOST_CARD), FakeEmbedder(), tmp_path, NOON)


def test_an_earlier_snapshot_can_be_made_current_again(published, tmp_path):
    publish(PASSAGES[:2], FakeEmbedder(), tmp_path, later(1))
    make_current(tmp_path, published.id)
    assert load_snapshot(tmp_path).passages == PASSAGES


def test_a_snapshot_that_is_not_there_cannot_be_made_current(published, tmp_path):
    with pytest.raises(SnapshotError, match=published.id):
        make_current(tmp_path, "20200101T000000-00000000")


def test_before_the_first_publishing_the_command_is_named(tmp_path):
    with pytest.raises(SnapshotError, match="bhxh knowledge publish"):
        load_snapshot(tmp_path)


@pytest.mark.parametrize(
    "name", ["passages.jsonl", "dense-texts/vectors.faiss", "lexical-whole-plain/terms.json", "topic-space.npz"]
)
def test_a_damaged_file_is_named_with_the_command_that_mends_it(published, tmp_path, name):
    path = tmp_path / published.id / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(SnapshotError, match=rf"{name} is changed.*bhxh knowledge publish"):
        load_snapshot(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"])
def test_a_damaged_manifest_is_reported(published, tmp_path, content):
    manifest_path(tmp_path).write_text(content)
    with pytest.raises(SnapshotError, match="cannot be read"):
        load_snapshot(tmp_path)


def test_a_snapshot_of_another_format_version_is_refused(published, tmp_path):
    path = manifest_path(tmp_path)
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "format_version": 1}))
    with pytest.raises(SnapshotError, match="format version 1"):
        load_snapshot(tmp_path)


def test_publishing_mends_a_damaged_snapshot(published, tmp_path):
    (tmp_path / published.id / "passages.jsonl").unlink()
    assert publish(PASSAGES, FakeEmbedder(), tmp_path, NOON).is_new
    assert load_snapshot(tmp_path).passages == PASSAGES


def test_an_interrupted_writer_leaves_nothing_that_counts(published, tmp_path):
    (tmp_path / ".20300601T130000-11111111.77.part").mkdir()
    assert snapshot_ids(tmp_path) == (published.id,)


def test_old_snapshots_are_removed_but_never_the_current_one(tmp_path, monkeypatch):
    monkeypatch.setattr(builder, "KEPT_SNAPSHOTS", 2)
    for hour in range(4):
        changed = replace(LOST_BOOK, text=f"Sổ số {hour}.")
        last = publish((changed,), FakeEmbedder(), tmp_path, later(hour))
    assert len(snapshot_ids(tmp_path)) == 2
    assert current_id(tmp_path) == last.id


def test_publishers_at_the_same_time_wait_for_each_other(tmp_path):
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(publish(PASSAGES, FakeEmbedder(), tmp_path, NOON)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result.is_new for result in results) == [False, False, False, True]
    assert load_snapshot(tmp_path).passages == PASSAGES


def test_alternates_without_diacritics_do_not_teach_to_leave_them_out(tmp_path):
    typed_fast = replace(LOST_CARD, questions=(*LOST_CARD.questions, *["mat the bao hiem y te"] * 40))
    publish((typed_fast, LOST_BOOK), FakeEmbedder(), tmp_path, NOON)
    restored = load_snapshot(tmp_path).restorer().likeliest(("mat the bao hiem y te",))
    assert restored == "mất thẻ bảo hiểm y tế"


def test_the_disk_has_a_snapshot_and_the_pointer_before_anything_names_them(tmp_path, monkeypatch):
    synced, named = set(), []
    real_sync, real_rename, real_replace = os.fsync, Path.rename, Path.replace

    def fsync(handle):
        synced.add(Path(os.readlink(f"/proc/self/fd/{handle}")))
        real_sync(handle)

    def rename(self, target):
        named.append((Path(target).name, {self, *self.rglob("*")} - synced))
        return real_rename(self, target)

    def replace(self, target):
        named.append((Path(target).name, {self} - synced))
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr(Path, "replace", replace)
    built = publish(PASSAGES, FakeEmbedder(), tmp_path, NOON)
    assert [one for one in named if one[0] in (built.id, "current")] == [(built.id, set()), ("current", set())]
    assert tmp_path in synced
