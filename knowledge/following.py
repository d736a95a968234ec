"""What a running process holds of the current snapshot: it follows the pointer, and swaps one reference."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from knowledge.errors import KnowledgeError
from knowledge.pointer import current_id

log = logging.getLogger(__name__)

T = TypeVar("T")
NONE = ""
"""Id while no snapshot is in use."""
LOOK_SECONDS = 0.5
"""The pointer is a small file: looking costs microseconds, and a switch is to be seen within seconds."""
LOOKS_BEFORE_ANOTHER_TRY = 60
"""A snapshot that could not be loaded is tried again, in case somebody mended it."""


class Following(Generic[T]):
    """Loads what a snapshot holds beside what is in use, then swaps: who took `current` works on to the end with it.

    A snapshot that cannot be loaded is logged once, and the one before stays.
    """

    def __init__(self, root: Path, load: Callable[[str], T], instead: Callable[[], T] | None = None) -> None:
        """`load` is given the id of a snapshot; `instead` is held while there is none that can be used.

        Raises KnowledgeError when the current one cannot be loaded and nothing can be held instead.
        """
        self._root = root
        self._load = load
        self._failed = ""
        self._looks_since_failure = 0
        self._stopped = threading.Event()
        try:
            self._id = current_id(root)
            self._held = load(self._id)
        except KnowledgeError as error:
            if instead is None:
                raise
            self._id, self._held = NONE, instead()
            log.warning("no snapshot can be used yet: %s", error)

    @property
    def current(self) -> T:
        """Take it once for each request, and do all of the request with it."""
        return self._held

    @property
    def snapshot_id(self) -> str:
        """Of what is in use; empty while that is none."""
        return self._id

    def start(self) -> None:
        """Looks about twice a second in a thread that ends with the process."""
        threading.Thread(target=self._watch, name="snapshot-follower", daemon=True).start()

    def stop(self) -> None:
        """Looks no more; what is in use stays."""
        self._stopped.set()

    def look(self) -> bool:
        """Looks once; True when something else is in use afterwards."""
        try:
            wanted = current_id(self._root)
        except (KnowledgeError, OSError) as error:
            self._note_failure("the pointer", error)
            return False
        if wanted == self._id or not self._is_worth_a_try(wanted):
            return False
        try:
            held = self._load(wanted)
        except (KnowledgeError, OSError, ValueError) as error:
            self._note_failure(wanted, error)
            return False
        except Exception:  # a fault of our own: told by who calls, and not met again at each look
            self._failed, self._looks_since_failure = wanted, 0
            raise
        self._held, self._id, self._failed = held, wanted, ""
        return True

    def _is_worth_a_try(self, wanted: str) -> bool:
        if wanted != self._failed:
            return True
        self._looks_since_failure += 1
        return self._looks_since_failure % LOOKS_BEFORE_ANOTHER_TRY == 0

    def _note_failure(self, what: str, error: Exception) -> None:
        if self._failed != what:
            log.error("snapshot %s cannot be used, %s stays: %s", what, self._id, error)
            self._failed, self._looks_since_failure = what, 0

    def _watch(self) -> None:
        while not self._stopped.wait(LOOK_SECONDS):
            try:
                self.look()
            except Exception:  # a follower that died would leave the process on old knowledge, unseen
                log.exception("following the snapshot failed")
