"""One suite for every embedder: what is published can be searched, reloaded and trusted."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding.fake import FakeEmbedder
from knowledge.embedding.sentence_transformer import load_embedder
from knowledge.passage import Collection
from knowledge.search.builder import publish
from knowledge.search.errors import SnapshotError
from knowledge.search.retriever import Retriever
from knowledge.search.storage import load_snapshot
from knowledge.settings import EmbeddingSettings
from tests.small_base import LOST_BOOK, LOST_CARD, PASSAGES, RECIPIENTS, SEARCH, SUMMER_DUTY

ROOT = Path(__file__).resolve().parents[2]
MODEL = EmbeddingSettings("var/models/e5-small-vi", "onnx", "query: ", "passage: ", threads=1)
NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def real_embedder():
    return load_embedder(MODEL, ROOT)


@pytest.fixture(params=["fake", pytest.param("real", marks=pytest.mark.model)])
def embedder(request):
    return FakeEmbedder() if request.param == "fake" else request.getfixturevalue("real_embedder")


@pytest.fixture
def retriever(embedder, tmp_path):
    publish(PASSAGES, embedder, tmp_path, NOON)
    return Retriever(load_snapshot(tmp_path), embedder, SEARCH)


def first(retriever, question, collection=None):
    return retriever.search(question, collection).hits[0].passage.id


@pytest.mark.parametrize("passage", PASSAGES[:4], ids=lambda passage: passage.id)
def test_a_passage_is_found_by_its_own_title_and_text(retriever, passage):
    assert first(retriever, f"{passage.title} {passage.text}") == passage.id


@pytest.mark.parametrize(
    "question", ["làm mất thẻ bảo hiểm y tế", "lam mat the bao hiem y te", "LÀM MẤT THẺ BHYT", "lm mất thẻ bhyt"]
)
def test_a_question_is_found_however_it_is_typed(retriever, question):
    assert first(retriever, question) == LOST_CARD.id


def test_a_decomposed_question_gives_the_same_hits_as_a_composed_one(retriever):
    import unicodedata

    question = "rớt mất sổ bảo hiểm xã hội"
    assert retriever.search(unicodedata.normalize("NFD", question)).hits == retriever.search(question).hits


def test_a_sample_question_finds_its_passage(retriever):
    assert first(retriever, "sổ bị ướt hết chữ") == LOST_BOOK.id


def test_the_number_of_a_document_finds_its_sections(retriever):
    documents = [hit.passage.document for hit in retriever.search("công văn 999 nói gì", limit=2).hits]
    assert documents == ["999/BHXH-VP", "999/BHXH-VP"]


def test_only_the_asked_collection_gives_hits_and_the_rest_is_rejected(retriever):
    result = retriever.search("trực hè thứ bảy", Collection.FAQ)
    assert {hit.passage.collection for hit in result.hits} == {Collection.FAQ}
    assert SUMMER_DUTY.id in {hit.passage.id for hit in result.rejected}


def test_what_may_not_be_answered_is_rejected_not_hidden(retriever):
    result = retriever.search("nơi nhận lưu văn thư")
    assert RECIPIENTS.id not in {hit.passage.id for hit in result.hits}
    assert RECIPIENTS.id in {hit.passage.id for hit in result.rejected}


def test_scores_lie_between_0_and_1_and_never_rise(retriever):
    scores = [hit.score for hit in retriever.search("mất thẻ").hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_ranks_count_from_one(retriever):
    assert [hit.rank for hit in retriever.search("mất thẻ", limit=3).hits] == [1, 2, 3]


def test_an_answerable_question_scores_higher_than_one_about_something_else(retriever):
    about_cards, about_gold = (
        retriever.search(q).hits[0].score for q in ("mất thẻ bảo hiểm y tế", "giá vàng chiều nay")
    )
    assert about_cards > about_gold


@pytest.mark.parametrize(
    "question",
    ["", "   ", "🙂🙂", "?!", "\x00\x07", "a" * 20_000, "mất thẻ " * 3_000, "<script>", "'; DROP TABLE x;--"],
)
def test_any_text_can_be_asked(retriever, question):
    assert all(np.isfinite(hit.score) for hit in retriever.search(question).hits)


def test_each_step_is_timed(retriever):
    assert set(retriever.search("mất thẻ").timings) == {"normalise", "embed", "dense", "lexical", "fuse"}


def test_a_reloaded_snapshot_gives_equal_hits(embedder, tmp_path, retriever):
    again = Retriever(load_snapshot(tmp_path), embedder, SEARCH)
    assert again.search("trực hè").hits == retriever.search("trực hè").hits


def test_a_passage_is_given_by_its_id(retriever):
    assert retriever.passage(LOST_CARD.id) == LOST_CARD
    assert retriever.passage("faq/khong-co") is None


def test_a_changed_passage_is_found_by_its_new_words_after_publishing_again(embedder, tmp_path):
    publish(PASSAGES, embedder, tmp_path, NOON)
    changed = replace(LOST_BOOK, text="Sổ điện tử có giá trị như sổ giấy.", questions=("sổ điện tử",))
    published = publish((LOST_CARD, changed), embedder, tmp_path, NOON + timedelta(hours=1))
    assert published.embedded < 5
    assert first(Retriever(load_snapshot(tmp_path), embedder, SEARCH), "sổ điện tử") == LOST_BOOK.id


def test_an_incremental_snapshot_searches_like_one_made_from_nothing(embedder, tmp_path):
    publish(PASSAGES[:2], embedder, tmp_path / "a", NOON)
    publish(PASSAGES, embedder, tmp_path / "a", NOON + timedelta(hours=1))
    publish(PASSAGES, embedder, tmp_path / "b", NOON)
    results = [
        Retriever(load_snapshot(tmp_path / name), embedder, SEARCH).search("trực hè ở đâu").hits for name in ("a", "b")
    ]
    assert [hit.passage.id for hit in results[0]] == [hit.passage.id for hit in results[1]]
    assert [hit.score for hit in results[0]] == pytest.approx([hit.score for hit in results[1]], abs=0.01)


def test_another_model_is_refused_with_the_command_that_mends_it(embedder, tmp_path):
    publish(PASSAGES, FakeEmbedder(dimensions=64), tmp_path, NOON)
    with pytest.raises(SnapshotError, match="bhxh knowledge publish"):
        Retriever(load_snapshot(tmp_path), embedder, SEARCH)


def test_an_empty_knowledge_base_gives_no_hit(embedder, tmp_path):
    publish((), embedder, tmp_path, NOON)
    assert Retriever(load_snapshot(tmp_path), embedder, SEARCH).search("mất thẻ").hits == ()


def test_a_missing_part_of_a_snapshot_is_named(embedder, tmp_path):
    published = publish(PASSAGES, embedder, tmp_path, NOON)
    shutil.rmtree(tmp_path / published.id / "dense-texts")
    with pytest.raises(SnapshotError, match=r"dense-texts.*missing"):
        load_snapshot(tmp_path)
