"""A workshop that answers from what a test gave it, and remembers what it was asked."""

from console.editor.ports import Alike, Tried, TriedCitation, TriedHit, TrySubject, WorkshopAwayError

ANSWERED = Tried(
    status="answered",
    text="Người lao động nghỉ việc đủ 12 tháng được xem xét hưởng BHXH một lần.",
    band="answer",
    citations=(
        TriedCitation(
            label="Điều 70 Luật thử",
            document="Luật thử",
            section="Điều 70",
            date="2025-07-01",
            validity="Có hiệu lực từ 01/07/2025.",
            url="/hoi-dap/mot-lan",
        ),
    ),
    hits=(
        TriedHit(
            passage_id="faq/mot-lan",
            document="faq/mot-lan",
            section="",
            title="Khi nào được rút BHXH một lần?",
            text="Người lao động nghỉ việc đủ 12 tháng được xem xét hưởng BHXH một lần.",
            version="1",
            score=0.82,
            dense_score=0.91,
            lexical_score=12.5,
            band="sure",
            why_not="",
        ),
    ),
    elapsed_ms=12.0,
)


class FakeWorkshop:
    """`away`: it does not answer. `found`: what is alike, whatever is asked; `but_not` is kept out of it."""

    def __init__(self, tried: Tried = ANSWERED, found: tuple[Alike, ...] = (), away: bool = False):
        self.tried, self.found, self.away = tried, found, away
        self.questions: list[tuple[str, TrySubject]] = []
        self.wordings: list[tuple[str, ...]] = []
        self.woken = 0

    async def try_question(self, question, subject):
        self._answer()
        self.questions.append((question, subject))
        return self.tried

    async def alike(self, wordings, but_not, limit):
        self._answer()
        self.wordings.append(wordings)
        return tuple(one for one in self.found if one.document != but_not)[:limit]

    async def wake(self):
        self.woken += 1

    def _answer(self):
        if self.away:
            raise WorkshopAwayError("away")
