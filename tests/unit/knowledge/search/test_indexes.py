import numpy as np
import pytest

from knowledge.search.dense import build_dense_index, load_dense_index
from knowledge.search.lexical import build_lexical_index, load_lexical_index
from knowledge.search.topic_space import build_topic_space, load_topic_space, within_class_whitening

TEXTS = (("mất", "thẻ"), ("mất", "sổ"), ("thẻ", "mới", "thẻ"))
OWNERS = (0, 1, 0)
AXES = np.eye(4, dtype=np.float32)


@pytest.fixture
def lexical():
    return build_lexical_index(TEXTS, OWNERS, passages=3)


def test_a_passage_scores_as_its_best_text(lexical):
    scores = lexical.scores(("thẻ",))
    assert scores[0] > 0
    assert scores[1] == 0


def test_a_passage_without_a_text_scores_nothing(lexical):
    assert lexical.scores(("mất", "thẻ"))[2] == 0


def test_words_that_nobody_wrote_lower_the_share(lexical):
    assert lexical.scores(("sổ", "vàng"))[1] < lexical.scores(("sổ",))[1]


@pytest.mark.parametrize("terms", [(), ("vàng",)])
def test_a_question_of_unknown_words_scores_nothing(lexical, terms):
    assert not lexical.scores(terms).any()
    assert not lexical.coverage(terms).any()


def test_coverage_is_the_share_of_telling_terms(lexical):
    coverage = lexical.coverage(("mất", "thẻ"))
    assert coverage[0] == pytest.approx(1)
    assert 0 < coverage[1] < 1


def test_a_term_said_twice_covers_once(lexical):
    assert lexical.coverage(("thẻ", "thẻ", "vàng"))[0] == lexical.coverage(("thẻ", "vàng"))[0]


def test_an_empty_lexical_index_scores_nothing():
    assert build_lexical_index((), (), passages=2).scores(("thẻ",)).tolist() == [0, 0]


@pytest.mark.parametrize("texts", [TEXTS, ((), (), ())])
def test_a_saved_lexical_index_scores_the_same(texts, tmp_path):
    index = build_lexical_index(texts, OWNERS, passages=3)
    index.save(tmp_path / "lexical")
    loaded = load_lexical_index(tmp_path / "lexical", passages=3)
    assert loaded.scores(("thẻ", "sổ")).tolist() == index.scores(("thẻ", "sổ")).tolist()
    assert loaded.coverage(("thẻ",)).tolist() == index.coverage(("thẻ",)).tolist()


def test_a_passage_is_as_near_as_its_nearest_vector():
    index = build_dense_index(AXES[:3], (0, 1, 0), passages=3)
    assert index.scores(np.array([0.0, 0.6, 0.8, 0.0], dtype=np.float32)).tolist() == pytest.approx([0.8, 0.6, 0.0])


def test_a_saved_dense_index_scores_the_same(tmp_path):
    index = build_dense_index(AXES, (0, 1, 2, 2), passages=3)
    index.save(tmp_path / "dense")
    loaded = load_dense_index(tmp_path / "dense", passages=3)
    assert loaded.scores(AXES[1]).tolist() == index.scores(AXES[1]).tolist()
    assert loaded.vectors().tolist() == AXES.tolist()


def topic_space():
    wordings = np.array([[1, 0, 0.5, 0], [1, 0, -0.5, 0], [0, 1, 0.5, 0], [0, 1, -0.5, 0]], dtype=np.float32)
    return build_topic_space(wordings, (0, 0, 1, 1), AXES[3:], (2,), passages=4)


def test_directions_in_which_wordings_differ_count_less():
    vectors = np.array([[1, 0.5], [1, -0.5], [0, 0.5], [0, -0.5]], dtype=np.float32)
    whitening = within_class_whitening(vectors, np.array([0, 0, 1, 1]))
    assert whitening[0, 0] > whitening[1, 1]


def test_without_two_wordings_of_anything_the_space_stays_as_it_is():
    assert within_class_whitening(AXES, np.arange(4)).tolist() == AXES.tolist()


def test_a_question_is_nearest_to_its_topic_whatever_its_wording():
    scores = topic_space().scores(np.array([0.9, 0.1, 0.6, 0], dtype=np.float32))
    assert scores[0] == max(scores)


def test_a_passage_without_any_vector_scores_nothing():
    assert topic_space().scores(AXES[0])[3] == 0


def test_a_saved_topic_space_scores_the_same(tmp_path):
    space = topic_space()
    space.save(tmp_path)
    assert load_topic_space(tmp_path).scores(AXES[0]).tolist() == space.scores(AXES[0]).tolist()
