import pytest

from vietnamese.syllable import is_bare_syllable, is_syllable

_TEXT = """
bảo hiểm xã hội việt nam người lao động được hưởng trợ cấp thất nghiệp khi chấm dứt hợp đồng nghỉ việc sinh con dưỡng
sức phục hồi khỏe giấy chứng nhận ủy quyền quốc gia quyết định quản lý thẻ khám chữa bệnh ban đầu nghiêng khuyết huỳnh
thuở quẹt khuya nguyễn giếng gì giết gìn ngoằn ngoèo quỳnh hoặc xoáy loét ưu hưu rượu bưởi ước ượt yêu yếm ý oan uống
ghế nghe kẻ cá cứu đắk xoong kịch tích ếch phụng
"""


@pytest.mark.parametrize("word", sorted(set(_TEXT.split())))
def test_words_of_the_language_are_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "bhxh",
        "ko",
        "dc",
        "vssid",
        "hieemr",
        "khoong",
        "theer",
        "test",
        "check",
        "kà",
        "ghá",
        "ngê",
        "cế",
        "cach",
        "tét2",
        "fải",
        "zậy",
        "app",
        "ươ",
        "nghành",
        "qưa",
        "điệp̣p",
    ],
)
def test_other_tokens_are_not(word):
    assert not is_syllable(word)


@pytest.mark.parametrize("word", ["khong", "duoc", "cach", "nghiep", "quoc", "cuu", "huu", "that", "giay", "thue"])
def test_syllables_typed_without_marks_are_known(word):
    assert is_bare_syllable(word)


@pytest.mark.parametrize("word", ["khoong", "hieemr", "bhxh", "check", "dduwowcj", "baor"])
def test_residue_and_abbreviations_are_no_bare_syllables(word):
    assert not is_bare_syllable(word)
