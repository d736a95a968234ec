"""Which of our buttons a citizen pressed, in whatever form the channel gives it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from connectors.message import Button, InboundKind, InboundMessage
from connectors.outbox import Offer, offers
from vietnamese.keys import plain_key
from vietnamese.normalise import clean

CUT_SIGN = "…"
_KEY = re.compile(r"o(\d{1,9})\.(\d{1,2})")
# "2", "so 2", "em chon cau 2 nhe", in the accent-free form of plain_key.
_NUMBER = re.compile(r"(?:(?:em|toi|minh|chon|lay|so|cau|y|muc|cai) )*(\d{1,2})(?: (?:a|nha|nhe|di))*")
LONGEST_NUMBER_CHARACTERS = 40
LONGEST_TITLE_CHARACTERS = 200
TITLES_REMEMBERED = 10
"""Offers whose titles still mean their buttons; every message of some channels is compared with them."""


def choice_key(sequence: int, position: int) -> str:
    """Key of a button: the number of its reply in the conversation and its position from 1; at most 25 bytes."""
    return f"o{sequence}.{position}"


def settle_choice(connection: Connection, message: InboundMessage, numbered: bool) -> InboundMessage:
    """The same message with the payload of the button that it stands for, when there is one.

    A press whose button was never offered in this conversation stays without payload: it is told so, politely.
    With `numbered`, the title of a button and "2" stand for buttons too.
    """
    if message.kind is InboundKind.CHOICE:
        button = _pressed(connection, message)
    elif message.kind is InboundKind.TEXT and numbered and message.payload is None:
        button = _meant(connection, message)
    else:
        return message
    return message if button is None else replace(message, text=button.title, payload=button.payload)


def _pressed(connection: Connection, message: InboundMessage) -> Button | None:
    key = _KEY.fullmatch(message.choice or "")
    if key is None:
        return None
    sequence, position = int(key[1]), int(key[2])
    found = (offer for offer in offers(connection, message.conversation.id) if offer.sequence == sequence)
    return _at(next(found, None), position)


def _meant(connection: Connection, message: InboundMessage) -> Button | None:
    if len(message.text) > LONGEST_TITLE_CHARACTERS:
        return None
    text = clean(message.text)
    shown = offers(connection, message.conversation.id, TITLES_REMEMBERED)
    number = _NUMBER.fullmatch(plain_key(text)) if len(text) <= LONGEST_NUMBER_CHARACTERS else None
    if number is not None:
        newest = next(shown, None)
        return _at(newest, int(number[1])) if newest is not None and newest.is_last else None
    return next((button for button in _buttons(shown) if _says(text, button.title)), None)


def _buttons(shown: Iterator[Offer]) -> Iterator[Button]:
    for offer in shown:
        yield from offer.buttons


def _says(text: str, title: str) -> bool:
    title = clean(title).casefold()
    said = text.casefold()
    # A channel may have cut the title at its limit.
    return said == title or (said.endswith(CUT_SIGN) and len(said) > 1 and title.startswith(said[:-1].rstrip()))


def _at(offer: Offer | None, position: int) -> Button | None:
    if offer is None or not 1 <= position <= len(offer.buttons):
        return None
    return offer.buttons[position - 1]
