"""Questions join the group that they mean, or begin one."""

import numpy as np

from editing.gaps.grouping import Centre, group, most_central
from editing.gaps.meaning import unit


class Plane:
    """Vectors as they are."""

    model = "plane"

    def vectors(self, texts):
        raise AssertionError("grouping embeds nothing")

    def compared(self, vectors):
        return unit(np.asarray(vectors, dtype=np.float32))


def points(*rows):
    return np.array(rows, dtype=np.float32)


def test_what_is_alike_joins_and_what_is_not_begins_a_group():
    found = group(points((1, 0), (0.9, 0.1), (0, 1)), (), Plane(), 0.8)
    assert [(one.cluster_id, one.added) for one in found] == [(None, [0, 1]), (None, [2])]


def test_a_group_that_is_there_takes_what_is_nearest_and_its_mean_moves():
    known = (Centre(7, points((1, 0))[0], 3), Centre(8, points((0, 1))[0], 1))
    (found,) = group(points((0.2, 1)), known, Plane(), 0.8)
    assert (found.cluster_id, found.questions) == (8, 2)
    assert found.vector.tolist() == [np.float32(0.1), 1.0]


def test_groups_that_got_nothing_are_not_named():
    known = (Centre(7, points((1, 0))[0], 3),)
    assert [one.cluster_id for one in group(points((0, 1)), known, Plane(), 0.5)] == [None]


def test_no_questions_are_no_groups():
    assert group(points().reshape(0, 2), (), Plane(), 0.5) == ()


def test_a_vector_of_nothing_is_like_nothing():
    assert len(group(points((0, 0), (1, 0)), (), Plane(), 0.5)) == 2


def test_the_central_question_is_the_one_between_the_others():
    assert most_central(points((1, 0), (0.7, 0.7), (0, 1)), Plane()) == 1
