from desk.case_code import ALPHABET, PATTERN, new_case_code


def test_a_case_code_reads_well_on_paper_and_on_the_telephone():
    assert PATTERN.fullmatch(new_case_code())
    assert not set(ALPHABET) & set("01OILUV")


def test_case_codes_do_not_repeat():
    assert len({new_case_code() for _ in range(1000)}) == 1000
