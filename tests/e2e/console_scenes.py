"""What tests of the console do again and again."""

from connectors.message import Reply
from tests.e2e.chat.scenes import ask

DESK, TABLET = {"width": 1280, "height": 800}, {"width": 1024, "height": 768}
WANTS_PERSON = Reply("Vâng, tôi hiểu.", "handed_off_requested", handoff="requested")


def rows(page, group):
    """Of the list: offered, mine, waiting, callbacks, others, done."""
    return page.locator(f".group-{group} .work")


def entries(page, role):
    """Of the open conversation."""
    return page.locator(f"#log .entry-{role}")


def write(page, words):
    page.get_by_role("textbox", name="Trả lời công dân").fill(words)
    page.keyboard.press("Enter")


def ask_for_person(gateway, citizen, words="Cho tôi gặp nhân viên"):
    gateway.dialogue.will(WANTS_PERSON)
    ask(citizen, words)
