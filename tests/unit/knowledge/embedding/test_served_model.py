"""The built model itself: needs var/models, which `make setup` makes."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding.known_vectors import read_known_vectors, verify
from knowledge.embedding.sentence_transformer import load_embedder
from knowledge.settings import EmbeddingSettings

ROOT = Path(__file__).resolve().parents[4]
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def served():
    return load_embedder(EmbeddingSettings("var/models/e5-small-vi", "onnx", "query: ", "passage: ", threads=1), ROOT)


@pytest.fixture(scope="module")
def exact():
    return load_embedder(EmbeddingSettings("var/models/e5-small-vi", "torch", "query: ", "passage: ", threads=1), ROOT)


def test_it_gives_the_vectors_of_the_program_it_was_taken_from(served):
    assert verify(served, read_known_vectors()) > 0.99


def test_the_quantised_model_agrees_with_the_exact_one(served, exact):
    texts = ["mức hưởng trợ cấp thất nghiệp", "thủ tục cấp lại thẻ bảo hiểm y tế", "lương hưu tăng từ tháng nào"]
    assert (served.embed_queries(texts) * exact.embed_queries(texts)).sum(axis=1).min() > 0.99


def test_vectors_have_length_one_and_the_promised_shape(served):
    vectors = served.embed_passages(["một", "hai", ""])
    assert vectors.shape == (3, served.dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-3)


def test_no_text_gives_no_row(served):
    assert served.embed_queries([]).shape == (0, served.dimensions)


def test_a_question_is_nearer_to_its_answer_than_to_another(served):
    question = served.embed_queries(["nghỉ sinh con được bao lâu"])[0]
    answers = served.embed_passages(["Lao động nữ được nghỉ thai sản 06 tháng.", "Thẻ hết hạn thì xin cấp lại."])
    assert question @ answers[0] > question @ answers[1]
