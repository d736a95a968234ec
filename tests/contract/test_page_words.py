"""What the assistant says on the web page is true in a chat too, or is said in other words there."""

import re
from pathlib import Path

import pytest
import yaml

from connectors.channel_texts import load_channel_texts
from connectors.message import Reply
from connectors.rendering import compose

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "actions/texts.yml",
    "knowledge/content/labels.yml",
    "connectors/texts.yml",
    "connectors/satisfaction_texts.yml",
    "bot/domain/responses.yml",
)
TEXTS = load_channel_texts()
# A form or a button of the page; or a call that nobody has promised: what is promised, the desk says.
ONLY_ON_THE_PAGE = re.compile(
    r"[Bb]ấm (?!liên kết)|để lại (?:tên|nội dung|thông tin|lời nhắn|câu hỏi)|sẽ (?:trực tiếp )?liên hệ|liên hệ lại"
)


def strings(value):
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


SAID = [text for name in FILES for text in strings(yaml.safe_load((ROOT / name).read_text(encoding="utf-8")))]


@pytest.mark.parametrize("words", TEXTS.page_words, ids=lambda words: words.said[:40])
def test_words_that_are_replaced_are_still_said_somewhere(words):
    assert any(words.said in text for text in SAID)


@pytest.mark.parametrize("text", SAID, ids=lambda text: text[:40])
def test_no_text_speaks_of_what_only_the_page_has(text):
    assert not ONLY_ON_THE_PAGE.search(compose(Reply(text), None, TEXTS))
