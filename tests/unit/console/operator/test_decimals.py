"""Numbers on pages of the console."""

import pytest

from console.operator.pages import decimal


@pytest.mark.parametrize(("number", "places", "shown"), [(2.44, 1, "2,4"), (0.0, 1, "0,0"), (0.66666, 3, "0,667")])
def test_a_decimal_has_a_comma(number, places, shown):
    assert decimal(number, places) == shown
