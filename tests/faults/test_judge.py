"""The judge of the fault run finds what it is there to find."""

from tests.faults.judge import judge

ASKED = {"an": [1, 2, 3], "ba": [4, 5]}
GOOD = {"an": [1, 2, 3], "ba": [4, 5]}


def test_everything_answered_once_and_in_order_is_good():
    verdict = judge(ASKED, GOOD, set())
    assert verdict.good
    assert verdict.answered == 5


def test_a_missing_answer_is_lost():
    verdict = judge(ASKED, {**GOOD, "an": [1, 3]}, set())
    assert (verdict.lost, verdict.good, verdict.answered) == ((2,), False, 4)


def test_a_citizen_who_got_nothing_at_all_lost_everything():
    assert judge(ASKED, {"ba": [4, 5]}, set()).lost == (1, 2, 3)


def test_a_missing_answer_whose_sending_ended_unknown_is_counted_apart():
    verdict = judge(ASKED, {**GOOD, "an": [1, 3]}, {2})
    assert (verdict.lost, verdict.missing_unknown, verdict.good) == ((), (2,), True)


def test_an_unknown_sending_may_have_arrived():
    assert judge(ASKED, GOOD, {2}).good


def test_an_answer_that_came_twice_is_found_even_where_its_sending_ended_unknown():
    verdict = judge(ASKED, {**GOOD, "ba": [4, 4, 5]}, {4})
    assert (verdict.twice, verdict.disordered, verdict.good) == ((4,), (), False)


def test_an_answer_that_comes_again_after_later_ones_is_twice_not_disordered():
    verdict = judge(ASKED, {**GOOD, "an": [1, 2, 3, 1]}, set())
    assert (verdict.twice, verdict.disordered) == ((1,), ())


def test_an_answer_after_a_later_one_is_disordered():
    verdict = judge(ASKED, {**GOOD, "an": [1, 3, 2]}, set())
    assert (verdict.disordered, verdict.lost, verdict.good) == ((2,), (), False)


def test_order_is_that_of_asking_not_of_the_numbers():
    assert judge({"an": [9, 2]}, {"an": [9, 2]}, set()).good
    assert judge({"an": [9, 2]}, {"an": [2, 9]}, set()).disordered == (9,)


def test_an_answer_in_somebody_elses_hands_is_astray():
    verdict = judge(ASKED, {"an": [1, 2, 3, 4], "ba": [5]}, set())
    assert (verdict.astray, verdict.lost, verdict.good) == ((4,), (4,), False)
    assert judge(ASKED, {**GOOD, "chi": [1]}, set()).astray == (1,)
