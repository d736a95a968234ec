import pytest

from desk.masking import masked, masked_code, masked_contact, masked_name


@pytest.mark.parametrize(
    ("name", "shown"), [("Nguyễn Văn An", "N••• V••• A•••"), ("  An ", "A•••"), ("", ""), ("\n", "")]
)
def test_a_name_shows_its_first_letters(name, shown):
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("0912 345 678", "•••678"),
        ("an@thu.vn", "•••"),
        ("Zalo của tôi", "•••"),
        ("nhà số 12", "•••"),
        ("+84 912345678 (chị An)", "•••678"),
        ("", ""),
    ],
)
def test_a_contact_shows_the_end_of_a_number_and_nothing_else(contact, shown):
    assert masked_contact(contact) == shown


@pytest.mark.parametrize(("code", "shown"), [("G22.99.00-261101-0001", "•••001"), ("G22-01", "•••"), ("", "•••")])
def test_a_code_shows_its_end_when_it_is_long_enough(code, shown):
    assert masked_code(code) == shown


def test_identifiers_are_hidden_where_they_stand():
    assert masked("CCCD 001234567890, gọi 0912345678") == ("CCCD •••890, gọi •••678", 2)
    assert masked("bao giờ có sổ?") == ("bao giờ có sổ?", 0)
