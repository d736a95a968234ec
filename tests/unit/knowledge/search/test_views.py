from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.views import PART_CHARACTERS, split_parts, views_of
from tests.small_base import LOST_CARD, SUMMER_DUTY, section

CLAUSES = tuple(
    f"Đơn vị thứ {number} báo cáo kết quả trực hè về Văn phòng trước ngày mồng {number};" for number in range(1, 10)
)


def test_a_short_text_is_one_view_under_its_headings():
    assert views_of(SUMMER_DUTY).texts == (f"{SUMMER_DUTY.context}\n{SUMMER_DUTY.title}\n{SUMMER_DUTY.text}",)


def test_a_long_text_is_also_seen_in_parts():
    views = views_of(section("3", " ".join(CLAUSES)))
    assert len(views.texts) > 2
    assert all(len(part) < 2 * PART_CHARACTERS for part in views.texts[1:])


def test_the_title_of_a_faq_is_one_of_its_questions():
    assert views_of(LOST_CARD).questions == (LOST_CARD.title, *LOST_CARD.questions)


def test_a_question_asked_twice_is_one_view():
    assert views_of(section("4", "Nội dung.", questions=("hỏi gì", "hỏi gì"))).questions.count("hỏi gì") == 1


@given(st.lists(st.sampled_from(CLAUSES), max_size=20))
def test_parts_joined_lose_no_text(clauses):
    text = " ".join(clauses)
    assert " ".join(split_parts(text)) == text
