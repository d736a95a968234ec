"""Work grows with the length of the text, not with its square."""

import time

import pytest

from vietnamese.acts import recognise_act
from vietnamese.expansion import expand
from vietnamese.identifiers import mask_identifiers
from vietnamese.keys import plain_key
from vietnamese.normalise import clean
from vietnamese.sentences import split_sentences

_LENGTH = 20_000
_SECONDS = 20.0  # a quadratic step takes minutes at this length; a loaded machine must not fail the test
_SEEDS = {
    "words": "thẻ bảo hiểm y tế của tôi hết hạn rồi ",
    "one letter": "a",
    "digits": "1",
    "digits and blanks": "1 2.3-",
    "points": ".",
    "at signs": "a@",
    "brackets": "[(",
    "smiles": ":))",
    "ambiguous": "tn dk mk ",
    "laughter": "haha",
    "telex": "hieemr ",
    "emergency words": "cấp cứu cho tôi gặp ",
    "marks": "a\u0323\u0301",
    "dossier": "mã hồ sơ ",
    "slashes": "1/a-",
}


@pytest.mark.parametrize("seed", _SEEDS.values(), ids=_SEEDS.keys())
@pytest.mark.parametrize("step", [clean, expand, plain_key, split_sentences, mask_identifiers, recognise_act])
def test_twenty_thousand_characters_take_no_longer_than_their_share(step, seed):
    text = (seed * _LENGTH)[:_LENGTH]
    started = time.process_time()
    step(text)
    assert time.process_time() - started < _SECONDS
