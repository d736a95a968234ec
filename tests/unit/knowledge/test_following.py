import logging
import threading

import pytest

from knowledge.following import LOOKS_BEFORE_ANOTHER_TRY, Following
from knowledge.pointer import make_current
from knowledge.search.errors import SnapshotError


@pytest.fixture
def index(tmp_path):
    for name in ("1", "2", "3"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}")
    make_current(tmp_path, "1")
    return tmp_path


class Loading:
    """Loads any snapshot but the damaged ones; remembers what it was asked for."""

    def __init__(self, *damaged):
        self.damaged = set(damaged)
        self.asked = []

    def __call__(self, snapshot_id):
        self.asked.append(snapshot_id)
        if snapshot_id in self.damaged:
            raise SnapshotError(f"{snapshot_id} is damaged")
        return f"content of {snapshot_id}"


def test_what_the_pointer_names_is_in_use(index):
    following = Following(index, Loading())
    assert (following.snapshot_id, following.current) == ("1", "content of 1")


def test_a_look_swaps_when_the_pointer_moved(index):
    following = Following(index, Loading())
    make_current(index, "2")
    assert following.look()
    assert (following.snapshot_id, following.current) == ("2", "content of 2")


def test_nothing_is_loaded_while_the_pointer_stands_still(index):
    loading = Loading()
    following = Following(index, loading)
    assert not following.look()
    assert loading.asked == ["1"]


def test_what_fails_in_another_way_is_not_loaded_at_each_look(index):
    class Faulty(Loading):
        def __call__(self, snapshot_id):
            loaded = super().__call__(snapshot_id)
            if snapshot_id == "2":
                raise KeyError(snapshot_id)
            return loaded

    loading = Faulty()
    following = Following(index, loading)
    make_current(index, "2")
    with pytest.raises(KeyError):
        following.look()
    assert not any(following.look() for _ in range(LOOKS_BEFORE_ANOTHER_TRY - 1))
    assert loading.asked == ["1", "2"]
    make_current(index, "3")
    assert following.look()


def test_a_damaged_snapshot_is_logged_once_and_the_old_one_stays(index, caplog):
    caplog.set_level(logging.ERROR)
    loading = Loading("2")
    following = Following(index, loading)
    make_current(index, "2")
    assert not any(following.look() for _ in range(LOOKS_BEFORE_ANOTHER_TRY - 1))
    assert following.current == "content of 1"
    assert len(caplog.records) == 1
    assert loading.asked == ["1", "2"]


def test_a_snapshot_that_somebody_mended_is_taken_after_a_while(index):
    loading = Loading("2")
    following = Following(index, loading)
    make_current(index, "2")
    following.look()
    loading.damaged.clear()
    assert any(following.look() for _ in range(LOOKS_BEFORE_ANOTHER_TRY))
    assert following.current == "content of 2"


def test_after_a_damaged_one_the_next_is_taken_at_once(index):
    following = Following(index, Loading("2"))
    make_current(index, "2")
    following.look()
    make_current(index, "3")
    assert following.look()


def test_a_pointer_that_is_gone_changes_nothing(index):
    following = Following(index, Loading())
    (index / "current").unlink()
    assert not following.look()
    assert following.current == "content of 1"


def test_without_a_snapshot_it_says_so_at_the_start(tmp_path):
    with pytest.raises(SnapshotError, match="bhxh knowledge publish"):
        Following(tmp_path, Loading())


def test_something_else_may_be_held_until_the_first_snapshot(index):
    (index / "current").unlink()
    following = Following(index, Loading(), instead=lambda: "files")
    assert (following.snapshot_id, following.current) == ("", "files")
    make_current(index, "1")
    assert following.look()
    assert following.current == "content of 1"


def test_its_thread_follows_by_itself(index):
    swapped = threading.Event()

    def load(snapshot_id):
        if snapshot_id == "2":
            swapped.set()
        return snapshot_id

    following = Following(index, load)
    following.start()
    make_current(index, "2")
    assert swapped.wait(5)
    following.stop()
