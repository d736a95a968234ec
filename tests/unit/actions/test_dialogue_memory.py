from actions.memory import Memory, changed_slots, memory_from_slots, slots_of
from knowledge.answer import Option

FULL = Memory(
    last_question="hồ sơ thai sản",
    last_passage_ids=("faq/a",),
    last_status="answered",
    options=(Option("Một", "faq/b"),),
    role="employee",
    offer="abstained",
    insult_count=1,
    abstentions=2,
)


def test_slots_give_the_memory_back():
    assert memory_from_slots(slots_of(FULL)) == FULL


def test_empty_slots_are_an_empty_memory():
    assert memory_from_slots({}) == Memory()


def test_an_unchanged_memory_writes_no_slot():
    assert changed_slots(FULL, FULL) == {}


def test_only_what_changed_is_written():
    assert changed_slots(Memory(), Memory(role="employer")) == {"role": "employer"}
