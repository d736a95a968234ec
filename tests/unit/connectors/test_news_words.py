"""Which words are about subscribing to news, and which only begin alike."""

import pytest

from connectors.news_texts import load_news_texts
from connectors.news_words import NewsWish, Wished, wish_of_button, wish_of_words

TEXTS = load_news_texts()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("đăng ký tin lương hưu", Wished(NewsWish.SUBSCRIBE, "luong huu")),
        ("Dang ky tin: Luong huu.", Wished(NewsWish.SUBSCRIBE, "luong huu")),
        ("ĐĂNG KÝ NHẬN TIN thai sản", Wished(NewsWish.SUBSCRIBE, "thai san")),
        ("đăng ký tin", Wished(NewsWish.SUBSCRIBE)),
        ("hủy tin lương hưu", Wished(NewsWish.END, "luong huu")),
        ("huỷ tin Lương hưu", Wished(NewsWish.END, "luong huu")),
        ("huy dang ky tin luong huu", Wished(NewsWish.END, "luong huu")),
        ("hủy tin tất cả", Wished(NewsWish.END_ALL, "tat ca")),
        ("Tin của tôi", Wished(NewsWish.LIST)),
        ("tin cua toi!", Wished(NewsWish.LIST)),
    ],
)
def test_what_is_meant(said, meant):
    assert wish_of_words(said, TEXTS) == meant


@pytest.mark.parametrize(
    "said",
    [
        "đăng ký tin nhắn VssID",
        "đăng ký tin lương hưu thế nào?",
        "tôi muốn đăng ký bảo hiểm",
        "tin của tôi bị mất",
        "đăng ký tinh giản biên chế",
        "đăng ký tin " + "x" * 200,
        "",
        "🙂",
    ],
)
def test_a_question_stays_a_question(said):
    assert wish_of_words(said, TEXTS) is None


@pytest.mark.parametrize(
    ("payload", "meant"),
    [
        ("/news_subscribe 7", Wished(NewsWish.SUBSCRIBE, topic_id=7)),
        ("/news_end 7", Wished(NewsWish.END, topic_id=7)),
        ("/news_list", Wished(NewsWish.LIST)),
        ("/news_end 7; DROP", None),
        ("/news_end -1", None),
        ("/news_end 99999999999999", None),
        ("/greet", None),
    ],
)
def test_buttons(payload, meant):
    assert wish_of_button(payload) == meant
