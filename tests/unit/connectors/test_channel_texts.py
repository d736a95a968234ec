import unicodedata

import pytest
import yaml

from connectors.channel_texts import TEXTS, load_channel_texts
from connectors.commands import Command, build_commands
from connectors.plain_text import plain_text
from connectors.rendering import numbered
from connectors.sources import source_lines
from settings.reader import SettingsError
from tests.unit.connectors.replies import LATE_DOSSIER, TET

LOADED = load_channel_texts()
COMMANDS = build_commands(LOADED.stop_words, LOADED.resume_words, LOADED.help_words)
SENTENCES = [text for text in vars(LOADED).values() if isinstance(text, str)]


def test_a_text_that_is_missing_stops_the_start_by_name(tmp_path):
    document = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    del document["channel_texts"]["choices"]["by_number"]
    path = tmp_path / "texts.yml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"choices\.by_number: missing"):
        load_channel_texts(path)


def test_everything_is_composed_and_on_one_line():
    assert unicodedata.is_normalized("NFC", TEXTS.read_text(encoding="utf-8"))
    for sentence in SENTENCES:
        assert sentence == plain_text(sentence).strip()
        assert "\n" not in sentence


def test_every_template_has_the_places_that_are_filled():
    lines = source_lines("", LATE_DOSSIER.citations + TET.citations, "https://bhxh.example", LOADED.sources)
    assert not [line for line in lines if "{" in line]


def test_the_line_above_numbers_says_that_a_number_is_wanted():
    assert numbered(LOADED.choices.by_number, ("Hồ sơ",), LOADED) == f"{LOADED.choices.by_number}\n1. Hồ sơ"


def test_a_file_is_answered_with_what_to_do_instead():
    assert "gõ câu hỏi bằng chữ" in LOADED.attachment
    assert "1900 9068" in LOADED.attachment


def test_who_sends_their_contact_is_promised_no_call_but_told_the_way_to_a_person():
    assert "liên hệ lại" not in LOADED.contact_received
    assert "gặp cán bộ" in LOADED.contact_received


@pytest.mark.parametrize(
    "said", ["dừng", "Dừng!", "DỪNG", "/stop", "Stop", "dung nhan tin", "huy nhan tin", "Huỷ nhận tin"]
)
def test_words_that_stop_messages(said):
    assert COMMANDS.meant(said) is Command.STOP


@pytest.mark.parametrize("said", ["dung", "đúng", "Dung roi", "dừng đóng BHXH thì sao", "tôi muốn dừng", "thôi"])
def test_words_that_do_not_stop_messages(said):
    assert COMMANDS.meant(said) is None


@pytest.mark.parametrize("said", ["nhận tin", "nhan tin", "Bật thông báo"])
def test_words_that_let_messages_come_again(said):
    assert COMMANDS.meant(said) is Command.RESUME


@pytest.mark.conformance("H22")
@pytest.mark.parametrize("said", ["/help", "trợ giúp", "Hướng dẫn", "huong dan"])
def test_words_that_ask_for_help(said):
    assert COMMANDS.meant(said) is Command.HELP


def test_the_way_back_that_is_named_works():
    assert "“nhận tin”" in LOADED.stopped
    assert "“dừng”" in LOADED.resumed


def test_no_word_stands_for_two_commands():
    words = [*LOADED.stop_words, *LOADED.resume_words, *LOADED.help_words]
    assert len(words) == len(set(words))
