import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.case_code import ALPHABET, PATTERN, new_case_code, read_case_code


def test_a_case_code_reads_well_on_paper_and_on_the_telephone():
    assert PATTERN.fullmatch(new_case_code())
    assert not set(ALPHABET) & set("01OILUV")


def test_case_codes_do_not_repeat():
    assert len({new_case_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "typed",
    [
        "BHXH-7K3M-42QX",
        "bhxh-7k3m-42qx",
        " bhxh 7k3m 42qx ",
        "BHXH7K3M42QX",
        "7k3m-42qx",
        "BHXH–7K3M–42QX",
        "B H X H - 7 K 3 M - 4 2 Q X",
        "bhxh_7k3m_42qx",
    ],
)
def test_a_code_is_read_as_people_type_it(typed):
    assert read_case_code(typed) == "BHXH-7K3M-42QX"


@pytest.mark.parametrize(
    "typed", ["", "BHXH", "BHXH-7K3M-42Q", "BHXH-7K3M-42QXX", "BHXH-7K3M-42QO", "0123456789", "mã 7K3M"]
)
def test_what_is_no_code_is_none(typed):
    assert read_case_code(typed) is None


@given(st.text())
def test_any_text_is_a_code_as_given_out_or_none(typed):
    code = read_case_code(typed)
    assert code is None or PATTERN.fullmatch(code)
