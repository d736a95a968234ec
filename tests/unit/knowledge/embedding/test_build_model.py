import json

import numpy as np
import pytest

from knowledge.embedding import build_model as module
from knowledge.embedding.build_model import build_model, is_built, main
from knowledge.embedding.errors import ModelFileError
from knowledge.embedding.fake import FakeEmbedder
from knowledge.embedding.known_vectors import KnownVector, read_known_vectors, verify
from knowledge.embedding.sentence_transformer import load_embedder, model_name
from knowledge.settings import EmbeddingSettings


def test_a_folder_counts_as_built_only_with_the_same_recipe(tmp_path):
    (tmp_path / "recipe.json").write_text(json.dumps({"version": 1}))
    assert is_built(tmp_path, {"version": 1})
    assert not is_built(tmp_path, {"version": 2})


def test_a_folder_without_a_recipe_was_not_finished(tmp_path):
    assert not is_built(tmp_path, {"version": 1})


def write_marker(weights, working, report):
    working.mkdir()
    (working / "weights").write_bytes(weights)


def test_a_finished_model_is_not_built_again(tmp_path):
    folder, said = tmp_path / "models" / "e5", []
    for weights in (b"first", b"second"):
        build_model(folder, said.append, fetch=lambda weights=weights: weights, make=write_marker)
    assert (folder / "weights").read_bytes() == b"first"
    assert said[-1].endswith("up to date")


def test_an_interrupted_build_is_started_again(tmp_path):
    folder = tmp_path / "e5"
    (tmp_path / ".e5.part").mkdir()
    folder.mkdir()
    build_model(folder, [].append, fetch=lambda: b"whole", make=write_marker)
    assert (folder / "weights").read_bytes() == b"whole"
    assert not (tmp_path / ".e5.part").exists()


def test_a_build_that_fails_leaves_the_old_model_in_place(tmp_path):
    def fail(weights, working, report):
        raise ModelFileError("other vectors")

    (tmp_path / "e5").mkdir()
    (tmp_path / "e5" / "old").touch()
    with pytest.raises(ModelFileError):
        build_model(tmp_path / "e5", [].append, fetch=lambda: b"", make=fail)
    assert (tmp_path / "e5" / "old").exists()


def test_too_little_disk_is_said_before_anything_is_fetched(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "NEEDED_BYTES", 2**60)
    with pytest.raises(ModelFileError, match="are needed"):
        module.check_disk(tmp_path)


def test_a_failed_build_ends_with_one_sentence_and_status_1(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(module, "NEEDED_BYTES", 2**60)
    assert main([str(tmp_path / "model")]) == 1
    assert capsys.readouterr().err.startswith("✗ ")


def test_a_model_that_gives_the_known_vectors_is_accepted():
    embedder = FakeEmbedder()
    known = (KnownVector("mất thẻ", embedder.embed_queries(["mất thẻ"])[0] * 3),)
    assert verify(embedder, known) == pytest.approx(1)


def test_a_model_that_gives_other_vectors_is_refused():
    with pytest.raises(ModelFileError, match="other vectors"):
        verify(FakeEmbedder(), (KnownVector("mất thẻ", np.ones(FakeEmbedder().dimensions, dtype=np.float32)),))


def test_the_committed_known_vectors_have_the_dimensions_of_the_model():
    assert {len(item.vector) for item in read_known_vectors()} == {384}


def test_a_missing_model_folder_is_reported_with_the_command_that_builds_it(tmp_path):
    settings = EmbeddingSettings("var/models/none", "onnx", "", "", threads=1)
    with pytest.raises(ModelFileError, match=r"python -m knowledge\.embedding\.build_model"):
        load_embedder(settings, tmp_path)


def test_the_name_of_a_model_changes_with_its_weights(tmp_path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"one")
    before = model_name(tmp_path, "torch")
    weights.write_bytes(b"two")
    assert model_name(tmp_path, "torch") != before
