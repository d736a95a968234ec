"""What is wrong in a knowledge file, where exactly, and how badly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.errors import KnowledgeError

_SHOWN = 10


class ProblemKind(StrEnum):
    """Each kind has its Vietnamese sentence in `messages.yml`; a test says so."""

    FOLDER_MISSING = "folder_missing"
    FILE_TOO_LARGE = "file_too_large"
    FILE_UNREADABLE = "file_unreadable"
    NOT_UTF8 = "not_utf8"
    CONTROL_CHARACTER = "control_character"
    YAML_SYNTAX = "yaml_syntax"
    YAML_ALIAS = "yaml_alias"
    YAML_TAG = "yaml_tag"
    YAML_TOO_DEEP = "yaml_too_deep"
    YAML_TOO_MANY_NODES = "yaml_too_many_nodes"
    YAML_SEVERAL_DOCUMENTS = "yaml_several_documents"
    DUPLICATE_KEY = "duplicate_key"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    WRONG_TYPE = "wrong_type"
    EMPTY_TEXT = "empty_text"
    TEXT_TOO_LONG = "text_too_long"
    ID_FORM = "id_form"
    NOT_IN_LIST = "not_in_list"
    DATE_FORM = "date_form"
    DATES_REVERSED = "dates_reversed"
    NUMBER_FORM = "number_form"
    TOO_MANY_ENTRIES = "too_many_entries"
    TOO_FEW_ALTERNATES = "too_few_alternates"
    EMPTY_LIST = "empty_list"
    DUPLICATE_ID = "duplicate_id"
    DUPLICATE_QUESTION = "duplicate_question"
    UNKNOWN_RELATED = "unknown_related"
    PLACEHOLDER_OUTSIDE_ANSWER = "placeholder_outside_answer"
    PLACEHOLDER_FORM = "placeholder_form"
    UNKNOWN_PARAMETER = "unknown_parameter"
    PARAMETER_NOT_IN_FORCE = "parameter_not_in_force"
    PARAMETER_ENDS_SOON = "parameter_ends_soon"
    PARAMETER_PERIODS_OVERLAP = "parameter_periods_overlap"
    PARAMETER_PERIODS_GAP = "parameter_periods_gap"
    LOW_CONFIDENCE_LIVE = "low_confidence_live"
    SECONDARY_NOT_SAID = "secondary_not_said"
    REVIEW_OVERDUE = "review_overdue"
    LEGAL_BASIS_ENDED = "legal_basis_ended"
    NEXT_STEPS_MISSING = "next_steps_missing"
    FIGURE_OUTSIDE_TABLE = "figure_outside_table"
    SUM_PROMISED = "sum_promised"
    ARTICLE_FORM = "article_form"
    DOCUMENT_FORM = "document_form"
    SAME_ANSWER = "same_answer"
    FIGURES_CONTRADICT = "figures_contradict"
    LENS_ALONE = "lens_alone"
    LENS_AUDIENCE_SHARED = "lens_audience_shared"
    FACT_ID_FORM = "fact_id_form"
    UNKNOWN_FACT = "unknown_fact"
    FACT_UNUSED = "fact_unused"
    FACT_USED_AFTER_ALL = "fact_used_after_all"
    FACT_NOT_TO_BE_SERVED = "fact_not_to_be_served"
    CONFIDENCE_ABOVE_FACTS = "confidence_above_facts"
    SOURCE_ABOVE_FACTS = "source_above_facts"


WARNINGS = frozenset(
    {
        ProblemKind.REVIEW_OVERDUE,
        ProblemKind.LEGAL_BASIS_ENDED,
        ProblemKind.PARAMETER_ENDS_SOON,
        ProblemKind.PARAMETER_PERIODS_GAP,
        ProblemKind.ARTICLE_FORM,
        ProblemKind.DOCUMENT_FORM,
        ProblemKind.FACT_USED_AFTER_ALL,
        ProblemKind.SOURCE_ABOVE_FACTS,
    }
)
"""Kinds that are shown but do not stop a publication."""


@dataclass(frozen=True)
class Finding:
    """A problem before it is worded: `details` fills the sentence of its kind."""

    kind: ProblemKind
    file: str
    line: int
    """1 is the first line of the file; 0 when the problem is the file or folder itself."""
    entry: str = ""
    """Id of the entry or name of the parameter; empty when the problem stands outside of one."""
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Problem:
    """A finding with its Vietnamese sentence, ready for `bhxh knowledge validate` and the editors' console."""

    file: str
    line: int
    entry: str
    message: str
    kind: ProblemKind

    @property
    def is_warning(self) -> bool:
        """Warnings are shown; errors stop a publication."""
        return self.kind in WARNINGS

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place} [{self.entry}] {self.message}" if self.entry else f"{place} {self.message}"


class ContentError(KnowledgeError):
    """Knowledge files that cannot be loaded; `findings` says where and why, for editors and start-up logs."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        places = "; ".join(f"{each.file}:{each.line} {each.kind.value}" for each in findings[:_SHOWN])
        more = f" and {len(findings) - _SHOWN} more" if len(findings) > _SHOWN else ""
        super().__init__(f"{places}{more}. See `bhxh knowledge validate`.")
