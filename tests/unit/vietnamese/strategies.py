"""Text as hypothesis makes it: anything at all, and messages built of what citizens type."""

from hypothesis import strategies as st

from vietnamese.abbreviations import ABBREVIATIONS
from vietnamese.ambiguous_abbreviations import AMBIGUOUS_ABBREVIATIONS
from vietnamese.ambiguous_chat_words import AMBIGUOUS_CHAT_WORDS
from vietnamese.chat_words import CHAT_WORDS

_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_SIGNS = " \t\n.,;:!?()[]-–…/&%\"'“”@_^=<>0123456789"
_ODD = "\u0300\u0301\u0323\u031b\u0302\u00a0\u200b\ufeff\u0000\u202eΧΗВНоОð１Ｂ😀👍🏽❤️\u200dfwsjzlIO"

anything = st.text(max_size=60) | st.text(st.characters(), max_size=40)
vietnamese_letters = st.text(_LETTERS + _LETTERS.upper() + _SIGNS + _ODD, max_size=80)

_SPOKEN = """
    thẻ bảo hiểm y tế của tôi hết hạn rút một lần thai sản nghỉ việc hồ sơ nộp ở đâu được không chị ơi làm sao
    hưởng trợ cấp thất nghiệp tháng năm 6 12 2024 10tr 500k t6 5tr5 288/BHXH-VP 01/NQ-CP 24/2023/NĐ-CP D02-LT
    31.12.2024 2.340.000 80% điểm khoản mục a) đ) 1. bao hieemr theer the3 kho6ng quááá :)) hihi kkk =)) 😀 ? ! . ,
    https://baohiemxahoi.gov.vn TP.HCM v.v. chi trả cái chi rứa răng mô hong lãnh nhận áp dụng hỏng hồng chỉ ỷ lại
"""
_TYPED = sorted({*_SPOKEN.split(), *ABBREVIATIONS, *CHAT_WORDS, *AMBIGUOUS_ABBREVIATIONS, *AMBIGUOUS_CHAT_WORDS})
messages = st.lists(st.sampled_from(_TYPED), max_size=14).map(" ".join)

texts = anything | vietnamese_letters | messages
