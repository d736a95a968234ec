"""How easily answers are read."""

from dataclasses import replace

from knowledge.faqs.library import load_faqs
from knowledge.faqs.readability import Totals, reading_of, readings, totals

SHORT = "Được. Nộp hồ sơ tại cơ quan BHXH."
LONG = " ".join(["chữ"] * 26) + "."


def test_sentences_are_counted_in_words():
    reading = reading_of("mot", f"{SHORT} {LONG}")
    assert (reading.longest, reading.mean, reading.long_share) == (26, (1 + 7 + 26) / 3, 1 / 3)


def test_words_of_lawyers_are_named_once_and_only_whole():
    assert reading_of("mot", "Truy thu, rồi truy thu. Phát sinh.").rare == ("truy thu", "phát sinh")
    assert reading_of("mot", "Nhằm nhò gì; con đồng thời đại.").rare == ("nhằm", "đồng thời")


def test_an_empty_answer_reads_as_nothing():
    assert (reading_of("mot", "").longest, reading_of("mot", "").characters) == (0, 0)


def test_the_hardest_answer_comes_first_and_drafts_are_left_out(faqs, parameters, today):
    (entry,) = load_faqs(faqs, parameters, today)
    easy, hard = replace(entry, id="de", answer=SHORT), replace(entry, id="kho", answer=LONG)
    found = readings([easy, hard, replace(entry, id="nhap", status="draft", answer=LONG)])
    assert [one.entry for one in found] == ["kho", "de"]
    assert (totals(found).answers, totals(found).with_long) == (2, 1)


def test_no_answers_give_zeros():
    assert totals(()) == Totals(0, 0.0, 0.0, 0.0, 0.0, 0, 0)
