"""What the gateway's channels can be set to, refuse, count and warn of is written down."""

import re
from pathlib import Path

import pytest

from connectors.metrics import Count, Gauge, Timing
from connectors.web.errors import Refusal
from editing.workshop.metrics import WorkshopMetrics

ROOT = Path(__file__).resolve().parents[2]
CHANNELS = ("web", "zalo_oa", "zalo_bot", "telegram")


def read(*parts):
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(Refusal), ids=str)
def test_every_refusal_of_the_web_chat_is_documented(name):
    assert f"`{name}" in read("connectors", "web", "doc.md")


@pytest.mark.parametrize("name", [*Count, *Timing, *Gauge], ids=str)
def test_every_metric_is_documented(name):
    assert f"`{name}" in read("docs", "metrics.md")


def test_no_document_names_a_metric_that_does_not_exist():
    documents = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("connectors/*/doc.md"), ROOT / "README.md"]
    named = {name for path in documents for name in re.findall(r"`(bhxh_[a-z_]+)", path.read_text(encoding="utf-8"))}
    of_gateway = {str(name) for name in (*Count, *Timing, *Gauge)}
    of_workshop = set(re.findall(r"^bhxh_[a-z_]+", a_workshop_s_metrics(), re.MULTILINE))
    assert named - of_gateway - of_workshop == set()


def a_workshop_s_metrics():
    metrics = WorkshopMetrics()
    metrics.built("ready", 1.0)
    return metrics.render()


def alert_kinds():
    for path in sorted((ROOT / "connectors").rglob("*.py")):
        yield from re.findall(r'^ALERT_[A-Z_]+ = "([a-z_]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("kind", sorted(alert_kinds()))
def test_the_runbook_says_what_to_do_about_every_alert(kind):
    assert f"`{kind}`" in read("docs", "runbook", "channels.md")


@pytest.mark.parametrize("channel", CHANNELS[1:])
def test_every_variable_of_a_channel_stands_in_its_own_document(channel):
    settings = read("connectors", channel, "settings.py")
    named = set(re.findall(r'"((?:ZALO|TELEGRAM)_[A-Z_]+)"', settings))
    assert {name for name in named if f"`{name}`" not in read("connectors", channel, "doc.md")} == set()
