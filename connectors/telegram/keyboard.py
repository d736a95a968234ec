"""How quick replies stand below a message. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from connectors.channel_texts import ChannelTexts
from connectors.outgoing import OfferedButton, OutgoingMessage
from connectors.rendering import numbered

BUTTONS = 100
"""Most in one keyboard: core.telegram.org/bots/api#inlinekeyboardmarkup and tdlib's limits."""
BUTTONS_PER_ROW = 8
"""More than that Telegram's applications do not show side by side."""
ROW_CHARACTERS = 24
"""What a narrow telephone shows of several titles in one row; longer ones get a row each."""
TITLE_CHARACTERS = 36
"""What it shows of a title that has the row for itself; Telegram cuts the rest off."""


def spelt_out(message: OutgoingMessage, texts: ChannelTexts) -> OutgoingMessage:
    """The same message; its text lists the choices in full where the buttons could not show them."""
    titles = tuple(button.title for button in message.buttons)
    if all(len(title) <= TITLE_CHARACTERS for title in titles):
        return message
    counted = tuple(
        replace(button, title=f"{place}. {button.title}") for place, button in enumerate(message.buttons, 1)
    )
    return OutgoingMessage(numbered(message.text, titles, texts), counted)


def layout(buttons: Sequence[OfferedButton]) -> tuple[tuple[OfferedButton, ...], ...]:
    """Rows in the order given: short titles side by side, a long one alone."""
    rows: list[list[OfferedButton]] = []
    for button in buttons:
        if rows and _fits(rows[-1], button):
            rows[-1].append(button)
        else:
            rows.append([button])
    return tuple(tuple(row) for row in rows)


def _fits(row: list[OfferedButton], button: OfferedButton) -> bool:
    # The widest title sets the width of all in its row.
    count = len(row) + 1
    widest = max(len(one.title) for one in (*row, button))
    return count <= BUTTONS_PER_ROW and count * widest <= ROW_CHARACTERS


def keyboard(buttons: Sequence[OfferedButton]) -> InlineKeyboardMarkup | None:
    """None without buttons. The key comes back as it is; Telegram takes up to 64 bytes."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.title, callback_data=button.key) for button in row] for row in layout(buttons)]
    )
