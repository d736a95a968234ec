import numpy as np

from editing.workshop.remembering import RememberingEmbedder
from knowledge.embedding.fake import FakeEmbedder


class Counting(FakeEmbedder):
    def __init__(self):
        super().__init__(16)
        self.asked = []

    def embed_queries(self, texts):
        self.asked.extend(texts)
        return super().embed_queries(texts)


def test_no_text_is_embedded_twice_and_vectors_are_those_of_the_model():
    model = Counting()
    remembering = RememberingEmbedder(model)
    found = remembering.embed_queries(["thẻ", "sổ", "thẻ"])
    again = remembering.embed_queries(["sổ", "thẻ mới"])
    assert model.asked == ["thẻ", "sổ", "thẻ mới"]
    assert np.array_equal(found, FakeEmbedder(16).embed_queries(["thẻ", "sổ", "thẻ"]))
    assert np.array_equal(again[0], found[1])


def test_the_oldest_are_forgotten():
    model = Counting()
    remembering = RememberingEmbedder(model, most=2)
    for text in ("một", "hai", "một", "ba", "một", "hai"):
        remembering.embed_queries([text])
    assert model.asked == ["một", "hai", "ba", "hai"]


def test_nothing_asked_is_nothing_embedded():
    remembering = RememberingEmbedder(Counting())
    assert remembering.embed_queries([]).shape == (0, 16)
    assert (remembering.name, remembering.dimensions) == ("fake-16", 16)
    assert remembering.embed_passages(["một"]).shape == (1, 16)
