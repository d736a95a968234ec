import numpy as np
import pytest

from knowledge.embedding.errors import ModelFileError
from knowledge.embedding.q4_file import Pieces
from knowledge.embedding.tokenizer import build_tokenizer
from knowledge.embedding.vocabulary import derive_vocabulary, keep_pieces, read_vocabulary

TEXTS = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁thẻ", "▁bảo", "▁hiểm", "▁Straße", "▁Rechtsanwalt", "▁2024", "ß")
PIECES = Pieces(TEXTS, np.array([0.0] * 4 + [-2.0] * (len(TEXTS) - 4), dtype=np.float32), 0, 2, 1, 3)


def test_special_pieces_come_first_and_the_rest_keeps_its_order():
    kept = keep_pieces(PIECES, ["▁hiểm", "▁thẻ"])
    assert kept.texts == ("<s>", "<pad>", "</s>", "<unk>", "▁thẻ", "▁hiểm")
    assert kept.numbers.tolist() == [0, 1, 2, 3, 5, 7]


def test_a_wanted_piece_that_the_model_lacks_is_named():
    with pytest.raises(ModelFileError, match="▁sổ"):
        keep_pieces(PIECES, ["▁sổ"])


def test_syllables_and_years_are_kept_even_if_the_texts_lack_them():
    assert {"▁bảo", "▁2024"} <= set(derive_vocabulary(PIECES, []))


def test_foreign_words_are_kept_only_when_seen_twice():
    assert "▁Rechtsanwalt" not in derive_vocabulary(PIECES, ["Rechtsanwalt"])
    assert "▁Rechtsanwalt" in derive_vocabulary(PIECES, ["Rechtsanwalt Rechtsanwalt"])


def test_the_committed_vocabulary_holds_no_piece_twice():
    vocabulary = read_vocabulary()
    assert len(set(vocabulary)) == len(vocabulary)


@pytest.mark.parametrize("piece", ["▁bảo", "▁hiểm", "▁thai", "▁san", "▁bao", "ID", "▁2018"])
def test_the_committed_vocabulary_knows_words_with_and_without_diacritics(piece):
    assert piece in read_vocabulary()


def test_a_sentence_is_wrapped_in_begin_and_end():
    tokens = build_tokenizer(TEXTS, PIECES.scores, unknown=3).encode("thẻ  bảo hiểm").tokens
    assert tokens == ["<s>", "▁thẻ", "▁bảo", "▁hiểm", "</s>"]
