"""Writes a sentence-transformers folder: torch weights, tokenizer, and an ONNX file with int8 weights."""

from __future__ import annotations

import shutil
from pathlib import Path

from optimum.onnxruntime import ORTModelForFeatureExtraction, ORTQuantizer
from optimum.onnxruntime.configuration import AutoQuantizationConfig
from sentence_transformers import SentenceTransformer, models
from tokenizers import Tokenizer
from transformers import BertModel

from knowledge.embedding.sentence_transformer import QUANTISED_FILE
from knowledge.embedding.tokenizer import save_tokenizer

MAX_TOKENS = 512


def export_folder(encoder: BertModel, tokenizer: Tokenizer, folder: Path) -> None:
    """Mean pooling, then length 1, as the model was trained."""
    plain = folder / "plain"
    encoder.save_pretrained(str(plain))
    save_tokenizer(tokenizer, plain, MAX_TOKENS)
    transformer = models.Transformer(str(plain), max_seq_length=MAX_TOKENS)
    pooling = models.Pooling(encoder.config.hidden_size, pooling_mode="mean")
    SentenceTransformer(modules=[transformer, pooling, models.Normalize()], device="cpu").save(
        str(folder), create_model_card=False
    )
    _export_quantised(plain, folder)
    shutil.rmtree(plain)


def _export_quantised(plain: Path, folder: Path) -> None:
    ORTModelForFeatureExtraction.from_pretrained(str(plain), export=True, provider="CPUExecutionProvider").save_pretrained(
        str(plain)
    )
    target = folder / QUANTISED_FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    # "avx2" keeps weights to 7 bits, which no processor's int8 multiplication can overflow.
    ORTQuantizer.from_pretrained(str(plain), file_name="model.onnx").quantize(
        save_dir=str(plain), quantization_config=AutoQuantizationConfig.avx2(is_static=False), file_suffix="int8"
    )
    shutil.move(plain / "model_int8.onnx", target)
