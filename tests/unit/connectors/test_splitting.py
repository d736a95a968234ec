import time
import unicodedata

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from connectors.plain_text import is_seen, plain_text
from connectors.splitting import first_graphemes, split, utf16_units

ZALO_LIMIT = 1900
TELEGRAM_LIMIT = 4096
SENTENCE = "Người lao động đóng đủ 15 năm được hưởng lương hưu. "
WORDS = ("bảo hiểm", "Điều 5.", "TP.HCM", "hết câu. ", "Câu mới", "https://baohiemxahoi.gov.vn/a", "x" * 30, "!")
SPACES = (" ", "\n", "\n\n", "\r\n", "\u00a0")
CLUSTERS = ("👨‍👩‍👧", "🇻🇳", "👍🏽", "e\u0323\u0302", "\u0301", "क्षि", "\u200d", "\x00", "\u202e")
PIECES = st.sampled_from(WORDS + SPACES + CLUSTERS)
TEXTS = st.lists(PIECES, max_size=120).map("".join) | st.text(max_size=200)
LENGTHS = st.sampled_from([len, utf16_units])


def letters(text):
    """Without white space and what nobody sees: all that a cut may lose."""
    return "".join(character for character in text if not character.isspace() and is_seen(character))


def graphemes(text):
    return regex.findall(r"\X", text)


@pytest.mark.conformance(("G52", "H26", "I9"))
@given(TEXTS, st.integers(2, 80), LENGTHS)
def test_chunks_keep_the_limit_and_none_is_blank(text, limit, length):
    chunks = split(text, limit, length)
    assert all(length(chunk) <= limit and is_seen(chunk) for chunk in chunks)


@pytest.mark.conformance("G52")
@given(TEXTS, st.integers(2, 80), LENGTHS)
def test_chunks_joined_are_the_text_up_to_white_space(text, limit, length):
    assert letters("".join(split(text, limit, length))) == letters(plain_text(text))


@given(TEXTS, st.integers(2, 80), LENGTHS)
def test_a_chunk_is_not_split_again(text, limit, length):
    for chunk in split(text, limit, length):
        assert split(chunk, limit, length) == (chunk,)


@pytest.mark.conformance(("G53", "H48"))
@given(TEXTS, LENGTHS)
def test_no_grapheme_is_broken_that_fits(text, length):
    limit = 40
    whole = graphemes(plain_text(text))
    assume(all(length(cluster) <= limit for cluster in whole))
    cut = [cluster for chunk in split(text, limit, length) for cluster in graphemes(chunk)]
    assert [cluster for cluster in cut if is_seen(cluster)] == [cluster for cluster in whole if is_seen(cluster)]


@pytest.mark.conformance(("G52", "I9"))
@pytest.mark.parametrize("characters", [1999, 2000, 2001, 5000, 20_000])
def test_a_long_answer_is_cut_at_sentences_for_zalo(characters):
    text = (SENTENCE * 400)[:characters]
    chunks = split(text, ZALO_LIMIT)
    assert all(len(chunk) <= ZALO_LIMIT for chunk in chunks)
    assert all(chunk.endswith("hưu.") for chunk in chunks[:-1])
    assert letters("".join(chunks)) == letters(text)
    assert len(chunks) <= characters // (ZALO_LIMIT - len(SENTENCE)) + 1


@pytest.mark.conformance("H26")
@pytest.mark.parametrize("units", [4095, 4096, 4097, 20_000])
@pytest.mark.parametrize("sign", ["a", "👍", "😀 "])
def test_telegram_counts_utf16_units(units, sign):
    chunks = split(sign * (units // utf16_units(sign)), TELEGRAM_LIMIT, utf16_units)
    assert all(utf16_units(chunk) <= TELEGRAM_LIMIT for chunk in chunks)
    assert all(utf16_units(chunk) > TELEGRAM_LIMIT - 5 for chunk in chunks[:-1])


def test_an_emoji_counts_two_units_and_a_vietnamese_letter_one():
    assert utf16_units("ệ😀") == 3


def test_a_chunk_ends_at_a_paragraph_rather_than_at_a_line():
    text = "Một. " * 8 + "Hết đoạn.\n\nHai. Hết dòng.\nBa. " + "Bốn. " * 8
    first, second = split(text, 90)
    assert first.endswith("Hết đoạn.")
    assert second.startswith("Hai.")


def test_a_chunk_ends_at_a_line_rather_than_at_a_sentence():
    line = "Hai. " * 8 + "Hết dòng.\n"
    assert split(line * 2, 60) == (line.strip(), line.strip())


def test_a_chunk_is_not_ended_early_for_the_sake_of_a_line():
    first, _ = split("Tóm tắt:\n" + "Một câu. " * 20, 120)
    assert len(first) > 100


def test_a_list_is_cut_between_its_lines():
    items = [f"{number}. Giấy tờ số {number} của hồ sơ" for number in range(1, 9)]
    for chunk in split("\n".join(items), 100):
        assert set(chunk.splitlines()) <= set(items)


def test_without_a_sentence_a_word_stays_whole():
    words = "người lao động tham gia bảo hiểm xã hội bắt buộc " * 5
    for chunk in split(words, 40):
        assert set(chunk.split()) <= set(words.split())


@pytest.mark.conformance("G54")
@pytest.mark.parametrize("length", [len, utf16_units])
def test_one_word_of_3000_letters_is_cut_hard(length):
    assert split("ệ" * 3000, ZALO_LIMIT, length) == ("ệ" * 1900, "ệ" * 1100)


@pytest.mark.conformance("G54")
def test_a_web_address_of_3000_letters_is_cut_hard_and_its_surroundings_are_not():
    address = "https://baohiemxahoi.gov.vn/" + "a" * 3000
    chunks = split(f"Xem {address} nhé", ZALO_LIMIT)
    assert chunks[0] == "Xem"
    assert "".join(chunks) == f"Xem{address} nhé"


@pytest.mark.conformance("G54")
@pytest.mark.parametrize("before", ["Anh/chị xem tại ", "xem:", "詳細は"])
def test_a_web_address_that_fits_is_never_cut(before):
    address = "https://baohiemxahoi.gov.vn/van-ban/Van.Ban.So.24?doan=a-b"
    for padding in range(60):
        assert any(address in chunk for chunk in split("ă" * padding + before + address, 80))


@pytest.mark.conformance(("G53", "H48"))
@pytest.mark.parametrize("cluster", ["👨‍👩‍👧‍👦", "🇻🇳", "👍🏽", "x\u0323\u0302\u0301", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣"])
@pytest.mark.parametrize("length", [len, utf16_units])
def test_a_cluster_at_the_boundary_goes_whole_into_the_next_chunk(cluster, length):
    limit = 50
    for padding in range(limit - length(cluster), limit + 1):
        first, *rest = split("a" * padding + cluster * 3, limit, length)
        assert set(graphemes(first)) <= {"a", cluster}
        assert all(set(graphemes(chunk)) == {cluster} for chunk in rest)


@pytest.mark.conformance("G53")
def test_decomposed_text_is_composed_before_it_is_counted():
    text = "ế" * 1900
    assert split(unicodedata.normalize("NFD", text), ZALO_LIMIT) == (text,)


def test_a_grapheme_longer_than_the_limit_is_cut_all_the_same():
    chunks = split("e" + "\u0302" * 200, 50)
    assert all(0 < len(chunk) <= 50 for chunk in chunks)


def test_a_space_that_carries_a_mark_is_not_lost():
    assert "".join(split("aaaa \u0301bbbb", 5)) == "aaaa \u0301bbbb"


def test_a_text_of_nothing_gives_no_chunk():
    assert split(" \n\u200d\x00 ", 10) == ()


def test_a_limit_too_small_for_an_emoji_is_refused():
    with pytest.raises(ValueError, match="at least 2"):
        split("a", 1)


HOSTILE = {
    "one word": "a" * 200_000,
    "marks": "\u0301\u0323" * 100_000,
    "line ends": "\n" * 200_000,
    "a line end each": "a\n" * 100_000,
    "flags": "🇻🇳" * 100_000,
    "joiners": "👨‍" * 100_000,
    "labels": "Điều 5. " * 25_000,
    "full stops": "." * 200_000,
    "addresses": "http://" * 28_000,
    "marked spaces": " \u0301" * 100_000,
    "late word": "a" + " " * 200_000 + "b",
}


@pytest.mark.conformance(("G52", "G54"))
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_no_time(name):
    started = time.monotonic()
    split(HOSTILE[name], TELEGRAM_LIMIT, utf16_units)
    assert time.monotonic() - started < 5


@given(TEXTS, st.integers(0, 60), LENGTHS)
def test_the_first_graphemes_fit_and_are_whole(text, limit, length):
    plain = plain_text(text)
    first = first_graphemes(plain, limit, length)
    assert length(first) <= limit
    assert graphemes(plain)[: len(graphemes(first))] == graphemes(first)
