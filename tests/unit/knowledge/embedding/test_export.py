import numpy as np
import pytest

from knowledge.embedding.encoder import build_encoder
from knowledge.embedding.export import export_folder
from knowledge.embedding.q4_file import parse_q4_file
from knowledge.embedding.sentence_transformer import load_embedder
from knowledge.embedding.tokenizer import build_tokenizer
from knowledge.embedding.vocabulary import keep_pieces
from knowledge.settings import EmbeddingSettings
from tests.tiny_model import HIDDEN, PIECES, tiny_encoder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    source = parse_q4_file(tiny_encoder(), "tiny")
    kept = keep_pieces(source.pieces, PIECES[4:])
    folder = tmp_path_factory.mktemp("models") / "tiny"
    export_folder(build_encoder(source, kept), build_tokenizer(kept.texts, kept.scores, unknown=3), folder)
    return folder


def load(folder, backend):
    return load_embedder(EmbeddingSettings(folder.name, backend, "", "", threads=1), folder.parent)


def test_the_word_embeddings_of_kept_pieces_are_those_of_the_file():
    source = parse_q4_file(tiny_encoder(), "tiny")
    kept = keep_pieces(source.pieces, ["a"])
    words = build_encoder(source, kept).embeddings.word_embeddings.weight.detach().numpy()
    whole = source.vector("emb.word").reshape(-1, HIDDEN)
    assert np.array_equal(words, whole[[0, 1, 2, 3, PIECES.index("a")]])


def test_the_folder_is_a_model_that_sentence_transformers_loads(folder):
    vectors = load(folder, "torch").embed_queries(["thẻ a", "a"])
    assert vectors.shape == (2, HIDDEN)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-3)


def test_the_quantised_file_gives_nearly_the_same_vectors(folder):
    texts = ["thẻ a", "a", "thẻ thẻ a"]
    cosines = (load(folder, "onnx").embed_queries(texts) * load(folder, "torch").embed_queries(texts)).sum(axis=1)
    assert cosines.min() > 0.95
    assert (folder / "onnx" / "model_int8.onnx").exists()
