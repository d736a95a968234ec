"""How a citizen came to know the answer to a ticket."""

from __future__ import annotations

from enum import StrEnum


class Told(StrEnum):
    """`conversation` alone: the answer stands where they asked, and nobody told them besides."""

    CONVERSATION = "conversation"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"
