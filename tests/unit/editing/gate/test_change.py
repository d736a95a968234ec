from datetime import date

import pytest

from editing.gate.change import ChangeKind, change_of
from editing.gate.question import GateQuestion, Origin
from editing.gate.said import Said

DAY = date(2026, 11, 22)
CARD = Said("answered", "Nộp tờ khai.", "faq/mat-the", "", "1")
CARD_AGAIN = Said("answered", "Nộp tờ khai.", "faq/mat-the", "", "2")
CARD_NEW = Said("answered", "Nộp trên VssID.", "faq/mat-the", "", "2")
BOOK = Said("answered", "Xin lại sổ.", "faq/mat-so", "", "1")
UNSURE = Said("clarification", "Ý anh/chị là?", options=("thẻ", "sổ"))
UNSURE_ELSE = Said("clarification", "Ý anh/chị là?", options=("thẻ", "tờ khai"))
NOTHING = Said("unanswerable_no_content", "Chưa có.")
OTHER_BODY = Said("unanswerable_out_of_scope", "Việc này hỏi công an.", "faq/can-cuoc", "", "1")
OTHER_BODY_NEW = Said("unanswerable_out_of_scope", "Việc này hỏi công an xã.", "faq/can-cuoc", "", "2")
NOT_OURS = Said("unanswerable_out_of_scope", "Không thuộc BHXH.")
TOO_WEAK = Said("unanswerable_low_score", "Chưa rõ.")

MOVES = {
    "the same words of another version": (CARD, CARD_AGAIN, None),
    "other words": (CARD, CARD_NEW, ChangeKind.OTHER_TEXT),
    "another document": (CARD, BOOK, ChangeKind.OTHER_DOCUMENT),
    "an answer at last": (TOO_WEAK, CARD, ChangeKind.NOW_ANSWERED),
    "an answer instead of a question back": (UNSURE, CARD, ChangeKind.NOW_ANSWERED),
    "a question back": (CARD, UNSURE, ChangeKind.NOW_ASKS_BACK),
    "the same question back": (UNSURE, UNSURE, None),
    "other readings": (UNSURE, UNSURE_ELSE, ChangeKind.OTHER_OPTIONS),
    "no answer any more": (CARD, NOTHING, ChangeKind.NOW_ABSTAINS),
    "not even a question back": (UNSURE, TOO_WEAK, ChangeKind.NOW_ABSTAINS),
    "other words about another body": (OTHER_BODY, OTHER_BODY_NEW, ChangeKind.OTHER_TEXT),
    "another body is named no more": (OTHER_BODY, NOT_OURS, ChangeKind.NOW_ABSTAINS),
    "another body is named at last": (NOT_OURS, OTHER_BODY, ChangeKind.NOW_ANSWERED),
    "another reason for no answer": (NOTHING, TOO_WEAK, None),
}


@pytest.mark.parametrize(("before", "after", "kind"), MOVES.values(), ids=MOVES)
def test_each_move_has_its_kind(before, after, kind):
    change = change_of(GateQuestion("mất thẻ", Origin.ENTRY), DAY, before, after)
    assert (None if change is None else change.kind) == kind


@pytest.mark.parametrize(
    ("expected", "before", "after", "is_regression"),
    [
        (("faq/mat-the",), CARD, BOOK, True),
        (("faq/mat-the",), CARD, CARD_NEW, False),
        (("faq/mat-the", "faq/mat-so"), CARD, BOOK, False),
        (("faq/mat-the",), BOOK, UNSURE, False),
        ((), CARD, NOTHING, False),
        (("abstain",), NOTHING, CARD, True),
        (("abstain",), NOTHING, UNSURE, True),
        (("ask_back",), UNSURE, CARD, True),
        (("faq/can-cuoc",), OTHER_BODY, OTHER_BODY_NEW, False),
        (("faq/can-cuoc",), OTHER_BODY, NOT_OURS, True),
        (("abstain",), NOTHING, OTHER_BODY, False),
        (("faq/mat-the",), CARD, NOTHING, True),
    ],
)
def test_only_what_was_right_and_goes_wrong_is_a_regression(expected, before, after, is_regression):
    change = change_of(GateQuestion("mất thẻ", Origin.GOLDEN, expected), DAY, before, after)
    assert change.is_regression is is_regression
