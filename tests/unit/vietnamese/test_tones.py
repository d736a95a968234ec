import pytest

from vietnamese.tones import fold_i_y, fold_tones


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("khoẻ", "khỏe"),
        ("thuý", "thúy"),
        ("thuỷ", "thủy"),
        ("uỷ", "ủy"),
        ("loà", "lòa"),
        ("xoá", "xóa"),
        ("toà", "tòa"),
        ("HOÀ", "HÒA"),
        ("Hoà", "Hòa"),
        ("huỷ hồ sơ tại toà", "hủy hồ sơ tại tòa"),
        ("qúy", "quý"),
        ("gía", "giá"),
        ("gìơ", "giờ"),
        ("hòan", "hoàn"),
        ("tóan", "toán"),
        ("ngòai", "ngoài"),
    ],
)
def test_tone_marks_move_to_their_older_place(newer, older):
    assert fold_tones(newer) == older


@pytest.mark.parametrize(
    "text",
    [
        "quý",
        "quốc",
        "hoàn",
        "thuế",
        "nguyễn",
        "chuyển",
        "gì",
        "giếng",
        "nghiệp",
        "mùa",
        "lúa",
        "khuya",
        "khuỷu",
        "café",
        "BHXH",
        "ngoằn ngoèo",
    ],
)
def test_right_spelling_stays(text):
    assert fold_tones(text) == text


@pytest.mark.parametrize(
    ("with_y", "with_i"),
    [
        ("lý", "lí"),
        ("kỳ", "kì"),
        ("mỹ", "mĩ"),
        ("quý", "quí"),
        ("tỷ", "tỉ"),
        ("sỹ", "sĩ"),
        ("ký", "kí"),
        ("Lý", "Lí"),
        ("hy", "hi"),
    ],
)
def test_y_alone_after_a_consonant_is_folded(with_y, with_i):
    assert fold_i_y(with_y) == with_i


@pytest.mark.parametrize("text", ["y tế", "ý kiến", "thúy", "yên", "quyết", "tay", "bảy", "ủy"])
def test_other_y_stays(text):
    assert fold_i_y(text) == text
