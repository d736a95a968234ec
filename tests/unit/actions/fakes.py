"""An assistant that answers from a small table and remembers what it was asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from actions.texts import DialogueTexts, load_dialogue_texts
from actions.wiring import DIALOGUE_TEXTS, LABELS
from knowledge.answer import Answer, AnswerStatus, Citation, Option
from knowledge.answering.assistant import AnswerRecord
from knowledge.answering.texts import load_texts
from knowledge.passage import Collection, Passage
from knowledge.search_result import Hit, SearchResult
from vietnamese.keys import plain_key

ROOT = Path(__file__).resolve().parents[3]

SNAPSHOT_ID = "20300601T120000-11111111"

MATERNITY = Passage(
    id="faq/ho-so-thai-san",
    collection=Collection.FAQ,
    document="ho-so-thai-san",
    section="",
    title="Hồ sơ hưởng chế độ thai sản gồm những gì?",
    text="Hồ sơ gồm bản sao giấy khai sinh của con.",
)
LATE = Passage(
    id="1568-BHXH-PC/3",
    collection=Collection.DIRECTIVES,
    document="1568/BHXH-PC",
    section="3",
    title="Hồ sơ quá hạn",
    text="Nghiêm túc thực hiện việc gửi Phiếu xin lỗi và hẹn lại ngày trả kết quả.",
)
PASSAGES = {passage.id: passage for passage in (MATERNITY, LATE)}
OPTIONS = (
    Option("Hồ sơ hưởng chế độ thai sản của mẹ", MATERNITY.id),
    Option("Chồng nghỉ khi vợ sinh con", "faq/chong-nghi"),
)


def citation_of(passage: Passage) -> Citation:
    return Citation(
        document=passage.document,
        section=passage.section,
        label=f"mục {passage.section or '1'} Công văn {passage.document} ngày 20/05/2020",
        date="2020-05-20",
        validity="Đang có hiệu lực.",
        url=f"/van-ban/{passage.id}",
        passage_id=passage.id,
    )


def answered(passage: Passage) -> AnswerRecord:
    answer = Answer(AnswerStatus.ANSWERED, passage.text, (citation_of(passage),))
    return AnswerRecord(answer, SearchResult(hits=(Hit(passage, 0.9, 1),)), snapshot_id=SNAPSHOT_ID)


def unanswered(status: AnswerStatus = AnswerStatus.UNANSWERABLE_LOW_SCORE) -> AnswerRecord:
    return AnswerRecord(Answer(status, "Tôi chưa tìm thấy."), SearchResult(hits=()))


CLARIFICATION = AnswerRecord(
    Answer(AnswerStatus.CLARIFICATION, "Ý anh/chị là…?", options=OPTIONS), SearchResult(hits=())
)


class FakeAssistant:
    """`knows` maps an accent-free phrase to the record given for any question that holds it."""

    def __init__(self, knows: dict[str, AnswerRecord] | None = None) -> None:
        self.knows = {"thai san": answered(MATERNITY)} if knows is None else knows
        self.asked: list[str] = []
        self.audiences: list[str] = []

    def answer(self, question: str, *, audience: str = "") -> AnswerRecord:
        self.asked.append(question)
        self.audiences.append(audience)
        key = plain_key(question)
        return next((record for phrase, record in self.knows.items() if phrase in key), unanswered())

    def own_case(self, question: str, *, audience: str = "") -> AnswerRecord:
        return self._rule(question, AnswerStatus.UNANSWERABLE_OWN_CASE, audience)

    def other_body(self, question: str) -> AnswerRecord:
        return self._rule(question, AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE)

    def _rule(self, question: str, status: AnswerStatus, audience: str = "") -> AnswerRecord:
        known = self.answer(question, audience=audience)
        if known.answer.status is not AnswerStatus.ANSWERED:
            return unanswered(status)
        return replace(known, answer=replace(known.answer, status=status))

    def answer_with(self, passage_id: str, question: str) -> AnswerRecord:
        self.asked.append(f"{passage_id}|{question}")
        passage = PASSAGES.get(passage_id)
        return answered(passage) if passage else unanswered(AnswerStatus.UNANSWERABLE_NO_CONTENT)

    def shorter(self, passage_id: str) -> AnswerRecord:
        record = answered(PASSAGES[passage_id])
        return replace(record, answer=replace(record.answer, text=record.answer.text[:20]), was_chosen=True)


class BrokenAssistant(FakeAssistant):
    """Raises with the question in the message, as careless libraries do."""

    def answer(self, question: str, *, audience: str = "") -> AnswerRecord:
        raise ValueError(question)


def texts() -> DialogueTexts:
    return load_dialogue_texts(ROOT / DIALOGUE_TEXTS, load_texts(ROOT / LABELS))
