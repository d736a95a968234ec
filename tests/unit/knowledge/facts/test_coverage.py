"""What each fact is used for, and the counts of a topic."""

from knowledge.facts.coverage import fact_rows, topic_rows
from knowledge.facts.reading import read_ledger
from knowledge.facts.usage import usage_of
from knowledge.faqs.library import read_folder
from knowledge.faqs.parameters import load_parameters


def rows_of(content):
    ledger, _ = read_ledger(content / "facts")
    entries, _ = read_folder(content / "faqs")
    return fact_rows(ledger, usage_of(ledger, entries, load_parameters(content / "parameters.yml")))


def test_a_used_fact_names_its_entries_and_one_from_memory_is_kept_out(content):
    used, kept_out = rows_of(content)
    assert (used.fact, used.standing, used.entries, used.because) == ("F00", "used", ("muc-dong-thu",), "")
    assert (kept_out.standing, kept_out.entries) == ("kept_out", ())


def test_drafts_stand_apart(change):
    used, _ = rows_of(change("faqs/thu.yml", "status: live", "status: draft"))
    assert (used.standing, used.entries, used.drafts) == ("draft", (), ("muc-dong-thu",))


def test_an_unused_fact_says_why(change):
    change("faqs/thu.yml", "facts: [F00]", "facts: []")
    fact, _ = rows_of(
        change("facts/thu.yml", "doubt: null\n    unused_because: null", "doubt: b\n    unused_because: a")
    )
    assert (fact.standing, fact.because) == ("unused", "a")


def test_topics_are_counted_and_all_of_them_together(content):
    topic, everything = topic_rows(rows_of(content))
    assert (topic.topic, topic.facts, topic.used, topic.kept_out) == ("Chủ đề thử", 2, 1, 1)
    assert everything.facts == 2


def test_no_ledger_gives_no_rows(content, tmp_path):
    assert topic_rows(()) == ()
    assert read_ledger(tmp_path / "khong-co")[0].facts == ()
