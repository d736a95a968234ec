"""Words that steer the assistant instead of asking it something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vietnamese.normalise import clean


class Command(StrEnum):
    """START and HELP are answered by the dialogue engine's own greeting and list of abilities."""

    START = "start"
    HELP = "help"
    STOP = "stop"
    RESUME = "resume"


START = "/start"


@dataclass(frozen=True)
class Commands:
    """The words of each command, cleaned and folded; a command is the whole message, never a part of it."""

    words: dict[str, Command]

    def meant(self, text: str) -> Command | None:
        """None for everything else. "/start abc" and "/start@AnyBot" are commands too, as Telegram sends them."""
        folded = _folded(text)
        if folded.startswith("/"):
            folded = folded.split()[0].partition("@")[0]
        return self.words.get(folded)


def build_commands(stop: Iterable[str], resume: Iterable[str], help_: Iterable[str]) -> Commands:
    """From the lists of connectors/channel_texts.yml."""
    listed = {Command.START: (START,), Command.STOP: stop, Command.RESUME: resume, Command.HELP: help_}
    return Commands({_folded(word): command for command, words in listed.items() for word in words})


def _folded(text: str) -> str:
    return " ".join(clean(text).casefold().strip(" .!").split())
