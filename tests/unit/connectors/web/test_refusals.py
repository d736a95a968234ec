import pytest

from connectors.web.errors import Refusal, RefusedError, load_texts

VALUES = {"limit": 2000, "seconds": 7}
TEXTS = load_texts()


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_has_a_finished_sentence(refusal):
    body = TEXTS.response(RefusedError(refusal, VALUES)).body.decode()
    assert f'"code":"{refusal}"' in body
    assert "{" not in body.partition('"message":"')[2].rstrip("}")


def test_waiting_is_told_in_a_header_too():
    response = TEXTS.response(RefusedError(Refusal.TOO_MANY_REQUESTS, {"seconds": 7}))
    assert (response.status_code, response.headers["retry-after"]) == (429, "7")
    assert "7 giây" in response.body.decode()
