"""What the gateway's channels can be set to, refuse and count is written down."""

from pathlib import Path

import pytest

from connectors.metrics import Count, Gauge, Timing
from connectors.web.errors import Refusal

DOC = (Path(__file__).resolve().parents[2] / "connectors" / "web" / "doc.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*Refusal, *Count, *Timing, *Gauge], ids=str)
def test_every_refusal_and_every_metric_is_documented(name):
    assert f"`{name}" in DOC
