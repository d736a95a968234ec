import numpy as np
import pytest

from knowledge.embedding.fake import FakeEmbedder


def cosine(one, other):
    vectors = FakeEmbedder().embed_queries([one, other])
    return float(vectors[0] @ vectors[1])


def test_vectors_have_length_one():
    assert np.linalg.norm(FakeEmbedder().embed_passages(["thẻ bảo hiểm", ""]), axis=1) == pytest.approx([1, 1])


def test_the_same_text_always_gives_the_same_vector():
    assert np.array_equal(FakeEmbedder().embed_queries(["thẻ"]), FakeEmbedder().embed_passages(["thẻ"]))


def test_texts_that_share_syllables_are_nearer():
    assert cosine("mất thẻ bảo hiểm", "thẻ bảo hiểm mất") > cosine("mất thẻ bảo hiểm", "giá vàng hôm nay")


def test_diacritics_make_no_difference():
    assert cosine("thẻ bảo hiểm", "the bao hiem") == pytest.approx(1)


def test_no_text_gives_no_row():
    assert FakeEmbedder().embed_queries([]).shape == (0, FakeEmbedder().dimensions)
