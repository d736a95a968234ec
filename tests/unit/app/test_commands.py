"""Bad input at the command line: one clear line, no traceback."""

import json
from datetime import date

import pytest

from app.commands.ask import parse_collection, parse_day, read_rows
from app.commands.evaluate import evaluate
from app.failures import CommandError
from app.knowledge_base.importing import read_directive
from app.rendering import answer_as_json, answer_as_text
from tests.unit.actions.fakes import MATERNITY, SNAPSHOT_ID, answered


@pytest.mark.parametrize("line", ["not json", "[]", '{"id": 1}', '{"question": "x"}'])
def test_a_batch_line_that_is_no_question_is_named(tmp_path, line):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": 1, "question": "x"}\n' + line, encoding="utf-8")
    with pytest.raises(CommandError, match=r"in\.jsonl:2"):
        read_rows(path)


def test_a_batch_may_hold_questions_and_conversations(tmp_path):
    path = tmp_path / "in.jsonl"
    rows = [{"id": 1, "question": "x"}, {"id": 2, "turns": ["a", "b"]}]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    assert read_rows(path) == rows


@pytest.mark.parametrize("written", ["tomorrow", "2027-02-30", "01/01/2027", "2027"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(CommandError, match="--as-of"):
        parse_day(written)


def test_a_day_may_be_left_out():
    assert (parse_day(""), parse_day("2027-01-01")) == (None, date(2027, 1, 1))


def test_an_answer_names_its_snapshot_and_version():
    found = answer_as_json(answered(MATERNITY), 0.1)
    assert (found["snapshot"], found["document"], found["version"]) == (SNAPSHOT_ID, MATERNITY.id, "")
    assert SNAPSHOT_ID in answer_as_text(answered(MATERNITY))


def test_an_unknown_collection_is_refused():
    with pytest.raises(CommandError, match="directives, faq, all"):
        parse_collection("laws")


def test_evaluate_without_topics_says_what_is_missing():
    with pytest.raises(CommandError, match="--topics"):
        evaluate(topics=None, collection="all", json_output=False, show="", faqs=False)


def test_an_unknown_listing_is_refused():
    with pytest.raises(CommandError, match="misses"):
        evaluate(topics=None, collection="all", json_output=False, show="typo", faqs=True)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\xff\xfe\x00", "not UTF-8"), (b"", "letter"), (b"xin chao", "letter"), (b"x" * 2_000_001, "larger than")],
)
def test_what_is_no_directive_is_not_imported(tmp_path, content, message):
    file = tmp_path / "letter.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        read_directive(file, "")
