"""The encoder: a BertModel filled with the weights of the 4-bit file."""

from __future__ import annotations

import torch
from transformers import BertConfig, BertModel

from knowledge.embedding.q4_file import Q4File
from knowledge.embedding.vocabulary import KeptPieces

PADDING_ID = 1
LAYER_WEIGHTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def build_encoder(source: Q4File, kept: KeptPieces) -> BertModel:
    """In evaluation mode, with the embeddings of the kept pieces only."""
    configuration = _configuration(source, len(kept.texts))
    model: BertModel = BertModel(configuration, add_pooling_layer=False)  # type: ignore[no-untyped-call]
    expected = model.state_dict()
    weights = {name: tensor.reshape(expected[name].shape) for name, tensor in _weights(source, kept).items()}
    model.load_state_dict(weights, strict=True)
    model.eval()  # type: ignore[no-untyped-call]
    return model


def _configuration(source: Q4File, vocabulary_size: int) -> BertConfig:
    numbers = source.dimensions
    return BertConfig(  # type: ignore[no-untyped-call]
        vocab_size=vocabulary_size,
        hidden_size=numbers.hidden,
        num_hidden_layers=numbers.layers,
        num_attention_heads=numbers.heads,
        intermediate_size=numbers.feed_forward,
        max_position_embeddings=numbers.positions,
        # The ONNX exporter makes example inputs with token types 0 and 1 and fails with fewer than two.
        type_vocab_size=numbers.token_types,
        layer_norm_eps=numbers.epsilon,
        pad_token_id=PADDING_ID,
        hidden_act="gelu",
    )


def _weights(source: Q4File, kept: KeptPieces) -> dict[str, torch.Tensor]:
    weights = {
        "embeddings.word_embeddings.weight": torch.from_numpy(
            source.rows("emb.word", kept.numbers, source.dimensions.hidden)
        ),
        "embeddings.position_embeddings.weight": _tensor(source, "emb.pos"),
        "embeddings.token_type_embeddings.weight": _tensor(source, "emb.type"),
        "embeddings.LayerNorm.weight": _tensor(source, "emb.ln.w"),
        "embeddings.LayerNorm.bias": _tensor(source, "emb.ln.b"),
    }
    for layer in range(source.dimensions.layers):
        for short, full in LAYER_WEIGHTS.items():
            weights[f"encoder.layer.{layer}.{full}.weight"] = _tensor(source, f"l{layer}.{short}.w")
            weights[f"encoder.layer.{layer}.{full}.bias"] = _tensor(source, f"l{layer}.{short}.b")
    return weights


def _tensor(source: Q4File, name: str) -> torch.Tensor:
    return torch.from_numpy(source.vector(name))
