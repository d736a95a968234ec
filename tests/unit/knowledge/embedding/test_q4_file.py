import numpy as np
import pytest

from knowledge.embedding.errors import ModelFileError
from knowledge.embedding.q4_file import dequantise, parse_q4_file, read_q4_file
from tests.tiny_model import PIECES, model_file, one_block


def test_a_block_holds_its_first_half_in_the_low_nibbles():
    weights = dequantise(one_block(0.5, low=9, high=6))
    assert weights.tolist() == [0.5] * 16 + [-1.0] * 16


def test_pieces_are_read_with_scores_and_special_numbers():
    pieces = parse_q4_file(model_file({}), "model").pieces
    assert pieces.texts == tuple(PIECES)
    assert (pieces.begin, pieces.padding, pieces.end, pieces.unknown) == (0, 1, 2, 3)
    assert pieces.scores[4] == 4.0


def test_dimensions_are_read_in_the_order_of_the_file():
    dimensions = parse_q4_file(model_file({}), "model").dimensions
    assert (dimensions.hidden, dimensions.feed_forward, dimensions.positions, dimensions.token_types) == (32, 64, 16, 2)


def test_a_plain_tensor_is_read_as_it_is():
    content = np.array([1.5, -2.0], dtype="<f4").tobytes()
    source = parse_q4_file(model_file({"emb.ln.w": (0, 2, content)}), "model")
    assert source.vector("emb.ln.w").tolist() == [1.5, -2.0]


def test_chosen_rows_of_a_quantised_matrix_are_read():
    content = one_block(1.0, 9, 9).tobytes() + one_block(1.0, 10, 10).tobytes()
    source = parse_q4_file(model_file({"emb.word": (1, 64, content)}), "model")
    assert source.rows("emb.word", np.array([1]), 32).tolist() == [[2.0] * 32]
    assert source.vector("emb.word").shape == (64,)


def test_a_missing_tensor_is_named():
    with pytest.raises(ModelFileError, match=r"l0\.q\.w"):
        parse_q4_file(model_file({}), "model").vector("l0.q.w")


def test_another_kind_of_file_is_refused(tmp_path):
    path = tmp_path / "model.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelFileError, match="not a E5S1 model file"):
        read_q4_file(path)


@pytest.mark.parametrize("length", [10, 60, 100, 140])
def test_a_file_that_ends_too_early_is_called_damaged(length):
    with pytest.raises(ModelFileError, match="damaged"):
        parse_q4_file(model_file({})[:length], "model")
