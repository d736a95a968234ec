import pytest

from knowledge.faqs.messages import load_messages
from knowledge.faqs.problem import ProblemKind


@pytest.mark.parametrize("kind", list(ProblemKind), ids=str)
def test_every_kind_of_problem_has_a_sentence(kind):
    assert load_messages().sentences[kind.value].endswith(".")


def test_no_sentence_is_left_over():
    assert set(load_messages().sentences) == {kind.value for kind in ProblemKind}
