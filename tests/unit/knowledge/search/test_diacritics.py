import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.diacritics import DiacriticRestorer, SyllableCounter, split_syllables
from knowledge.search.syllable_table import LAW_TABLE, main, read_counts, write_counts
from vietnamese.accents import strip_accents

TEXTS = ("chế độ thai sản", "thời gian nghỉ thai sản", "trợ cấp thất nghiệp", "mất thẻ bảo hiểm", "hộ gia đình")


@pytest.fixture(scope="module")
def restorer():
    counter = SyllableCounter()
    counter.add_texts(TEXTS)
    return DiacriticRestorer(counter.counts())


@pytest.mark.parametrize(
    ("typed", "meant"), [("thai san", "thai sản"), ("mat the bao hiem", "mất thẻ bảo hiểm"), ("", "")]
)
def test_diacritics_come_back(restorer, typed, meant):
    assert restorer.restore(typed) == meant


def test_the_neighbour_decides_between_spellings():
    counter = SyllableCounter()
    counter.add_texts(["mức đóng", "đồng hồ", "tiền đồng", "đồng ý"])
    assert DiacriticRestorer(counter.counts()).restore("muc dong") == "mức đóng"


def test_a_syllable_with_diacritics_keeps_them(restorer):
    assert restorer.restore("thai sàn") == "thai sàn"


def test_unknown_words_and_numbers_stay(restorer):
    assert restorer.restore("VssID 2024") == "vssid 2024"


def test_the_likelier_reading_wins(restorer):
    assert restorer.likeliest(("tro cap that nghiep", "tro cap zzz zzz")) == "trợ cấp thất nghiệp"


def test_a_weight_lets_a_small_text_win():
    counter = SyllableCounter()
    counter.add_texts(["bán"] * 3)
    counter.add_texts(["bàn"], weight=10)
    assert DiacriticRestorer(counter.counts()).restore("ban") == "bàn"


def test_rare_syllables_can_be_left_out():
    counter = SyllableCounter()
    counter.add_texts(["thai sản", "thai sản", "nhi"])
    counts = counter.counts(min_count=2)
    assert counts.single == {"thai": 2, "sản": 2}
    assert counts.pairs == {("thai", "sản"): 2}


@given(st.text(alphabet="abceghiknmotuyđ áàảạâăêôơưấềộ 0123456789?/-", max_size=60))
def test_restoring_changes_diacritics_only(text):
    counter = SyllableCounter()
    counter.add_texts(TEXTS)
    restored = DiacriticRestorer(counter.counts()).restore(text)
    assert strip_accents(restored).split() == [strip_accents(s) for s in split_syllables(text)] or not split_syllables(
        text
    )


def test_counts_survive_being_written_and_read(tmp_path):
    counter = SyllableCounter()
    counter.add_texts(TEXTS)
    path = tmp_path / "syllables.txt"
    path.write_text(write_counts(counter.counts()), encoding="utf-8")
    assert read_counts(path) == counter.counts()


def test_the_committed_table_restores_a_sentence_of_the_law():
    restorer = DiacriticRestorer(read_counts(LAW_TABLE))
    assert restorer.restore("nguoi lao dong duoc huong bao hiem xa hoi") == "người lao động được hưởng bảo hiểm xã hội"


def test_the_table_is_made_from_text_files(tmp_path, capsys):
    path = tmp_path / "law.txt"
    path.write_text("điều khoản\n" * 20 + "hiếm\n", encoding="utf-8")
    main(str(path))
    assert capsys.readouterr().out == "khoản 20\nđiều 20\nđiều khoản 20\n"
