import pytest

from vietnamese.expansion import expand
from vietnamese.telex import repair_residue


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("hieemr", "hiểm"),
        ("ther", "thẻ"),
        ("ddongs", "đóng"),
        ("khoong", "không"),
        ("dduwowcj", "được"),
        ("dduowcj", "được"),
        ("tieenf", "tiền"),
        ("huw", "hư"),
        ("huwu", "hưu"),
        ("truowcs", "trước"),
        ("sarn", "sản"),
        ("giaays", "giấy"),
        ("towf", "tờ"),
        ("ngayf", "ngày"),
        ("baor", "bảo"),
        ("xax", "xã"),
        ("hooij", "hội"),
        ("thaats", "thất"),
        ("nghieepj", "nghiệp"),
        ("luwowng", "lương"),
        ("quyeenf", "quyền"),
        ("nguwowif", "người"),
        ("ddi", "đi"),
        ("ruts", "rút"),
        ("nhw", "như"),
        ("cuwus", "cứu"),
        ("thuys", "thúy"),
        ("gias", "giá"),
        ("ba3o", "bảo"),
        ("hie63m", "hiểm"),
        ("the3", "thẻ"),
        ("d9o1ng", "đóng"),
        ("kho6ng", "không"),
        ("d9u7o75c", "được"),
        ("thu73", "thử"),
        ("nghie65p", "nghiệp"),
        ("nga8n", "ngăn"),
    ],
)
def test_keys_left_in_the_text_are_decoded(keys, meant):
    assert repair_residue(keys) == meant


_LOANS = """
gas test pass box sms email online web wifi app file form scan card fax post max user visa reset taxi covid link check
login logout offline admin hotline zalo facebook google chrome iphone samsung android server error update download
upload internet banking mobile otp pin code data size video camera laptop karaoke sale show view here
this that the how what when where why who can help please need want more these those
list text next last first best cost tax bus car care share
"""


@pytest.mark.parametrize("word", _LOANS.split())
def test_loan_words_stand_as_they_are(word):
    assert repair_residue(word) is None


@pytest.mark.parametrize(
    "word",
    [
        "bao",
        "hiem",
        "khong",
        "duoc",
        "thang",
        "so1",
        "lan2",
        "quy1",
        "dot3",
        "t6",
        "q1",
        "a1",
        "tk1",
        "d02",
        "c14",
        "qh15",
        "vssid",
        "bhxh",
        "đóng",
    ],
)
def test_syllables_counts_and_codes_are_no_residue(word):
    assert repair_residue(word) is None


def test_a_loan_word_is_decoded_among_certain_residue():
    assert expand("em cos theer bhyt").text == "em có thể bảo hiểm y tế"


def test_a_loan_word_alone_is_kept():
    assert expand("em cos bhyt").text == "em cos bảo hiểm y tế"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bao hieemr xax hooij", "bao hiểm xã hội"),
        ("toi khoong dduwowcj nhaanj tieenf huwu", "toi không được nhận tiền hưu"),
        ("ba3o hie63m y te61", "bảo hiểm y tế"),
        ("giaays towf thai sarn", "giấy tờ thai sản"),
        ("rút bhxh 1 laanf", "rút bảo hiểm xã hội một lần"),
    ],
)
def test_whole_messages_with_residue_are_written_out(typed, meant):
    assert expand(typed).text == meant
