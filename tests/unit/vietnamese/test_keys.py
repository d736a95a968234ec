import unicodedata

import pytest

from vietnamese.keys import plain_key, search_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Lý do quý 1", "lí do quí 1"),
        ("huỷ hồ sơ", "hủy hồ sơ"),
        ("kỳ lĩnh lương hưu", "kì lĩnh lương hưu"),
        ("ủy quyền / uỷ quyền", "ủy quyền / ủy quyền"),
    ],
)
def test_the_search_key_has_one_spelling(typed, key):
    assert search_key(typed) == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("288/BHXH-VP", "288 bhxh vp"),
        ("24/QĐ-BHXH", "24 qd bhxh"),
        ("Thẻ BHYT hết hạn?", "the bao hiem y te het han"),
        ("điểm e mục 1", "diem e muc 1"),
        ("80%", "80 phan tram"),
        ("a) Giấy ra viện; b) Sổ", "giay ra vien so"),
        ("", ""),
        ("😀", ""),
    ],
)
def test_the_plain_key_is_bare_tokens(typed, key):
    assert plain_key(typed) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rút bhxh 1 lần", "rut bao hiem xa hoi mot lan"),
        ("hoà giải", "hòa giải"),
        ("lý lịch", "lí lịch"),
        ("thẻ BHYT", "theer bhyt"),
        ("đóng bảo hiểm", "d9o1ng ba3o hie63m"),
        ("không được", "ko dc"),
        ("BHΧΗ", "bhxh"),
        (unicodedata.normalize("NFD", "trợ cấp thất nghiệp"), "tro cap TN"),
        ("bao nhiêu phần trăm", "bn %"),
    ],
)
def test_what_means_the_same_has_the_same_plain_key(one, other):
    assert plain_key(one) == plain_key(other)
