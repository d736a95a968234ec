"""Vectors of fixed sentences, taken once from another program (the C engine in the package, full vocabulary)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.embedder import Embedder
from knowledge.embedding.errors import ModelFileError
from knowledge.embedding.sentence_transformer import SentenceTransformerEmbedder, load_model

KNOWN_VECTORS_FILE = Path(__file__).with_name("known_vectors.json")
MIN_COSINE = 0.99


@dataclass(frozen=True)
class KnownVector:
    """A sentence, embedded as a query, and what must come out."""

    text: str
    vector: NDArray[np.float32]


def read_known_vectors(path: Path = KNOWN_VECTORS_FILE) -> tuple[KnownVector, ...]:
    """The committed reference vectors."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(KnownVector(row["text"], np.array(row["vector"], dtype=np.float32)) for row in rows)


def verify(embedder: Embedder, known: tuple[KnownVector, ...]) -> float:
    """The lowest cosine. Raises `ModelFileError` below `MIN_COSINE`: then the model is not the one that was meant."""
    vectors = embedder.embed_queries([item.text for item in known])
    wanted = np.stack([item.vector / np.linalg.norm(item.vector) for item in known])
    lowest = float((vectors * wanted).sum(axis=1).min())
    if not lowest >= MIN_COSINE:
        raise ModelFileError(f"the model gives other vectors than it should: cosine {lowest:.4f}, not {MIN_COSINE}")
    return lowest


def verify_folder(folder: Path) -> float:
    """Loads the folder as it will be served and verifies it."""
    model = load_model(str(folder), backend="onnx", threads=1)
    return verify(SentenceTransformerEmbedder(model, folder.name, "query: ", "passage: "), read_known_vectors())
