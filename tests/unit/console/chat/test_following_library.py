"""The citizens' pages follow the pointer, and need no model for it."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from console.chat.following_library import open_library
from knowledge.embedding.fake import FakeEmbedder
from knowledge.pointer import current_id, make_current
from knowledge.search.builder import build_candidate
from tests.small_content import LOST_CARD, RATE, SETTINGS, TODAY, Faq, write_content

ROOT = Path(__file__).resolve().parents[4]
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
CARDLESS = Faq("khong-the", "Không có thẻ thì sao?", "Dùng căn cước.")
CHANGED = Faq(LOST_CARD.id, LOST_CARD.question, "Từ nay dùng thẻ điện tử.")


@pytest.fixture
def project(tmp_path):
    """A project of its own: settings, and a content folder beside the index."""
    text = SETTINGS.read_text(encoding="utf-8")
    (tmp_path / "settings.yml").write_text(text, encoding="utf-8")
    write_content(tmp_path / "knowledge" / "content", LOST_CARD)
    return tmp_path


def publish(project, number, *faqs):
    content = write_content(project / f"content-{number}", *faqs)
    built = build_candidate(content, FakeEmbedder(), project / "var" / "index", NOON + timedelta(hours=number))
    make_current(project / "var" / "index", built.id)


def opened(project):
    library = open_library(project / "settings.yml", lambda: TODAY)
    library._following.stop()
    return library


def test_pages_show_what_the_current_snapshot_holds_not_the_content_folder(project):
    publish(project, 1, CHANGED)
    assert opened(project).faq("mat-the").answer == CHANGED.answer


def test_pages_follow_a_switch(project):
    publish(project, 1, LOST_CARD)
    library = opened(project)
    publish(project, 2, CHANGED)
    library._following.look()
    assert library.faq("mat-the").answer == CHANGED.answer


def test_a_link_to_what_was_taken_back_still_opens(project):
    publish(project, 1, LOST_CARD, RATE)
    publish(project, 2, RATE)
    view = opened(project).faq("mat-the")
    assert (view.question, view.is_served) == (LOST_CARD.question, False)
    assert opened(project).faq("khong-co") is None


def test_a_candidate_that_never_went_live_is_not_shown(project):
    publish(project, 1, LOST_CARD)
    content = write_content(project / "content-2", LOST_CARD, RATE)
    build_candidate(content, FakeEmbedder(), project / "var" / "index", NOON + timedelta(hours=2))
    assert opened(project).faq("muc-dong") is None
    publish(project, 3, LOST_CARD, CARDLESS)
    assert opened(project).faq("muc-dong") is None


def test_what_is_published_for_a_later_day_is_not_shown_before(project):
    publish(project, 1, LOST_CARD, replace(RATE, period=(f"live_from: {TODAY + timedelta(days=1)}",)))
    assert opened(project).faq("muc-dong") is None


def test_before_the_first_snapshot_the_content_folder_is_shown_and_then_followed(project):
    library = opened(project)
    assert library.faq("mat-the").answer == LOST_CARD.answer
    publish(project, 1, CHANGED)
    library._following.look()
    assert library.faq("mat-the").answer == CHANGED.answer


def test_a_damaged_snapshot_is_passed_over(project):
    publish(project, 1, LOST_CARD)
    index = project / "var" / "index"
    (index / current_id(index) / "content" / "parameters.yml").unlink()
    assert opened(project).faq("mat-the").answer == LOST_CARD.answer


def test_no_model_is_loaded_for_it():
    loaded = "[m for m in ('faiss', 'torch', 'bm25s') if m in sys.modules]"
    code = f"import sys, console.chat.following_library; print({loaded})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_day_is_asked_for_each_page(project):
    publish(project, 1, RATE)
    days = [TODAY]
    library = open_library(project / "settings.yml", lambda: days[0])
    library._following.stop()
    assert library.faq("muc-dong").answer.startswith("Mức đóng là 2.000.000")
    days[0] = date(2027, 5, 1)
    assert library.faq("muc-dong").answer.startswith("Mức đóng là 3.000.000")
