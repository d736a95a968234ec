"""No answer promises a person a sum, and none shows a figure that is not in the parameter table, whatever the day.

Written without the validator's own patterns: what this finds and that does not is a hole in one of them.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from knowledge.faqs.parameters import load_parameters
from knowledge.faqs.placeholders import fill_placeholders
from knowledge.faqs.template import load_templates
from knowledge.versions import NO_VERSIONS

CONTENT = Path(__file__).parents[4] / "knowledge" / "content"
WRITTEN_ON = date(2026, 11, 22)
DAYS = (WRITTEN_ON, date(2025, 7, 1), date(2026, 1, 1), date(2026, 6, 30), date(2027, 1, 1), date(2028, 7, 1))
FIGURE = re.compile(r"(\d[\d.,]*)\s*(?:%|phần trăm|(?:đồng|triệu|tỷ|tỉ|nghìn|ngàn|VNĐ)\b)(?! (?:thời|ý|lệ|số))")
MILLIONS = re.compile(r"\b\d{1,3}\.\d{3}\.\d{3}\b")
PLACEHOLDER = re.compile(r"\{[^{}]+\}")
MONEY = r"\d[\d.,]*\s*(?:đồng|triệu|tỷ|nghìn)"
PROMISE = re.compile(
    rf"(?:anh/chị|anh chị|quý vị|ông/bà|bạn)\b[^.;\n]*\b(?:được|sẽ|nhận|hưởng|lĩnh|lãnh)\b[^.;\n%]*?{MONEY}"
    rf"|(?:khoảng|ước tính|chừng|tầm) {MONEY}|(?:của|cho) (?:anh/chị|anh chị|quý vị|bạn)[^.;\n%]*? là {MONEY}",
    re.IGNORECASE,
)


def served(templates, days):
    for template in templates:
        for day in days if template.filed.is_live else ():
            entry = template.on(day)
            if entry is not None:
                yield template, day, entry


def figures_outside_the_table(templates, parameters, days=DAYS):
    for template, day, entry in served(templates, days):
        placeholders = PLACEHOLDER.findall(template.filed.answer.text)
        derived = {fill_placeholders(one, parameters, day).split(" ")[0].rstrip("%") for one in placeholders}
        shown = [*FIGURE.findall(entry.answer), *MILLIONS.findall(entry.answer)]
        yield from ((entry.id, str(day), number) for number in shown if number.rstrip(".,") not in derived)


def promises(templates, days=DAYS):
    for _, day, entry in served(templates, days):
        yield from ((entry.id, str(day), match.group()) for match in PROMISE.finditer(entry.answer))


@pytest.fixture(scope="module")
def table():
    return load_parameters(CONTENT / "parameters.yml")


@pytest.fixture(scope="module")
def templates(table):
    return load_templates(CONTENT / "faqs", table, NO_VERSIONS, WRITTEN_ON)


def test_no_answer_shows_a_figure_that_is_not_in_the_table(templates, table):
    assert list(figures_outside_the_table(templates, table)) == []


def test_no_answer_promises_a_person_a_sum(templates):
    assert list(promises(templates)) == []


def test_every_live_entry_was_looked_at_on_the_day_it_was_written(templates):
    seen = {entry.id for _, _, entry in served(templates, [WRITTEN_ON])}
    assert seen == {template.id for template in templates if template.filed.is_live}


@pytest.fixture
def planted(spoil, parameters):
    def load(sentence):
        folder = spoil("Mức đóng là {muc_thu}/tháng.", sentence)
        return load_templates(folder, parameters, NO_VERSIONS, WRITTEN_ON)

    return load


@pytest.mark.parametrize(
    "sentence",
    [
        "Mức đóng là 2.530.001 đồng/tháng.",
        "Mức đóng là {muc_thu}, trước đây là 1.490.000 đồng.",
        "Đóng 8% lương.",
        "Phạt từ {muc_thu} đến 75 triệu đồng.",
        "Mức 2.340.000 mỗi tháng.",
    ],
)
def test_a_planted_figure_is_found(planted, parameters, sentence):
    assert list(figures_outside_the_table(planted(sentence), parameters, [WRITTEN_ON]))


@pytest.mark.parametrize(
    "sentence", ["Mức đóng là {muc_thu}, bằng {ty_le_thu} lương.", "Trước đây {muc_thu.previous}; nay {muc_thu*20}."]
)
def test_figures_of_placeholders_are_not(planted, parameters, sentence):
    assert list(figures_outside_the_table(planted(sentence), parameters, [WRITTEN_ON])) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Anh/chị sẽ nhận {muc_thu} mỗi tháng.",
        "Với 20 năm đóng, anh/chị được hưởng tổng cộng {muc_thu*20}.",
        "Lương hưu của anh/chị là {muc_thu}.",
        "Trợ cấp khoảng {muc_thu}.",
    ],
)
def test_a_planted_promise_is_found(planted, sentence):
    assert list(promises(planted(sentence), [WRITTEN_ON]))
