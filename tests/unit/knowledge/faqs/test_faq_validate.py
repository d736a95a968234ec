from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.faqs.parameters import Parameters
from knowledge.faqs.problem import ProblemKind
from knowledge.faqs.validate import validate_folder

QUESTION = "question: Mức đóng thử là bao nhiêu?"
ALTERNATE = "      - giá một kỳ thử\n"
BASIS = "- {document: Luật Thử số 1/2024/QH15, article: Điều 9, effective_from: 2025-07-01, effective_to: null}"


def kinds_and_lines(folder, parameters, today):
    return [(problem.kind, problem.line) for problem in validate_folder(folder, parameters, today)]


def test_a_valid_folder_has_no_problems(faqs, parameters, today):
    assert validate_folder(faqs, parameters, today) == ()


@pytest.mark.parametrize(
    ("old", "new", "kind", "line"),
    [
        ("    source: primary\n", "    source: primary\n    nguon: x\n", ProblemKind.UNKNOWN_KEY, 21),
        ("    confidence: high\n", "", ProblemKind.MISSING_KEY, 3),
        ("id: muc-dong-thu", "id: Mức Đóng", ProblemKind.ID_FORM, 3),
        (QUESTION, "question: ''", ProblemKind.EMPTY_TEXT, 4),
        (QUESTION, "question: [a, b]", ProblemKind.WRONG_TYPE, 4),
        (QUESTION, "question: " + "a" * 301, ProblemKind.TEXT_TOO_LONG, 4),
        (QUESTION, "question: Mức {muc_thu} là gì", ProblemKind.PLACEHOLDER_OUTSIDE_ANSWER, 4),
        (ALTERNATE, "", ProblemKind.TOO_FEW_ALTERNATES, 6),
        (ALTERNATE, "      - Gia MOT ky thu\n" + ALTERNATE, ProblemKind.DUPLICATE_QUESTION, 10),
        ("giá một kỳ thử", "muc dong thu la bao nhieu", ProblemKind.DUPLICATE_QUESTION, 9),
        ("Mức đóng là {muc_thu}/tháng.", "a" * 701, ProblemKind.TEXT_TOO_LONG, 14),
        ("Mức đóng là {muc_thu}/tháng.", "", ProblemKind.EMPTY_TEXT, 14),
        ("{muc_thu}", "{muc_la}", ProblemKind.UNKNOWN_PARAMETER, 14),
        ("{muc_thu}", "{muc_thu+1}", ProblemKind.PLACEHOLDER_FORM, 14),
        ("{muc_thu}", "{ty_le_thu.previous}", ProblemKind.PARAMETER_NOT_IN_FORCE, 14),
        ("{muc_thu}", "{muc_sap_het}", ProblemKind.PARAMETER_ENDS_SOON, 14),
        ("effective_to: null", "effective_to: 2025-06-30", ProblemKind.DATES_REVERSED, 17),
        ("effective_to: null", "effective_to: 2026-06-30", ProblemKind.LEGAL_BASIS_ENDED, 17),
        ("article: Điều 9, ", "", ProblemKind.MISSING_KEY, 17),
        ("document: Luật Thử số 1/2024/QH15, ", "", ProblemKind.MISSING_KEY, 17),
        (BASIS, "- Luật thử", ProblemKind.WRONG_TYPE, 17),
        (BASIS, "- {parameter: x}", ProblemKind.UNKNOWN_PARAMETER, 14),
        ("audience: [citizen]", "audience: [cong_dan]", ProblemKind.NOT_IN_LIST, 18),
        ("audience: [citizen]", "audience: []", ProblemKind.EMPTY_LIST, 18),
        ("confidence: high", "confidence: low", ProblemKind.LOW_CONFIDENCE_LIVE, 3),
        ("source: primary", "source: secondary", ProblemKind.SECONDARY_NOT_SAID, 14),
        ("status: live", "status: mở", ProblemKind.NOT_IN_LIST, 21),
        ("review_by: 2027-06-30", "review_by: 30/06/2027", ProblemKind.DATE_FORM, 22),
        ("review_by: 2027-06-30", "review_by: 2026-06-30", ProblemKind.REVIEW_OVERDUE, 3),
        ("related: []", "related: [khong-co]", ProblemKind.UNKNOWN_RELATED, 24),
        ("related: []", "related: [muc-dong-thu]", ProblemKind.UNKNOWN_RELATED, 24),
        ("related: []", "related: [", ProblemKind.YAML_SYNTAX, 26),
    ],
)
def test_each_fault_is_found_at_its_line(spoil, parameters, today, old, new, kind, line):
    assert (kind, line) in kinds_and_lines(spoil(old, new), parameters, today)


def test_a_message_names_file_line_entry_and_what_to_do(spoil, parameters, today):
    (problem,) = validate_folder(spoil("{muc_thu}", "{muc_la}"), parameters, today)
    assert str(problem) == 'thu.yml:14 [muc-dong-thu] Không có tham số "muc_la" trong bảng tham số.'
    assert not problem.is_warning


def test_an_id_used_in_two_files_names_the_other_place(faqs, faq_text, parameters, today):
    (faqs / "thu-hai.yml").write_text(faq_text, encoding="utf-8")
    problems = validate_folder(faqs, parameters, today)
    (duplicate,) = [problem for problem in problems if problem.kind is ProblemKind.DUPLICATE_ID]
    assert (duplicate.file, duplicate.line) == ("thu.yml", 3)
    assert "thu-hai.yml:3" in duplicate.message


def test_a_question_asked_by_another_entry_names_the_other_place(faqs, faq_text, parameters, today):
    other = faq_text.replace("id: muc-dong-thu", "id: muc-khac")
    (faqs / "thu-hai.yml").write_text(other, encoding="utf-8")
    problems = validate_folder(faqs, parameters, today)
    kinds = [problem.kind for problem in problems]
    assert kinds == [*[ProblemKind.DUPLICATE_QUESTION] * 9, ProblemKind.SAME_ANSWER]
    assert "thu-hai.yml:4" in problems[0].message
    assert "thu-hai.yml:3" in problems[-1].message


def test_overdue_reviews_and_ending_values_are_warnings(spoil, parameters, today):
    folder = spoil("{muc_thu}", "{muc_sap_het}")
    (problem,) = validate_folder(folder, parameters, today)
    assert problem.is_warning


def test_a_value_that_ended_is_an_error(spoil, parameters):
    (problem,) = validate_folder(spoil("{muc_thu}", "{muc_sap_het}"), parameters, date(2027, 1, 1))
    assert problem.kind is ProblemKind.PARAMETER_NOT_IN_FORCE
    assert not problem.is_warning


def test_the_length_counts_what_the_citizen_reads(spoil, parameters, today):
    folder = spoil("Mức đóng là {muc_thu}/tháng.", "a" * 668 + "{muc_thu}")
    (problem,) = validate_folder(folder, parameters, today)
    assert (problem.kind, "704" in problem.message) == (ProblemKind.TEXT_TOO_LONG, True)


def test_a_draft_may_have_low_confidence_and_be_overdue(spoil, parameters):
    folder = spoil("status: live", "status: draft")
    spoil("confidence: high", "confidence: low")
    assert validate_folder(folder, parameters, date(2030, 1, 1)) == ()


def test_a_secondary_source_that_is_said_is_fine(spoil, parameters, today):
    folder = spoil("source: primary", "source: secondary")
    spoil("/tháng.", "/tháng (theo nguồn thứ cấp, nên kiểm tra lại).")
    assert validate_folder(folder, parameters, today) == ()


def test_a_file_with_too_many_entries_is_to_be_split(faqs, faq_text, parameters, today):
    head, entry = faq_text.split("entries:\n")
    (faqs / "thu.yml").write_text(head + "entries:\n" + entry * 41, encoding="utf-8")
    first = 41 * 23 - 23 + 3
    assert (ProblemKind.TOO_MANY_ENTRIES, first) in kinds_and_lines(faqs, parameters, today)


def test_a_broken_file_does_not_hide_the_faults_of_another(spoil, parameters, today):
    folder = spoil("confidence: high", "confidence: sure")
    (folder / "hong.yml").write_text("a: [", encoding="utf-8")
    assert {problem.file for problem in validate_folder(folder, parameters, today)} == {"hong.yml", "thu.yml"}


def test_a_missing_folder_is_a_problem(tmp_path, parameters, today):
    (problem,) = validate_folder(tmp_path / "khong-co", parameters, today)
    assert problem.kind is ProblemKind.FOLDER_MISSING


def test_without_a_day_today_is_taken(faqs, parameters):
    assert validate_folder(faqs, parameters) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "5",
        "topic: x",
        "topic: [x]\nentries: {}",
        "topic: x\nentries: [1, null, [], x]",
        "topic: x\nentries:\n  - id: []",
    ],
)
def test_wrong_shapes_are_problems_not_crashes(faqs, parameters, today, text):
    (faqs / "thu.yml").write_text(text, encoding="utf-8")
    assert validate_folder(faqs, parameters, today)


@pytest.mark.parametrize(
    "raw", [b"\0" * 100, b"\xff\xfe\x00", b"topic: \x1b[31m", b"- " * 200_000, b"{" * 5_000, b"%" * 100]
)
def test_hostile_bytes_are_problems_not_crashes(faqs, parameters, today, raw):
    (faqs / "xau.yml").write_bytes(raw)
    problems = validate_folder(faqs, parameters, today)
    assert {problem.file for problem in problems} == {"xau.yml"}


def test_braces_in_a_wrong_value_do_not_spoil_the_message(spoil, parameters, today):
    (problem,) = validate_folder(spoil("status: live", "status: '{allowed}'"), parameters, today)
    assert "{allowed}" not in problem.message


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(cut=st.integers(0, 900), junk=st.text(max_size=12))
def test_a_file_spoilt_anywhere_gives_problems_or_nothing_never_a_crash(faqs, faq_text, cut, junk):
    spoilt = faq_text[:cut] + junk + faq_text[cut + len(junk) :]
    (faqs / "thu.yml").write_bytes(spoilt.encode("utf-8", "surrogatepass"))
    for problem in validate_folder(faqs, Parameters((), ""), date(2026, 11, 22)):
        assert problem.message
