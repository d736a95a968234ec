"""What a message to a citizen may look like: channels.md, A.4."""

from tests.channel_servers.recorded import SentButton
from tests.channel_servers.zalo_oa.errors import TOO_LONG, TYPE_UNSUPPORTED, invalid

TEXT_CHARACTERS, TITLE_CHARACTERS, PAYLOAD_CHARACTERS, SMS_CHARACTERS = 2_000, 100, 1_000, 160
BUTTONS = 5
QUERIES = ("oa.query.show", "oa.query.hide")
TEMPLATES = ("media", "request_user_info", "list")


def refused_message(message, with_buttons):
    """The error that the message earns, or None."""
    if not isinstance(message, dict) or not message:
        return invalid("message")
    text, attachment = message.get("text"), message.get("attachment")
    if text is None and attachment is None:
        return invalid("message")
    if text is not None and (not isinstance(text, str) or not text.strip()):
        return invalid("text")
    if text is not None and len(text) > TEXT_CHARACTERS:
        return TOO_LONG
    return None if attachment is None else _refused_attachment(attachment, with_buttons)


def _refused_attachment(attachment, with_buttons):
    if not isinstance(attachment, dict) or not isinstance(payload := attachment.get("payload"), dict):
        return invalid("attachment")
    if attachment.get("type") == "file":
        return None if payload.get("token") else invalid("token")
    if attachment.get("type") != "template":
        return invalid("attachment type")
    if "template_type" in payload:
        return None if payload["template_type"] in TEMPLATES else invalid("template_type")
    return _refused_buttons(payload.get("buttons")) if with_buttons else TYPE_UNSUPPORTED


def _refused_buttons(buttons):
    if not isinstance(buttons, list) or not buttons:
        return invalid("buttons")
    if len(buttons) > BUTTONS:
        return TOO_LONG
    return next((error for button in buttons if (error := _refused_button(button))), None)


def _refused_button(button):
    if not isinstance(button, dict) or not isinstance(title := button.get("title"), str) or not title.strip():
        return invalid("button title")
    kind, payload = button.get("type"), button.get("payload")
    if kind in QUERIES:
        return _refused_words(payload, PAYLOAD_CHARACTERS) or _refused_words(title, TITLE_CHARACTERS)
    if not isinstance(payload, dict):
        return invalid("button payload")
    needed = {"oa.open.url": ("url",), "oa.open.phone": ("phone_code",), "oa.open.sms": ("content", "phone_code")}
    if kind not in needed or not all(isinstance(payload.get(name), str) for name in needed[kind]):
        return invalid("button type" if kind not in needed else "button payload")
    if kind == "oa.open.sms" and len(payload["content"]) > SMS_CHARACTERS:
        return TOO_LONG
    return _refused_words(title, TITLE_CHARACTERS)


def _refused_words(words, most):
    if not isinstance(words, str) or not words:
        return invalid("button payload")
    return TOO_LONG if len(words) > most else None


def buttons_of(message):
    """The buttons of a message that was not refused."""
    payload = message.get("attachment", {}).get("payload", {})
    for button in payload.get("buttons", ()):
        key = button["payload"] if button["type"] in QUERIES else ""
        yield SentButton(button["title"], key, button["type"])
