"""Links of the header: all while they fit, then those of management in a menu."""

from datetime import UTC, datetime

from console.operator.pages import MOST_LINKS, NavigationItem, links_of
from desk.accounts.operator import Operator
from desk.accounts.permissions import Permission
from desk.accounts.role import Role

MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
DESK = NavigationItem("desk", "/console/desk", Permission.VIEW_QUEUE)
OTHERS = tuple(NavigationItem(f"page-{number}", f"/console/{number}", Permission.SEE_BOARD) for number in range(6))


def somebody(*roles):
    return Operator(1, "lan", "Lan", frozenset(roles), "hotline", False, False, False, False, MOMENT, MOMENT, None)


def test_nobody_sees_no_links():
    assert links_of(None, (DESK,)).shown == ()


def test_links_are_those_that_one_may_open():
    assert links_of(somebody(Role.OPERATOR), (DESK, *OTHERS)).shown == (DESK,)


def test_few_links_stand_side_by_side():
    found = links_of(somebody(Role.SUPERVISOR), (DESK, *OTHERS[: MOST_LINKS - 1]))
    assert (len(found.shown), found.folded) == (MOST_LINKS, ())


def test_of_many_links_the_daily_ones_stay_outside():
    found = links_of(somebody(Role.SUPERVISOR), (DESK, *OTHERS))
    assert (found.shown, found.folded) == ((DESK,), OTHERS)
