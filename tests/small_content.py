"""A small invented content folder, as people write it, and assistants over it with the fake embedder."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.answering.texts import load_texts
from knowledge.assistants import AssistantMaker
from knowledge.embedding.fake import FakeEmbedder
from knowledge.settings import KnowledgeSettings
from settings.reader import read_section
from tests.small_base import SEARCH

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = ROOT / "settings.yml"
LABELS = ROOT / "knowledge" / "content" / "labels.yml"
TODAY = date(2026, 11, 22)

PARAMETERS = """\
money_word: đồng
parameters:
  - name: muc_thu
    title: Mức thử
    unit: dong
    values:
      - {value: 2_000_000, effective_from: 2026-01-01, effective_to: 2026-12-31, document: Nghị định 1, article: Điều 1}
      - {value: 3_000_000, effective_from: 2027-01-01, effective_to: 2027-12-31, document: Nghị định 2, article: Điều 2}
"""
DIRECTIVE = """\
CƠ QUAN THỬ
Số: {number}
Hà Nội, ngày 05 tháng 01 năm 2026
Kính gửi: Các đơn vị

1. Về trực hè
a) {duty}
b) Văn phòng tổng hợp báo cáo trực hè.

GIÁM ĐỐC
Nguyễn Văn Thử
"""


@dataclass(frozen=True)
class Faq:
    """One entry; `period` are lines like `live_from: 2027-01-01`."""

    id: str
    question: str
    answer: str
    period: tuple[str, ...] = ()
    status: str = "live"
    related: tuple[str, ...] = ()
    source: str = "primary"
    where: str = ""
    """Where to go: a live entry that an editor submits must say it."""
    basis: str = "{document: Luật thử, article: Điều 9, effective_from: 2025-07-01, effective_to: null}"

    def text(self) -> str:
        """As it stands in a topic file."""
        alternates = "".join(
            f"      - {word} {self.question}\n"
            for word in ("cho hỏi", "xin hỏi", "hỏi", "ơi", "ạ", "này", "cán bộ ơi", "giúp với")
        )
        period = "".join(f"    {line}\n" for line in self.period)
        period += f"    next_steps: {{where: {self.where}}}\n" if self.where else ""
        return (
            f"  - id: {self.id}\n    question: {self.question}\n    alternates:\n{alternates}"
            f"    answer: {self.answer}\n    legal_basis:\n      - {self.basis}\n"
            f"    audience: [citizen]\n    confidence: high\n    source: {self.source}\n    status: {self.status}\n"
            f"    review_by: 2027-06-30\n    related: [{', '.join(self.related)}]\n{period}"
        )


LOST_CARD = Faq("mat-the", "Mất thẻ bảo hiểm y tế thì làm sao?", "Nộp tờ khai để được cấp lại thẻ.")
RATE = Faq("muc-dong", "Mức đóng thử hằng tháng là bao nhiêu?", "Mức đóng là {muc_thu}/tháng.")


def write_content(
    folder: Path, *faqs: Faq, topic: str = "Chủ đề thử", duty: str = "Các đơn vị phân công trực."
) -> Path:
    """A content folder of these entries and one directive, `999/BHXH-VP`."""
    (folder / "directives").mkdir(parents=True, exist_ok=True)
    (folder / "faqs").mkdir(exist_ok=True)
    text = DIRECTIVE.format(number="999/BHXH-VP", duty=duty)
    (folder / "directives" / "999-BHXH-VP.txt").write_text(text, encoding="utf-8")
    (folder / "parameters.yml").write_text(PARAMETERS, encoding="utf-8")
    entries = "".join(faq.text() for faq in faqs)
    (folder / "faqs" / "thu.yml").write_text(f"topic: {topic}\nentries:\n{entries}", encoding="utf-8")
    return folder


def small_maker(index: Path, today=lambda: TODAY, embedder=None) -> AssistantMaker:
    """Assistants over `index` that answer whatever is found: the bands are not what is tested."""
    settings = read_section(SETTINGS, "knowledge", KnowledgeSettings)
    answering = replace(settings.answering, answer_threshold=0.0, clarify_threshold=0.0, certain_threshold=0.0)
    settings = replace(settings, search=SEARCH, answering=answering)
    return AssistantMaker(index, embedder or FakeEmbedder(), load_texts(LABELS), settings, today)
