import json

import pytest

from knowledge.answer import Answer, AnswerStatus, Citation
from knowledge.answering.assistant import AnswerRecord
from knowledge.evaluation.metrics import measure, measure_by
from knowledge.evaluation.outcome import judge
from knowledge.evaluation.topic import Place, TopicsError, holds, load_topics
from knowledge.passage import Collection, Passage
from knowledge.search_result import Hit, SearchResult

ROW = {
    "id": "x-1",
    "question": "Ai trực tổng đài?",
    "doc": "9/ABC",
    "section": "3",
    "evidence": "bố trí cán bộ trực , Tổng đài",
    "answerable": True,
    "style": "formal",
    "role": "citizen",
    "also_ok": ["8/ABC, mục Phụ lục V.1"],
}


FACTS = {"thai-san": frozenset({"F72", "F73"})}


def topics_file(tmp_path, *rows):
    path = tmp_path / "topics.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def topic(tmp_path, **changes):
    return load_topics(topics_file(tmp_path, {**ROW, **changes}))[0]


def passage(document="9/ABC", section="3", text="…"):
    return Passage("id", Collection.DIRECTIVES, document, section, "", text)


def record(*passages, status=AnswerStatus.ANSWERED, text="", cited=None):
    hits = tuple(Hit(passage, 0.9, rank) for rank, passage in enumerate(passages, 1))
    citations = (Citation(*cited, "", "", "", "", ""),) if cited else ()
    return AnswerRecord(Answer(status, text, citations), SearchResult(hits))


def test_a_quote_is_compared_without_case_white_space_and_space_before_punctuation():
    assert holds("Phải BỐ TRÍ  cán bộ\ntrực, tổng đài ngay", "bố trí cán bộ trực , Tổng đài")


def test_an_empty_quote_stands_nowhere():
    assert not holds("anything", "")


@pytest.mark.parametrize(
    ("passages", "rank"),
    [
        ([passage()], 1),
        ([passage(section="9"), passage(section="9", text="bố trí cán bộ trực, tổng đài")], 2),
        ([passage("8/ABC", "Phụ lục V.1")], 1),
        ([passage(section="9")], 0),
    ],
)
def test_a_hit_is_right_by_its_label_its_evidence_or_a_section_that_says_the_same(tmp_path, passages, rank):
    assert judge(topic(tmp_path), record(*passages), 0.0, FACTS).rank == rank


def test_an_answer_is_right_only_when_its_text_holds_the_evidence(tmp_path):
    right = record(passage(), text="Phải bố trí cán bộ trực, Tổng đài.")
    assert judge(topic(tmp_path), right, 0.0, FACTS).holds_evidence
    assert not judge(
        topic(tmp_path), record(passage(), text="Không rõ.", cited=("9/ABC", "3")), 0.0, FACTS
    ).holds_evidence


def test_an_answer_from_a_section_that_says_the_same_is_right(tmp_path):
    assert judge(topic(tmp_path), record(passage(), cited=("8/ABC", "Phụ lục V.1")), 0.0, FACTS).holds_evidence


def test_a_clarification_is_not_a_right_answer(tmp_path):
    asked_back = record(passage(), status=AnswerStatus.CLARIFICATION, text=ROW["evidence"])
    assert not judge(topic(tmp_path), asked_back, 0.0, FACTS).holds_evidence


def test_only_an_answer_to_an_unanswerable_question_is_false(tmp_path):
    unanswerable = topic(tmp_path, answerable=False, doc=None, section=None, evidence=None, also_ok=[])
    assert judge(unanswerable, record(passage()), 0.0, FACTS).is_false_answer
    assert not judge(unanswerable, record(passage(), status=AnswerStatus.CLARIFICATION), 0.0, FACTS).is_false_answer


def test_an_entry_is_right_when_it_rests_on_a_fact_that_answers(tmp_path):
    asked = topic(tmp_path, doc=None, section=None, evidence=None, also_ok=[], facts=["F73", "F90"])
    entry = Passage("faq/thai-san", Collection.FAQ, "thai-san", "", "", "…")
    other = Passage("faq/om-dau", Collection.FAQ, "om-dau", "", "", "…")
    right = judge(asked, record(other, entry), 0.0, FACTS)
    assert (right.rank, right.holds_evidence) == (2, False)
    assert judge(asked, record(entry), 0.0, FACTS).holds_evidence
    assert judge(asked, record(passage()), 0.0, FACTS).rank == 0


def test_metrics_are_shares_of_their_own_group(tmp_path):
    right = judge(topic(tmp_path), record(passage()), 0.0, FACTS)
    second = judge(topic(tmp_path, style="typo"), record(passage(section="9"), passage()), 0.0, FACTS)
    false = judge(topic(tmp_path, answerable=False), record(passage()), 0.0, FACTS)
    metrics = measure([right, second, false])
    assert (metrics.answerable, metrics.unanswerable) == (2, 1)
    assert metrics.hit_at[1] == 0.5
    assert metrics.hit_at[3] == 1.0
    assert metrics.mean_reciprocal_rank == 0.75
    assert metrics.false_answers == 1.0
    assert list(measure_by([right, second], lambda o: o.topic.style)) == ["formal", "typo"]


def test_metrics_of_nothing_are_zero():
    assert measure([]).hit_at[1] == 0.0


@pytest.mark.parametrize(
    "line",
    ["not json", "[]", '{"id": "x"}', json.dumps({**ROW, "also_ok": ["no comma"]}), json.dumps({**ROW, "facts": "F1"})],
)
def test_a_line_that_is_no_topic_is_named(tmp_path, line):
    path = tmp_path / "topics.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(TopicsError, match=r"topics\.jsonl:1"):
        load_topics(path)


def test_an_empty_file_is_an_error(tmp_path):
    with pytest.raises(TopicsError, match="holds no topic"):
        load_topics(topics_file(tmp_path))


def test_places_are_read_from_the_row(tmp_path):
    read = topic(tmp_path)
    assert read.right_place == Place("9/ABC", "3")
    assert read.also_right == (Place("8/ABC", "Phụ lục V.1"),)
