"""docs/knowledge-review.md and docs/knowledge-sample.md say what the files say. After a change: make golden."""

import pytest

from knowledge.facts.pages import pages
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def written():
    return pages(ROOT / "knowledge" / "content")


@pytest.mark.parametrize("name", ["knowledge-review.md", "knowledge-sample.md"])
def test_the_page_is_up_to_date(written, name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == written[name]
