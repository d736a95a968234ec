import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.accounts.password_rules import Breach, breaches, generate_password
from tests.fakes.accounts import SETTINGS

NUMBERS = SETTINGS.password


def broken(password, login="nguyen.thu", name="Nguyễn Văn Thử"):
    return breaches(password, login, name, NUMBERS)


@pytest.mark.parametrize(
    "password",
    ["Hoa-sen-no-2026", "trời hôm nay nắng đẹp lắm", "Kh0ng.d3.doan.ra", "🌱 mầm xanh 2026", "Bhxh-kia-ai-hieu-7"],
)
def test_a_good_password_breaks_nothing(password):
    assert broken(password) == ()


@pytest.mark.parametrize(
    ("password", "breach"),
    [
        ("Ngan-2026!", Breach.TOO_SHORT),
        ("", Breach.TOO_SHORT),
        ("toanchuthuong", Breach.TOO_FEW_KINDS),
        ("Aa1!Aa1!Aa1!Aa1!", Breach.TOO_PLAIN),
        ("MatKhau@2026", Breach.COMMON),
        ("M@tKh@u202612", Breach.COMMON),
        ("Mật khẩu 2026!!", Breach.COMMON),
        ("BHXH@123456789", Breach.COMMON),
        ("P@ssw0rd!2026", Breach.COMMON),
        ("Việt Nam 19451975", Breach.COMMON),
        ("ｐａｓｓｗｏｒｄ１２３４！", Breach.COMMON),
        ("Toi-la-Nguyen.Thu-9", Breach.NAMES_OWNER),
        ("nguyễn văn thử 1A", Breach.NAMES_OWNER),
        ("Hoa-sen\x00no-2026", Breach.UNPRINTABLE),
        ("Hoa-sen\nno-2026", Breach.UNPRINTABLE),
        ("Hoa-sen\ud800no-2026", Breach.UNPRINTABLE),
    ],
)
def test_what_is_wrong_is_named(password, breach):
    assert breach in broken(password)


@pytest.mark.parametrize("password", ["x" * 257, "aB3-" * 2500, "\u0301\u0323" * 5000])
def test_a_password_of_any_length_is_judged_at_once(password):
    assert broken(password) == (Breach.TOO_LONG,)


def test_the_longest_and_the_shortest_are_allowed():
    assert broken("Hoa-sen-2026") == ()
    assert broken("Hoa-sen-2026" + "x" * 244) == ()


def test_a_login_of_three_letters_may_occur_by_chance():
    assert broken("Hoa-sen-no-2026", login="sen", name="Lê Na") == ()


def test_generated_passwords_keep_the_rules_and_do_not_repeat():
    made = {generate_password() for _ in range(200)}
    assert len(made) == 200
    assert {broken(password) for password in made} == {()}


@given(st.text(max_size=300))
def test_any_text_is_judged(password):
    assert set(broken(password)) <= set(Breach) - {Breach.REUSED}
