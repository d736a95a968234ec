import pytest

from vietnamese.normalise import clean, is_blank

_HARD = "Thẻ BHYT của tôi hết hạn"


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("tha\u0323ch", "thạch"),
        ("thẻ\u00a0BHYT", "thẻ BHYT"),
        ("th\u200bẻ BH\ufeffXH", "thẻ BHXH"),
        ("thẻ\x00BHYT\x07", "thẻBHYT"),
        ("ＢＨＸＨ　１２３", "BHXH 123"),
        ("“chốt sổ” ‘một lần’", "\"chốt sổ\" 'một lần'"),
        ("6–12 tháng — hay", "6-12 tháng - hay"),
        ("chờ…", "chờ..."),
        ("BHΧΗ", "BHXH"),
        ("ВHYТ", "BHYT"),
        ("ðóng bảo hiểm", "đóng bảo hiểm"),
        ("Ðóng", "Đóng"),
        ("l900 9O68", "1900 9068"),
        ("  hai   \n dòng\t", "hai dòng"),
        ("bảo hi\u00adểm", "bảo hiểm"),
        ("𝐁𝐇𝐗𝐇", "BHXH"),
        ("thẻ\ud800 mới", "thẻ mới"),
        ("\u202eđảo\u202c", "đảo"),
    ],
)
def test_clean_folds_what_only_looks_different(typed, cleaned):
    assert clean(typed) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "Москва",
        "Αθήνα",
        "D02-LT",
        "C14",
        "01B-HSB",
        "TK1-TS",
        "300l",
        "Io",
        "Điều 5.",
        "Công văn 288/BHXH-VP",
        "hòa",
        "hoà",
    ],
)
def test_clean_leaves_what_is_meant(text):
    assert clean(text) == text


def test_clean_keeps_case_and_diacritics():
    assert clean("ĐIỆN THOẠI Của Tôi") == "ĐIỆN THOẠI Của Tôi"


@pytest.mark.parametrize(
    "text", ["", "   ", "😀👍🏽", ":)) ^^ =))", "...!!!???", "\x00\u200b", "❤️", ":D", "<3", "👨‍👩‍👧"]
)
def test_emoji_and_punctuation_alone_are_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "😀 chào", "1", ":)) ok", "ạ", "BHXH?"])
def test_a_letter_or_digit_is_not_blank(text):
    assert not is_blank(text)
