"""What the pages and the command line tell people, each in words of their own."""

from __future__ import annotations

from editing.problem import BodyProblem


class EditingError(Exception):
    """Root: what was asked for was not done, and nothing was changed."""


class StaleError(EditingError):
    """Somebody else saved in the meantime: the revision, or the state, is no longer the one that was seen."""


class WrongStateError(EditingError):
    """What was asked for is not possible where the version or release stands now; the message names the state."""


class LastDayPassedError(WrongStateError):
    """A version that is to be released would be served on no day any more."""


class OwnDraftError(EditingError):
    """Whoever wrote on a version may not approve it."""


class InvalidBodyError(EditingError):
    """`problems` name the field and say in Vietnamese what to mend."""

    def __init__(self, problems: tuple[BodyProblem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.field}: {problem.kind}" for problem in problems))


class OutdatedError(EditingError):
    """A release was compared with a base that is live no more, or a version of it was changed since it was built."""


class NotApprovedError(EditingError):
    """A release holds versions that nobody approved; it can only be published by force, with a reason."""
