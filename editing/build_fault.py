"""Why a release could not be built, as it is kept with it and as editors read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, cast

from settings.yaml_text import load_yaml

_TEXTS = Path(__file__).with_suffix(".yml")
MOST_DETAILS = 50
DETAIL_CHARACTERS = 500


class FaultCode(StrEnum):
    """Each has a sentence in build_fault.yml."""

    CONTENT = "content"
    """Something in the documents cannot be read; the details name it."""
    SNAPSHOT = "snapshot"
    """The index, or the one that it is compared with, is damaged."""
    DISK = "disk"
    """A file could not be written or read."""
    ATTEMPTS = "attempts"
    """The workshop died with it again and again."""
    UNEXPECTED = "unexpected"
    """Anything else; the log has its kind."""


@dataclass(frozen=True)
class BuildFault:
    """`details` are sentences for the editor, without paths of the machine."""

    code: FaultCode
    details: tuple[str, ...] = ()

    def stored(self) -> str:
        """For the release's column `error`."""
        details = [detail[:DETAIL_CHARACTERS] for detail in self.details[:MOST_DETAILS]]
        return json.dumps({"code": self.code.value, "details": details}, ensure_ascii=False)

    @property
    def sentence(self) -> str:
        """What happened and what to do, in Vietnamese."""
        return _sentences()[self.code.value]


def read_fault(stored: str) -> BuildFault | None:
    """None for a release without a fault; what is no stored fault is an unexpected one."""
    if not stored:
        return None
    try:
        document: Mapping[str, Any] = json.loads(stored)
        return BuildFault(FaultCode(document["code"]), tuple(map(str, document["details"])))
    except (ValueError, TypeError, KeyError):
        return BuildFault(FaultCode.UNEXPECTED)


@cache
def _sentences() -> Mapping[str, str]:
    return cast(Mapping[str, str], load_yaml(_TEXTS.read_text(encoding="utf-8")))
