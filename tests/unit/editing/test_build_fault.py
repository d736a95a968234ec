import pytest

from editing.build_fault import BuildFault, FaultCode, read_fault


@pytest.mark.parametrize("code", FaultCode)
def test_each_fault_has_a_sentence_and_comes_back(code):
    fault = BuildFault(code, ("faq/mat-the: thiếu căn cứ",))
    assert read_fault(fault.stored()) == fault
    assert len(fault.sentence) > 40


@pytest.mark.parametrize("stored", ["x", "[]", "{}", '{"code": "new", "details": []}', '{"code": "disk"}'])
def test_what_is_no_stored_fault_is_an_unexpected_one(stored):
    assert read_fault(stored) == BuildFault(FaultCode.UNEXPECTED)


def test_no_fault_is_none_and_long_ones_are_cut():
    assert read_fault("") is None
    kept = read_fault(BuildFault(FaultCode.CONTENT, ("x" * 5_000,) * 500).stored())
    assert (len(kept.details), len(kept.details[0])) == (50, 500)
