"""A model file of the format that set-up reads, small enough to write by hand."""

import struct

import numpy as np

from knowledge.embedding.encoder import LAYER_WEIGHTS
from knowledge.embedding.q4_file import BLOCK_TYPE

HIDDEN, FEED_FORWARD, POSITIONS = 32, 64, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁thẻ", "a"]


def one_block(scale, low, high):
    block = np.zeros(1, BLOCK_TYPE)
    block["scale"], block["nibbles"] = scale, low | (high << 4)
    return block


def model_file(tensors):
    blob = "".join(PIECES).encode()
    lengths = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)])
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, 1, FEED_FORWARD, len(PIECES), POSITIONS, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob))
    head += lengths.astype("<u4").tobytes() + np.arange(len(PIECES), dtype="<f4").tobytes() + blob
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 9, 1, 32)
    size = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, data = struct.pack("<i", len(tensors)), b""
    for name, (kind, count, content) in tensors.items():
        directory += (
            struct.pack("<H", len(name))
            + name.encode()
            + struct.pack("<BIQQ", kind, count, size + len(data), len(content))
        )
        data += content
    return head + directory + data


def tiny_encoder():
    """A whole encoder of one layer with random weights."""
    chance = np.random.default_rng(7)

    def plain(count):
        return (0, count, chance.normal(0, 0.3, count).astype("<f4").tobytes())

    def quantised(count):
        blocks = np.zeros(count // 32, BLOCK_TYPE)
        blocks["scale"] = 0.05
        blocks["nibbles"] = chance.integers(0, 256, blocks["nibbles"].shape)
        return (1, count, blocks.tobytes())

    tensors = {
        "emb.word": quantised(len(PIECES) * HIDDEN),
        "emb.pos": plain(POSITIONS * HIDDEN),
        "emb.type": plain(2 * HIDDEN),
        "emb.ln.w": plain(HIDDEN),
        "emb.ln.b": plain(HIDDEN),
    }
    inputs, outputs = {"fo": FEED_FORWARD}, {"fi": FEED_FORWARD}
    for name in LAYER_WEIGHTS:
        width = outputs.get(name, HIDDEN)
        is_norm = name.endswith("ln")
        tensors[f"l0.{name}.w"] = plain(HIDDEN) if is_norm else quantised(width * inputs.get(name, HIDDEN))
        tensors[f"l0.{name}.b"] = plain(width)
    return model_file(tensors)
