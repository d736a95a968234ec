"""Which browser the tests drive."""

import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The shell is the same engine without a window: a page costs a third of the processor time."""


def browser_path():
    """None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)
