"""What to do after an answer: written below it, counted with it, asked for by the validator."""

from knowledge.faqs.library import load_faqs
from knowledge.faqs.next_steps import NO_STEPS, NextSteps, with_next_steps
from knowledge.faqs.parameters import load_parameters
from knowledge.faqs.problem import ProblemKind
from knowledge.faqs.validate import validate_folder
from tests.unit.knowledge.faqs.conftest import FAQ, PARAMETERS

STEPS = "    next_steps: {where: Cơ quan thử, papers: [], deadline: null}\n"


def kinds(tmp_path, text, today):
    (tmp_path / "parameters.yml").write_text(PARAMETERS, encoding="utf-8")
    folder = tmp_path / "faqs"
    folder.mkdir(exist_ok=True)
    (folder / "thu.yml").write_text(text, encoding="utf-8")
    found = validate_folder(folder, load_parameters(tmp_path / "parameters.yml"), today)
    return [problem.kind for problem in found]


def test_each_part_stands_on_its_own_line():
    steps = NextSteps("Cơ quan BHXH nơi cư trú", ("Đơn đề nghị", "Sổ BHXH"), "05 ngày làm việc.")
    assert with_next_steps("Được.\n", steps).split("\n") == [
        "Được.",
        "Nơi làm: Cơ quan BHXH nơi cư trú.",
        "Giấy tờ: Đơn đề nghị; Sổ BHXH.",
        "Thời hạn: 05 ngày làm việc.",
    ]


def test_nothing_is_added_where_nothing_is_known():
    assert with_next_steps("Được.", NO_STEPS) == "Được."


def test_the_answer_of_an_entry_ends_with_what_to_do(tmp_path, today):
    assert kinds(tmp_path, FAQ, today) == []
    (entry,) = load_faqs(tmp_path / "faqs", load_parameters(tmp_path / "parameters.yml"), today)
    assert entry.answer.endswith("\nNơi làm: Cơ quan thử.")


def test_a_live_entry_without_steps_is_shown(tmp_path, today):
    assert kinds(tmp_path, FAQ.replace(STEPS, ""), today) == [ProblemKind.NEXT_STEPS_MISSING]


def test_what_is_another_bodys_business_needs_no_steps(tmp_path, today):
    text = FAQ.replace(STEPS, "").replace("    related: []\n", "    related: []\n    scope: other_body\n")
    assert kinds(tmp_path, text, today) == []


def test_a_draft_needs_no_steps(tmp_path, today):
    text = FAQ.replace(STEPS, "").replace("status: live", "status: draft")
    assert kinds(tmp_path, text, today) == []


def test_steps_count_towards_the_length(tmp_path, today):
    text = FAQ.replace("Cơ quan thử", "nơi nộp " * 30)
    text = text.replace("      Mức đóng là {muc_thu}/tháng.", f"      Mức đóng là {{muc_thu}}/tháng. {'x' * 600}")
    assert kinds(tmp_path, text, today) == [ProblemKind.TEXT_TOO_LONG]


def test_placeholders_stand_in_the_answer_alone(tmp_path, today):
    text = FAQ.replace("Cơ quan thử", '"Nộp {muc_thu}"')
    assert kinds(tmp_path, text, today) == [ProblemKind.PLACEHOLDER_OUTSIDE_ANSWER]


def test_unknown_keys_and_wrong_words_are_named(tmp_path, today):
    text = FAQ.replace("deadline: null", "until: null").replace(
        "    related: []\n", "    related: []\n    lens: Hai Nhóm\n    scope: elsewhere\n"
    )
    assert set(kinds(tmp_path, text, today)) == {
        ProblemKind.UNKNOWN_KEY,
        ProblemKind.ID_FORM,
        ProblemKind.LENS_ALONE,
        ProblemKind.NOT_IN_LIST,
    }
