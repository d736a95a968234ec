"""Writes a sentence-transformers folder: torch weights, tokenizer, and an ONNX file with int8 weights."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from optimum.onnxruntime import ORTModelForFeatureExtraction, ORTQuantizer
from optimum.onnxruntime.configuration import AutoQuantizationConfig, QuantizationConfig
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer
from transformers import BertModel
from transformers.utils import logging

from knowledge.embedding.sentence_transformer import QUANTISED_FILE
from knowledge.embedding.tokenizer import save_tokenizer

MAX_TOKENS = 512


def export_folder(encoder: BertModel, tokenizer: Tokenizer, folder: Path) -> None:
    """Mean pooling, then length 1, as the model was trained."""
    plain = folder / "plain"
    with _quiet_exporter():
        _export(encoder, tokenizer, folder, plain)
    shutil.rmtree(plain)


def _export(encoder: BertModel, tokenizer: Tokenizer, folder: Path, plain: Path) -> None:
    encoder.save_pretrained(str(plain))
    save_tokenizer(tokenizer, plain, MAX_TOKENS)
    transformer = Transformer(str(plain), max_seq_length=MAX_TOKENS)
    pooling = Pooling(encoder.config.hidden_size, pooling_mode="mean")
    SentenceTransformer(modules=[transformer, pooling, Normalize()], device="cpu").save(
        str(folder), create_model_card=False
    )
    _export_quantised(plain, folder)


def _export_quantised(plain: Path, folder: Path) -> None:
    ORTModelForFeatureExtraction.from_pretrained(
        str(plain), export=True, provider="CPUExecutionProvider"
    ).save_pretrained(str(plain))
    quantiser = ORTQuantizer.from_pretrained(str(plain), file_name="model.onnx")
    quantiser.quantize(save_dir=str(plain), quantization_config=_quantisation(), file_suffix="int8")
    (folder / QUANTISED_FILE).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(plain / "model_int8.onnx", folder / QUANTISED_FILE)


def _quantisation() -> QuantizationConfig:
    """Signed weights of 7 bits: a third faster than unsigned ones, and no processor's multiplication overflows."""
    return replace(AutoQuantizationConfig.avx512_vnni(is_static=False), reduce_range=True)


@contextmanager
def _quiet_exporter() -> Iterator[None]:
    """Transformers warns of a pooling layer that this model does not have, and of every traced constant."""
    before = logging.get_verbosity()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    logging.set_verbosity(before)
