import pytest

from knowledge.search.diacritics import DiacriticRestorer, SyllableCounter
from knowledge.search.query import MAX_CHARACTERS, named_documents, understand
from knowledge.search.terms import accented_terms, plain_syllables, plain_terms

DOCUMENTS = ("288/BHXH-VP", "24/QĐ-BHXH", "09/BHXH-TĐKT", "mat-the")


@pytest.fixture(scope="module")
def restorer():
    counter = SyllableCounter()
    counter.add_texts(["mất thẻ bảo hiểm y tế thì làm sao", "trợ cấp thất nghiệp"])
    return DiacriticRestorer(counter.counts())


def test_terms_are_syllables_and_pairs_of_neighbours():
    assert plain_terms("Mất thẻ BHYT") == ("mat", "the", "bhyt", "mat_the", "the_bhyt")
    assert accented_terms("Mất thẻ") == ("mất", "thẻ", "mất_thẻ")


def test_both_places_of_a_tone_mark_give_one_term():
    assert accented_terms("hoà") == accented_terms("hòa")


def test_the_parts_of_a_number_are_terms():
    assert plain_syllables("288/BHXH-VP") == ["288", "bhxh", "vp"]


def test_a_question_without_diacritics_gets_them_back_for_the_model(restorer):
    assert understand("mat the bao hiem y te", restorer).dense_text == "mất thẻ bảo hiểm y tế"


def test_a_question_with_diacritics_keeps_its_own(restorer):
    assert understand("Thẻ y tế của Hà", restorer).dense_text == "thẻ y tế của hà"


def test_the_words_as_typed_are_one_of_the_readings(restorer):
    assert ("mat", "the", "mat_the") in understand("mat the", restorer).plain_readings


def test_every_reading_of_an_ambiguous_abbreviation_is_searched(restorer):
    readings = {" ".join(terms) for terms in understand("tiền TN", restorer).plain_readings}
    assert any("that_nghiep" in reading for reading in readings)
    assert any("tu_nguyen" in reading for reading in readings)


@pytest.mark.parametrize("question", ["", "  ", "🙂", "???", "\x00"])
def test_a_question_without_words_has_one_empty_reading(restorer, question):
    assert understand(question, restorer).plain_readings == ((),)


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("cong van 288 noi gi", {"288/BHXH-VP"}),
        ("cong van so 9 ve thi dua", {"09/BHXH-TĐKT"}),
        ("24 qd bhxh co gi moi", {"24/QĐ-BHXH"}),
        ("trong 24 gio", set()),
        ("quyet dinh 99", set()),
        ("mat the", set()),
    ],
)
def test_a_document_is_named_by_its_number(key, named):
    assert named_documents(key, DOCUMENTS) == named


def test_a_letter_is_read_from_its_beginning_only(restorer):
    beginning = "mất thẻ " * (MAX_CHARACTERS // 8)
    assert understand(beginning + "tiền lương hưu", restorer) == understand(beginning, restorer)
