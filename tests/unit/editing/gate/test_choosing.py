from editing.gate.choosing import choose
from editing.gate.question import GateQuestion, Origin


def entry(number):
    return GateQuestion(f"câu {number}", Origin.ENTRY, (f"faq/{number}",))


def by_number(texts):
    """Later questions are nearer to the change."""
    return [float(text.removeprefix("câu ")) for text in texts]


ENTRIES = [entry(number) for number in range(10)]


def test_all_are_asked_while_they_are_few():
    chosen = choose(ENTRIES, (), (), by_number, 10)
    assert (chosen.questions, chosen.left_out) == (tuple(ENTRIES), 0)


def test_of_too_many_those_of_changed_documents_and_the_nearest_are_asked():
    chosen = choose(ENTRIES, (), ("faq/0",), by_number, 4)
    assert [one.text for one in chosen.questions] == ["câu 0", "câu 7", "câu 8", "câu 9"]
    assert chosen.left_out == 6


def test_golden_questions_are_always_asked_and_say_what_is_expected():
    golden = GateQuestion("câu 3", Origin.GOLDEN, ("abstain",))
    chosen = choose(ENTRIES, (golden,), (), by_number, 10)
    assert len(chosen.questions) == 10
    assert golden in chosen.questions
