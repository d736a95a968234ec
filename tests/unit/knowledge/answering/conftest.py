from datetime import date

import pytest

from knowledge.answer import Citation
from knowledge.answering.assistant import Assistant
from knowledge.answering.compose import Composer
from knowledge.answering.texts import Texts
from knowledge.passage import Collection, Passage
from knowledge.search_result import Hit, SearchResult
from knowledge.settings import AnsweringSettings

TODAY = date(2030, 6, 1)
SETTINGS = AnsweringSettings(
    answer_threshold=0.5,
    clarify_threshold=0.3,
    subject_syllables=4,
    ambiguity_margin=0.05,
    own_case_threshold=0.55,
    own_case_margin=0.2,
    certain_threshold=0.8,
    max_answer_characters=120,
)
FIXED = [
    "clarification",
    "unanswerable_no_content",
    "unanswerable_low_score",
    "unanswerable_own_case",
    "unanswerable_out_of_scope",
    "unanswerable_unsafe_input",
    "handed_off_requested",
    "handed_off_emergency",
    "handed_off_emergency_self_harm",
]
TEXTS = Texts(
    answers={name: f"<{name}>" for name in FIXED},
    statuses={},
    directive_introduction="Theo {label}:",
    directive_also="Cũng có tại {label}.",
    directive_shortened="(trích)",
    faq_entry_label="{question}",
    validity={},
    past={
        "year": "năm {year}",
        "month": "tháng {month}",
        "heading": "Số liệu {time}:",
        "figure": "– {title}: {value} ({days}).",
        "since": "từ {first} đến nay",
        "between": "từ {first} đến {last}",
        "now": "  Hiện nay: {value} ({days}).",
        "now_unknown": "  Hiện nay không rõ.",
        "later_law": "Từ {first}, không có cho {time}:",
    },
    own_case_before_rule="Về {question}",
    own_case_after_rule="<own_case_after_rule>",
)


def directive(section="1.a", text="Bố trí cán bộ trực Tổng đài.", **changes):
    fields = {"document": "9/ABC", "title": "Trực Tết", "collection": Collection.DIRECTIVES, **changes}
    return Passage(id=f"9-ABC/{section}", section=section, text=text, **fields)


def faq(name="thai-san", text="Được nghỉ 6 tháng."):
    return Passage(f"faq/{name}", Collection.FAQ, name, "", f"Hỏi {name}?", text)


def found(*scored):
    return SearchResult(tuple(Hit(passage, score, rank) for rank, (passage, score) in enumerate(scored, 1)))


class FakeSources:
    """Every passage is cited by its own id; near-duplicates as similar."""

    def __init__(self, validity="", lens=(), others_business=(), past=(), since=None):
        self.validity, self.lens, self.past, self.since = validity, lens, past, since
        self.others_business = others_business

    def is_ours(self, passage):
        return passage.document not in self.others_business

    def facets(self, passage, day):
        return self.lens if passage.id in {facet.passage_id for facet in self.lens} else ()

    def past_figures(self, passage, first, last, today):
        return self.past

    def in_force_since(self, passage, day):
        return self.since

    def text_on(self, passage, day):
        return passage.text

    def citations(self, passage, day):
        return (
            Citation(
                passage.document,
                passage.section,
                f"mục {passage.section}",
                "2024-01-31",
                self.validity,
                "/x",
                passage.id,
            ),
        )

    def similar(self, passage, day):
        return tuple(Citation(passage.document, name, name, "", "", "/y", name) for name in passage.near_duplicates)


class FakeSearch:
    """Gives what it was told; remembers what it was asked."""

    snapshot_id = "20300601T120000-11111111"

    def __init__(self, result):
        self.result = result
        self.asked = []

    def search(self, question, collection=None, limit=10, day=None):
        self.asked.append(question)
        return self.result

    def passage(self, passage_id, day=None):
        return next((hit.passage for hit in self.result.hits if hit.passage.id == passage_id), None)


@pytest.fixture
def settings():
    return SETTINGS


@pytest.fixture
def composer():
    return Composer(TEXTS, FakeSources(), SETTINGS.max_answer_characters)


@pytest.fixture
def build(composer):
    def build_assistant(*scored):
        search = FakeSearch(found(*scored))
        return Assistant(search, composer, SETTINGS, lambda: TODAY), search

    return build_assistant
