"""The texts under which a passage can be found: itself, its parts, its title and its questions. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.passage import Passage
from vietnamese.sentences import split_sentences

PART_CHARACTERS = 250
CONTEXT_CHARACTERS = 160
_CLAUSE_END = re.compile(r"(?<=;)\s+")


@dataclass(frozen=True)
class Views:
    """`texts` are embedded as passages, `questions` as queries."""

    texts: tuple[str, ...]
    questions: tuple[str, ...]


def views_of(passage: Passage) -> Views:
    """A long text is also seen in parts, because one vector of 1,200 characters blurs the sentence that answers."""
    heading = "\n".join(part for part in (passage.context, passage.title) if part)
    parts = split_parts(passage.text)
    texts = [f"{heading}\n{passage.text}"]
    if len(parts) > 1:
        texts += [f"{passage.context[:CONTEXT_CHARACTERS]}\n{part}".strip() for part in parts]
    questions = [passage.title, *passage.questions] if passage.title else list(passage.questions)
    return Views(tuple(texts), tuple(dict.fromkeys(questions)))


def split_parts(text: str) -> tuple[str, ...]:
    """Neighbouring sentences (or clauses ended by `;`) joined up to about `PART_CHARACTERS`."""
    parts: list[str] = []
    for sentence in split_sentences(text):
        for clause in _CLAUSE_END.split(sentence):
            if parts and len(parts[-1]) + len(clause) < PART_CHARACTERS:
                parts[-1] = f"{parts[-1]} {clause}"
            else:
                parts.append(clause)
    return tuple(parts)
