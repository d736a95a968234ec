import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.choice import choice_key
from connectors.outgoing import OfferedButton
from connectors.telegram.keyboard import BUTTONS_PER_ROW, keyboard, layout

LONG = "Thủ tục hưởng bảo hiểm thất nghiệp"


def buttons(*titles):
    return tuple(OfferedButton(title, f"o1.{number}") for number, title in enumerate(titles, 1))


def rows(*titles):
    return [[button.title for button in row] for row in layout(buttons(*titles))]


@pytest.mark.conformance("H18")
@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ((), []),
        (("Có", "Không"), [["Có", "Không"]]),
        (("Hưởng lần đầu", "Chuyển nơi hưởng"), [["Hưởng lần đầu"], ["Chuyển nơi hưởng"]]),
        (
            ("Có", "Thủ tục hưởng bảo hiểm thất nghiệp", "Không"),
            [["Có"], ["Thủ tục hưởng bảo hiểm thất nghiệp"], ["Không"]],
        ),
        (tuple("123456789"), [list("12345678"), ["9"]]),
    ],
)
def test_short_titles_stand_side_by_side_and_long_ones_alone(titles, expected):
    assert rows(*titles) == expected


@pytest.mark.conformance("H18")
@given(st.lists(st.text(min_size=1, max_size=40), max_size=30))
def test_all_buttons_are_there_in_their_order_and_no_row_is_too_wide(titles):
    found = rows(*titles)
    assert [title for row in found for title in row] == titles
    assert all(1 <= len(row) <= BUTTONS_PER_ROW for row in found)


def test_without_buttons_there_is_no_keyboard():
    assert keyboard(()) is None


@pytest.mark.conformance("H17")
def test_what_a_button_carries_is_short_whatever_it_stands_for():
    offered = OfferedButton("Chế độ ốm đau, thai sản, tai nạn lao động", choice_key(2**31, 100))
    ((button,),) = keyboard((offered,)).inline_keyboard
    assert (button.text, button.callback_data) == (offered.title, offered.key)
    assert len(button.callback_data.encode()) <= 64
