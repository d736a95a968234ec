from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.excerpt import excerpt

LONG = (
    "Bảo đảm kinh phí chi trả cho người hưởng trước Tết. "
    "Bố trí cán bộ trực tổng đài trong những ngày nghỉ. "
    "Kiểm tra an toàn phòng cháy tại trụ sở. "
    "Báo cáo kết quả về Văn phòng sau kỳ nghỉ."
)


def test_a_short_text_is_given_whole():
    assert excerpt("Một câu.", "gì cũng được", limit=50).text == "Một câu."
    assert excerpt("Một câu.", "gì cũng được", limit=50).complete


def test_of_a_long_text_the_sentence_that_answers_is_given():
    part = excerpt(LONG, "tết có ai trực tổng đài không", limit=60)
    assert part.text == "Bố trí cán bộ trực tổng đài trong những ngày nghỉ."
    assert not part.complete


def test_the_question_may_lack_diacritics():
    assert "phòng cháy" in excerpt(LONG, "kiem tra phong chay o dau", limit=60).text


def test_sentences_keep_their_order_and_gaps_are_marked():
    part = excerpt(LONG, "trực tổng đài và báo cáo kết quả", limit=120)
    assert part.text.index("trực tổng đài") < part.text.index(" … ") < part.text.index("Báo cáo")


def test_a_long_sentence_is_cut_at_its_clauses():
    sentence = "; ".join(f"chỉ tiêu số {number} đạt {number} phần trăm dân số cả nước" for number in range(1, 12)) + "."
    part = excerpt(sentence, "chỉ tiêu số 7", limit=150)
    assert "chỉ tiêu số 7 đạt 7" in part.text
    assert len(part.text) <= 150


@given(st.lists(st.text("abc ăâ.;", min_size=1, max_size=40), min_size=1, max_size=12), st.text(max_size=40))
def test_an_excerpt_is_made_of_pieces_of_the_text(parts, question):
    text = ". ".join(parts)
    whole = "".join(text.split())
    assert all("".join(piece.split()) in whole for piece in excerpt(text, question, limit=80).text.split(" … "))
