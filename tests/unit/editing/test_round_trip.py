"""Bodies with odd texts → readable files → the same bodies."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editing.bodies.body import body_from_json, body_to_json, digest_of
from editing.bodies.check import refuse_unfit
from editing.bodies.directive import DirectiveBody
from editing.bodies.faq import FaqBasis, FaqBody
from editing.bodies.parameter import FiledValue, ParameterBody
from editing.bodies.tidy import tidied
from editing.document import DocumentKind
from editing.errors import InvalidBodyError
from editing.files.directive_text import front_text
from editing.files.faq_text import faq_file_text
from editing.files.filed import FiledDocument
from editing.files.heads import load_heads
from editing.files.parameter_text import parameters_text
from editing.files.reading import read_content
from editing.files.writing import write_files
from editing.files.yaml_text import scalar
from knowledge.faqs.entry import Scope
from knowledge.faqs.library import read_folder
from knowledge.faqs.next_steps import NextSteps
from knowledge.faqs.parameters import read_parameters

CONTENT = Path(__file__).resolve().parents[3] / "knowledge" / "content"
ODD = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="aạă đ:#-?[]{}&*!|>%@`\"'\\,~=\n\t 0123.null", max_size=40),
    st.sampled_from(
        ["null", "~", "yes", "2026-01-01", "1_000", "0x1f", "- a", "a: b", "a #b", "'", '"', "=", "<<", "…"]
    ),
)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
BASES = st.builds(FaqBasis, ODD, ODD, DAYS, DAYS) | st.builds(lambda name: FaqBasis(parameter=name), ODD)
FAQS = st.builds(
    FaqBody,
    question=ODD,
    alternates=st.lists(ODD, max_size=4).map(tuple),
    answer=ODD,
    legal_basis=st.lists(BASES, max_size=3).map(tuple),
    audience=st.just(("citizen",)),
    review_by=DAYS.filter(bool),
    facts=st.lists(ODD, max_size=2).map(tuple),
    related=st.lists(ODD, max_size=2).map(tuple),
    next_steps=st.builds(NextSteps, ODD, st.lists(ODD, max_size=2).map(tuple), ODD),
    lens=st.sampled_from(["", "nhom-thu"]),
    scope=st.sampled_from(Scope).map(str),
)
AMOUNTS = st.decimals(0, 10**12, places=2) | st.integers(0, 10**12).map(Decimal)
VALUES = st.builds(FiledValue, AMOUNTS, DAYS.filter(bool), DAYS, ODD, ODD)
PARAMETERS = st.builds(
    ParameterBody, ODD, st.just("dong"), st.lists(VALUES, max_size=3).map(tuple), st.just(()), ODD, ODD
)
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | ODD
FRONTS = st.dictionaries(
    st.sampled_from(["number", "subject", "note", "list", "deep"]),
    LEAVES
    | st.lists(LEAVES, max_size=3)
    | st.lists(st.dictionaries(st.sampled_from("abc"), LEAVES, max_size=2), max_size=2),
)


def is_fit(body):
    """What the console refuses outright never reaches a file."""
    try:
        refuse_unfit(body, None, None)
    except InvalidBodyError:
        return False
    return True


@given(FAQS)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_an_entry_is_read_as_it_was_written(tmp_path, body):
    tidy = tidied(body)
    if not is_fit(tidy):
        return
    entry = FiledDocument(DocumentKind.FAQ, "muc-thu", "thu", 1, "Chủ đề: thử", tidy)
    (tmp_path / "thu.yml").write_text(faq_file_text(entry.topic, [entry]), encoding="utf-8")
    (read,), _ = read_folder(tmp_path)
    texts = (read.question.text, tuple(one.text for one in read.alternates), read.answer.text)
    assert texts == (tidy.question, tidy.alternates, tidy.answer)
    bases = tuple(
        FaqBasis(one.document, one.article, one.effective_from, one.effective_to, one.parameter)
        for one in read.legal_basis
    )
    assert bases == tidy.legal_basis
    assert (read.topic, read.review_by, read.facts) == (entry.topic, tidy.review_by, tidy.facts)


@given(PARAMETERS)
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_parameter_is_read_as_it_was_written(tmp_path, body):
    tidy = tidied(body)
    if not is_fit(tidy):
        return
    filed = FiledDocument(DocumentKind.PARAMETER, "muc_thu", "parameters", 1, "", tidy)
    path = tmp_path / "parameters.yml"
    path.write_text(parameters_text([filed], load_heads()), encoding="utf-8")
    (read,), _ = read_parameters(path)
    assert (read.title, read.note, read.group) == (tidy.title, tidy.note, tidy.group)
    assert [(one.value, one.effective_from, one.document) for one in read.values] == [
        (one.value, one.effective_from, one.document) for one in tidy.values
    ]


@given(FRONTS)
def test_front_matter_is_read_as_it_was_written(front):
    tidy = tidied(DirectiveBody("x", front))
    if is_fit(tidy):
        assert yaml.safe_load(front_text(tidy.front, load_heads())) == (tidy.front or None)


@given(ODD)
def test_a_text_in_its_place_stays_a_text(text):
    if is_fit(FaqBody(question=text)):
        assert yaml.safe_load(f"key: {scalar(text)}") == {"key": text}


@given(st.one_of(FAQS, PARAMETERS))
def test_tidying_twice_changes_nothing_and_json_keeps_everything(body):
    tidy = tidied(body)
    assert tidied(tidy) == tidy
    kind = DocumentKind.FAQ if isinstance(body, FaqBody) else DocumentKind.PARAMETER
    again = body_from_json(kind, body_to_json(tidy))
    assert (again, digest_of(again)) == (tidy, digest_of(tidy))


def test_the_project_s_own_files_come_back_byte_for_byte(tmp_path):
    write_files(read_content(CONTENT), tmp_path)
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*") if path.is_file())
    assert [name for name in written if (tmp_path / name).read_bytes() != (CONTENT / name).read_bytes()] == []
    names = {path.relative_to(CONTENT) for folder in ("faqs", "directives") for path in (CONTENT / folder).iterdir()}
    assert names <= set(written)


def test_files_of_documents_that_are_gone_are_removed_and_others_left(tmp_path):
    documents = read_content(CONTENT)
    write_files(documents, tmp_path)
    (tmp_path / "labels.yml").write_text("kept", encoding="utf-8")
    write_files([one for one in documents if one.topic != "Chế độ thai sản"], tmp_path)
    assert not (tmp_path / "faqs" / "thai-san.yml").exists()
    assert (tmp_path / "labels.yml").exists()
