import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.channel_texts import load_channel_texts
from connectors.message import Button, Reply
from connectors.outgoing import OutgoingMessage
from connectors.plain_text import is_seen
from connectors.rendering import compose, fit_title, numbered, render_plain
from connectors.splitting import utf16_units
from tests.unit.connectors.replies import ASK_BACK, LATE_DOSSIER, PENSION, SECTION, TET

TEXTS = load_channel_texts()
PAGE = "https://tro-ly.example.gov.vn"
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
TITLES = st.lists(st.text(max_size=120), max_size=8)


def rendered(reply, limit=1900, length=len, buttons=None, title_limit=None, url=None):
    return render_plain(reply, 7, limit, length, url, TEXTS, buttons=buttons, title_limit=title_limit)


def with_buttons(text, titles):
    return Reply(text, buttons=tuple(Button(title, f"/{n}") for n, title in enumerate(titles)))


def test_a_faq_answer_is_followed_by_its_source():
    assert compose(PENSION, None, TEXTS) == (
        "Từ đủ 15 năm đóng BHXH và đủ tuổi nghỉ hưu thì được hưởng lương hưu.\n\n"
        "Nguồn: Điều 5 khoản 6, Điều 64, 65, 98 Luật Bảo hiểm xã hội số 41/2024/QH15. Có hiệu lực từ ngày 01/07/2025."
    )


def test_the_link_is_whole_and_alone_at_the_end_of_its_line():
    last = compose(PENSION, PAGE + "/", TEXTS).splitlines()[-1]
    assert last == f"Xem nguồn: {PAGE}/hoi-dap/huu-tri-so-nam-dong"


def test_a_source_that_comes_twice_is_named_once():
    assert compose(LATE_DOSSIER, PAGE, TEXTS).split("\n\n")[1] == (
        "Nguồn:\n"
        "- Mục 3 Công văn số 1568/BHXH-PC\n"
        "- Điều 13 khoản 6 Quyết định số 2192/QĐ-BHXH\n"
        f"Xem nguồn: {PAGE}/hoi-dap/huu-tri-so-nam-dong"
    )


def test_an_answer_from_a_directive_names_its_source_itself():
    text = compose(TET, None, TEXTS)
    assert text.count(SECTION) == 1
    assert "Nguồn" not in text


def test_an_extract_says_what_to_press_only_where_there_is_something_to_press():
    assert "bấm" not in compose(TET, None, TEXTS)
    assert "(trích)\n" in compose(TET, None, TEXTS)
    assert compose(TET, PAGE, TEXTS).endswith(PAGE + TET.citations[0].url)


def test_a_note_that_the_answer_to_what_is_the_source_says_in_brackets_is_not_said_again():
    said = f"Căn cứ: {PENSION.citations[0].label} (Có hiệu lực từ ngày 01/07/2025)."
    assert compose(dataclasses.replace(PENSION, text=said), None, TEXTS) == said


def test_a_date_that_neither_label_nor_note_says_is_added():
    (source,) = PENSION.citations
    undated = dataclasses.replace(source, validity="Còn hiệu lực.", date="2024-06-29")
    text = compose(dataclasses.replace(PENSION, citations=(undated,)), None, TEXTS)
    assert text.endswith("QH15, ngày 29/06/2024. Còn hiệu lực.")


def test_sources_on_different_pages_have_a_link_each():
    reply = dataclasses.replace(TET, citations=TET.citations + PENSION.citations)
    links = compose(reply, PAGE, TEXTS).splitlines()[-2:]
    assert links == [
        f"Xem {SECTION}: {PAGE}{TET.citations[0].url}",
        f"Xem {PENSION.citations[0].label}: {PAGE}{PENSION.citations[0].url}",
    ]


def test_what_only_the_page_has_is_not_in_a_chat():
    reply = Reply("Tôi đã ghi nhận.", "desk_callback", form="leave_message")
    assert compose(reply, PAGE, TEXTS) == "Tôi đã ghi nhận."


def test_a_reply_of_which_nothing_can_be_seen_is_not_silence():
    assert rendered(Reply("\x00\u200d")) == (OutgoingMessage(TEXTS.empty_reply),)


@pytest.mark.conformance(("G48", "I10"))
def test_choices_of_a_channel_without_buttons_are_numbered():
    (message,) = rendered(ASK_BACK)
    assert message == OutgoingMessage(
        "Tôi chưa chắc đã hiểu đúng ý anh/chị. Ý anh/chị là…?\n\n"
        "Anh/chị nhắn số để chọn:\n"
        "1. Bảo hiểm y tế hộ gia đình đóng mấy tháng một lần?\n"
        "2. Mua bảo hiểm y tế hộ gia đình hết bao nhiêu tiền một năm?\n"
        "3. Gặp nhân viên"
    )


@pytest.mark.conformance("H17")
def test_buttons_carry_short_keys_and_never_what_they_stand_for():
    (message,) = rendered(ASK_BACK, buttons=5)
    assert message.text == ASK_BACK.text
    assert [button.key for button in message.buttons] == ["o7.1", "o7.2", "o7.3"]
    (message,) = render_plain(ASK_BACK, 2**63, 4096, utf16_units, None, TEXTS, buttons=100)
    assert all(len(button.key.encode()) <= 64 for button in message.buttons)


@pytest.mark.conformance("G48")
def test_more_choices_than_buttons_become_numbers():
    titles = [f"Mục {number}" for number in range(1, 7)]
    (five,) = rendered(with_buttons("Chọn?", titles[:5]), buttons=5)
    (six,) = rendered(with_buttons("Chọn?", titles), buttons=5)
    assert [button.title for button in five.buttons] == titles[:5]
    assert not six.buttons
    assert six.text.endswith("\n6. Mục 6")


@pytest.mark.conformance(("G49", "H18"))
def test_a_long_title_is_cut_between_graphemes():
    assert fit_title("Mức đóng bảo hiểm y tế hộ gia đình", 20) == "Mức đóng bảo hiểm y…"
    assert fit_title("Gia đình 👨‍👩‍👧‍👦 đóng", 12) == "Gia đình…"
    assert fit_title("Vừa đủ", 6) == "Vừa đủ"
    (message,) = rendered(with_buttons("Chọn?", ["ệ" * 130]), buttons=5, title_limit=100)
    assert message.buttons[0].title == "ệ" * 99 + "…"


def test_a_title_is_one_line_and_never_blank():
    (message,) = rendered(with_buttons("Chọn?", ["Gặp\n nhân\tviên", "\u200d"]), buttons=5)
    assert [button.title for button in message.buttons] == ["Gặp nhân viên", "…"]


def test_a_title_limit_without_room_for_the_cut_sign_is_refused():
    with pytest.raises(ValueError, match="limit 1"):
        fit_title("Hai chữ", 1)


@pytest.mark.conformance("G51")
def test_a_message_whose_buttons_are_refused_has_room_for_numbers():
    reply = with_buttons("Một câu dài vừa phải. " * 90, ["Mức đóng", "Hồ sơ", "Gặp nhân viên"])
    *_, last = rendered(reply, buttons=5)
    again = numbered(last.text, tuple(button.title for button in last.buttons), TEXTS)
    assert len(again) <= 1900
    assert again.endswith("Anh/chị nhắn số để chọn:\n1. Mức đóng\n2. Hồ sơ\n3. Gặp nhân viên")


def test_who_was_told_to_answer_with_a_number_is_not_told_twice():
    reply = with_buttons("Anh/chị chọn giúp tôi một ý bên dưới, hoặc nhắn số thứ tự.", ["Mức đóng", "Hồ sơ"])
    assert rendered(reply)[0].text == f"{reply.text}\n1. Mức đóng\n2. Hồ sơ"


def test_choices_that_the_text_lists_already_are_not_listed_again():
    reply = with_buttons("Anh/chị nhắn 1 hoặc 2:\n1. Mức đóng\n2. Hồ sơ", ["Mức đóng", "Hồ sơ"])
    assert rendered(reply)[0].text == reply.text


def test_choices_stand_with_the_last_piece_of_a_long_text():
    *before, last = rendered(dataclasses.replace(ASK_BACK, text="Một câu dài vừa phải. " * 85))
    assert len(before) == 1
    assert before[0].text.endswith("phải.")
    assert last.text.startswith("Một câu")
    assert "\n3. Gặp nhân viên" in last.text


def test_choices_that_fill_a_message_have_one_to_themselves():
    titles = [f"{number} " + "ă" * 90 for number in range(12)]
    text = "Một câu dài vừa phải. " * 85
    *_, last = rendered(with_buttons(text, titles))
    assert last.text.startswith("Anh/chị nhắn số để chọn:\n1. 0 ")
    assert last.text.endswith(titles[-1])
    *_, last = rendered(with_buttons(text, titles), buttons=12)
    assert (last.text, len(last.buttons)) == ("Anh/chị chọn một mục:", 12)


@pytest.mark.conformance(("G52", "H26", "I9", "I10"))
@given(ANY_TEXT, TITLES, st.integers(100, 400), st.sampled_from([len, utf16_units]), st.sampled_from([None, 0, 5]))
def test_every_message_keeps_the_limit_and_says_something(text, titles, limit, length, buttons):
    messages = rendered(with_buttons(text, titles), limit, length, buttons, title_limit=20)
    assert messages
    assert all(length(message.text) <= limit and is_seen(message.text) for message in messages)
    assert not any(message.buttons for message in messages[:-1])
    assert all(len(button.title) <= 20 and is_seen(button.title) for button in messages[-1].buttons)


@pytest.mark.conformance("G51")
@given(st.text("ab. \n", max_size=600), TITLES, st.sampled_from([len, utf16_units]))
def test_the_numbered_form_of_a_message_with_buttons_keeps_the_limit(text, titles, length):
    limit = 1100
    for message in rendered(with_buttons(text, titles[:5]), limit, length, 5, title_limit=100):
        assert length(numbered(message.text, tuple(button.title for button in message.buttons), TEXTS)) <= limit


@pytest.mark.conformance(("G56", "H28"))
def test_markup_is_sent_as_it_stands_and_hidden_signs_are_not():
    (message,) = rendered(Reply("<b>Mức</b> *đóng* _a_ [x](y) & 5% > 3%\x00\u202e"))
    assert message.text == "<b>Mức</b> *đóng* _a_ [x](y) & 5% > 3%"


@pytest.mark.conformance(("G53", "H48"))
def test_a_decomposed_answer_and_its_choices_are_sent_composed():
    (message,) = rendered(with_buttons("Me\u0302\u0301", ["Gă\u0323p"]), buttons=1)
    assert (message.text, message.buttons[0].title) == ("Mế", "Gặp")
