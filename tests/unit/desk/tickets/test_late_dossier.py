import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.tickets.late_dossier import DossierFault, LateDossier, read_dossier
from tests.fakes.calendar import day

TODAY = day("2026-11-20")
PLACE = "BHXH cơ sở Thử Nghiệm"


@pytest.mark.parametrize("written", ["15/11/2026", "15-11-2026", "15.11.2026", "2026-11-15", " 15/11/2026 "])
def test_the_day_may_be_written_as_people_or_browsers_do(written):
    assert read_dossier("G22.99.00-261101-0001", PLACE, written, TODAY) == LateDossier(
        "G22.99.00-261101-0001", PLACE, day("2026-11-15")
    )


def test_code_and_place_are_tidied():
    found = read_dossier(" g22.99 00-1 ", "  BHXH   cơ sở  ", "1/1/2026", TODAY)
    assert found == LateDossier("G22.9900-1", "BHXH cơ sở", day("2026-01-01"))


@pytest.mark.parametrize(
    ("code", "place", "written", "fault"),
    [
        ("", PLACE, "15/11/2026", DossierFault.CODE),
        ("<script>", PLACE, "15/11/2026", DossierFault.CODE),
        ("G22-0001", "  ", "15/11/2026", DossierFault.PLACE),
        ("G22-0001", "x" * 201, "15/11/2026", DossierFault.PLACE),
        ("G22-0001", PLACE, "31/11/2026", DossierFault.DATE),
        ("G22-0001", PLACE, "hôm qua", DossierFault.DATE),
        ("G22-0001", PLACE, "2026-02-30", DossierFault.DATE),
        ("G22-0001", PLACE, "20/11/2026", DossierFault.NOT_LATE),
        ("G22-0001", PLACE, "21/11/2026", DossierFault.NOT_LATE),
    ],
)
def test_the_form_says_which_field_is_wrong(code, place, written, fault):
    assert read_dossier(code, place, written, TODAY) is fault


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_is_read_or_refused(code, place, written):
    assert isinstance(read_dossier(code, place, written, TODAY), LateDossier | DossierFault)
