"""What the store refuses, in the console's own sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from console.security.refusal import Refusal, RefusedError
from editing.errors import (
    LastDayPassedError,
    NotApprovedError,
    OutdatedError,
    OwnDraftError,
    StaleError,
    WrongStateError,
)
from editing.reason import LEAST_REASON, MOST_REASON, REASON_LIMITS


@contextmanager
def told(stale: Refusal = Refusal.KNOWLEDGE_STALE) -> Iterator[None]:
    """Inside of it an error of the store becomes a RefusedError, but for InvalidBodyError, which says more.

    `stale`: what is said where somebody was faster and nothing was typed that could be lost.
    """
    try:
        yield
    except StaleError as error:
        raise RefusedError(stale) from error
    except OwnDraftError as error:
        raise RefusedError(Refusal.KNOWLEDGE_OWN_DRAFT) from error
    except OutdatedError as error:
        raise RefusedError(Refusal.KNOWLEDGE_OUTDATED) from error
    except NotApprovedError as error:
        raise RefusedError(Refusal.KNOWLEDGE_NOT_APPROVED) from error
    except LastDayPassedError as error:
        raise RefusedError(Refusal.KNOWLEDGE_LAST_DAY) from error
    except WrongStateError as error:
        raise RefusedError(Refusal.KNOWLEDGE_STATE) from error


def reason_of(typed: str) -> str:
    """On one line. Raises RefusedError when it says too little or too much."""
    line = " ".join(typed.split())
    if not LEAST_REASON <= len(line) <= MOST_REASON:
        raise RefusedError(Refusal.KNOWLEDGE_REASON, REASON_LIMITS)
    return line
