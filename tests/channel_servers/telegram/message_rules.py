"""What a message may look like: limits of Telegram's Bot API."""

import re

from tests.channel_servers.recorded import SentButton
from tests.channel_servers.telegram.errors import bad_request

TEXT_UNITS = 4_096
KEYBOARD_BUTTONS = 100
CALLBACK_BYTES = 64
HTML_TAG = re.compile(r"</?([a-z-]+)[^<>]*>")
HTML_TAGS = frozenset(
    ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "tg-spoiler", "blockquote", "span"]
)


def utf16_units(text):
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def refused_text(text, parse_mode=None):
    """The error that a text earns, or None."""
    if not isinstance(text, str) or not text.strip():
        return bad_request("message text is empty")
    if parse_mode == "HTML":
        if set(HTML_TAG.findall(text)) - HTML_TAGS or "<" in HTML_TAG.sub("", text):
            return bad_request("can't parse entities: unsupported start tag")
        text = HTML_TAG.sub("", text)
    return bad_request("message is too long") if utf16_units(text.strip()) > TEXT_UNITS else None


def refused_markup(markup):
    """The error that a keyboard earns, or None. Only inline keyboards are looked into."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        return bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return bad_request('field "inline_keyboard" must be of type Array')
    buttons = [button for row in rows for button in row]
    if len(buttons) > KEYBOARD_BUTTONS:
        return bad_request("reply markup is too long")
    return next((error for button in buttons if (error := _refused_button(button))), None)


def _refused_button(button):
    if not isinstance(button, dict) or not isinstance(title := button.get("text"), str) or not title.strip():
        return bad_request('can\'t parse inline keyboard button: field "text" must be of type String')
    if "url" in button:
        return None
    size = len(str(button.get("callback_data", "")).encode())
    return None if 1 <= size <= CALLBACK_BYTES else bad_request("BUTTON_DATA_INVALID")


def buttons_of(markup):
    """The buttons of a keyboard that was not refused."""
    for row in (markup or {}).get("inline_keyboard", ()):
        for button in row:
            yield SentButton(button["text"], button.get("callback_data", ""), "url" if "url" in button else "callback")


def entities_of(text):
    """Commands and mentions, which Telegram marks for the bot; None where there are none."""
    found = [("bot_command", match) for match in re.finditer(r"(?<!\S)/\w+(?:@\w+)?", text)]
    found += [("mention", match) for match in re.finditer(r"(?<!\S)@\w+", text)]
    return [
        {"type": kind, "offset": utf16_units(text[: match.start()]), "length": utf16_units(match[0])}
        for kind, match in found
    ] or None
