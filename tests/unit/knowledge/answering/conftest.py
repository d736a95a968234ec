import pytest

from knowledge.answer import Citation
from knowledge.answering.assistant import Assistant
from knowledge.answering.compose import Composer
from knowledge.answering.texts import Texts
from knowledge.passage import Collection, Passage
from knowledge.search_result import Hit, SearchResult
from knowledge.settings import AnsweringSettings

SETTINGS = AnsweringSettings(
    answer_threshold=0.5,
    clarify_threshold=0.3,
    ambiguity_margin=0.05,
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

    def __init__(self, validity=""):
        self.validity = validity

    def citations(self, passage):
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

    def similar(self, passage):
        return tuple(Citation(passage.document, name, name, "", "", "/y", name) for name in passage.near_duplicates)


class FakeSearch:
    """Gives what it was told; remembers what it was asked."""

    def __init__(self, result):
        self.result = result
        self.asked = []

    def search(self, question, collection=None, limit=10):
        self.asked.append(question)
        return self.result

    def passage(self, passage_id):
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
        return Assistant(search, composer, SETTINGS), search

    return build_assistant
