"""The XLM-RoBERTa tokenizer, rebuilt from its word pieces and their scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram
from transformers import PreTrainedTokenizerFast

BEGIN, PADDING, END, UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"


def build_tokenizer(texts: Sequence[str], scores: NDArray[np.float32], unknown: int) -> Tokenizer:
    """`<s> pieces </s>`; the normalisation is SentencePiece's nmt_nfkc."""
    tokenizer = Tokenizer(Unigram(list(zip(texts, scores.tolist(), strict=True)), unk_id=unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BEGIN} $A {END}",
        pair=f"{BEGIN} $A {END} $B {END}",
        special_tokens=[(BEGIN, texts.index(BEGIN)), (END, texts.index(END))],
    )
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, folder: Path, max_tokens: int) -> None:
    """Writes the files that transformers reads back as a fast tokenizer."""
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token=BEGIN,
        eos_token=END,
        cls_token=BEGIN,
        sep_token=END,
        pad_token=PADDING,
        unk_token=UNKNOWN,
        model_max_length=max_tokens,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(str(folder))
