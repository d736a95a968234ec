"""Any model that sentence-transformers can load, by a folder or a name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.errors import ModelFileError
from knowledge.settings import EmbeddingSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 16
QUANTISED_FILE = "onnx/model_int8.onnx"
BUILD_COMMAND = "python -m knowledge.embedding.build_model"


class SentenceTransformerEmbedder:
    """Holds the loaded model. `threads` limits what one call may use of the processor."""

    def __init__(self, model: SentenceTransformer, name: str, query_prefix: str, passage_prefix: str) -> None:
        self.name = name
        self.dimensions = int(model.get_embedding_dimension() or 0)
        self._model = model
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), dimensions), length 1."""
        return self._embed([self._query_prefix + text for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), dimensions), length 1."""
        return self._embed([self._passage_prefix + text for text in texts])

    def _embed(self, texts: list[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = self._model.encode(
            texts, batch_size=BATCH_SIZE, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def load_embedder(settings: EmbeddingSettings, root: Path) -> SentenceTransformerEmbedder:
    """Loads the model that the settings name; a folder is relative to `root`.

    Raises `ModelFileError` when the model is a folder that is not there.
    """
    folder = root / settings.model
    if not folder.exists() and settings.model.startswith(("var/", "/", ".")):
        raise ModelFileError(f"embedding model {settings.model} is not there; build it with: {BUILD_COMMAND}")
    source = str(folder) if folder.exists() else settings.model
    model = load_model(source, settings.backend, settings.threads)
    name = model_name(folder, settings.backend) if folder.exists() else f"{settings.model}+{settings.backend}"
    return SentenceTransformerEmbedder(model, name, settings.query_prefix, settings.passage_prefix)


def load_model(source: str, backend: str, threads: int, **options: Any) -> SentenceTransformer:
    """`backend` is `onnx` (quantised file if the folder has one) or `torch`."""
    # Imported here: torch takes seconds and 200 MB, and tests with the fake need neither.
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    if backend == "onnx":
        options = {**_session_options(threads), **options}
        if (Path(source) / QUANTISED_FILE).exists() and "export" not in options:
            options["file_name"] = QUANTISED_FILE
    model: SentenceTransformer = SentenceTransformer(
        source, backend="onnx" if backend == "onnx" else "torch", device="cpu", model_kwargs=options or None
    )
    return model


def model_name(folder: Path, backend: str) -> str:
    """`e5-small-vi+onnx@1a2b3c4d5e6f`: changes whenever the served weights or the tokenizer change."""
    hasher = hashlib.sha256()
    weights = folder / (QUANTISED_FILE if backend == "onnx" else "model.safetensors")
    for path in (weights, folder / "tokenizer.json"):
        if path.exists():
            hasher.update(path.read_bytes())
    return f"{folder.name}+{backend}@{hasher.hexdigest()[:12]}"


def _session_options(threads: int) -> dict[str, Any]:
    import onnxruntime

    session_options = onnxruntime.SessionOptions()
    session_options.intra_op_num_threads = threads
    session_options.inter_op_num_threads = 1
    # The arena never gives memory back: one batch of long passages would cost 500 MB for good.
    session_options.enable_cpu_mem_arena = False
    return {"provider": "CPUExecutionProvider", "session_options": session_options}
