"""`bhxh knowledge` where the database holds the base; the index is made with the fake embedder."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import build_app
from app.failures import CommandError
from app.knowledge_base.going_back import go_back
from app.knowledge_base.importing import import_drafts, read_paths
from app.knowledge_base.opening import has_knowledge
from app.knowledge_base.publishing import PublishingGround, publish_base
from app.knowledge_base.rows import document_rows, history_rows, release_rows
from desk.database import reading, writing
from editing.actor import Actor
from editing.errors import OutdatedError
from editing.files.sync import Taken
from editing.release import ReleaseState
from editing.release_store import live_release, releases
from editing.seeding import seed_if_empty
from editing.version import VersionState
from knowledge.embedding.fake import FakeEmbedder
from knowledge.errors import KnowledgeError
from knowledge.pointer import current_id, make_current
from knowledge.search.builder import build_candidate
from knowledge.search.storage import read_passages
from tests.fakes.lifecycle import NOW, TODAY, KnowledgeDesk
from tests.small_content import Faq, write_content

pytestmark = pytest.mark.page
ROOT = Path(__file__).resolve().parents[2]
ME = Actor(None, "terminal:test")
CARD = Faq("mat-the", "Mất thẻ thì làm sao?", "Báo cho cơ quan bảo hiểm gần nhất.", where="Cơ quan thử")
RATE = Faq("muc-dong", "Mức đóng là bao nhiêu?", "Mức đóng là {muc_thu}.", where="Cơ quan thử")


def quiet(done, total):
    """No bar."""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Content and its index, made once: an index takes a second."""
    folder = tmp_path_factory.mktemp("template")
    content = write_content(folder / "content", CARD, RATE)
    make_current(folder / "index", build_candidate(content, FakeEmbedder(), folder / "index", NOW).id)
    return folder


class Shop:
    """A content folder, its index and a database that took it over."""

    def __init__(self, engine, folder):
        self.engine = engine
        self.ground = PublishingGround(folder / "content", folder / "index", FakeEmbedder())
        self.first = current_id(self.ground.index)
        seed_if_empty(engine, self.ground.index, self.ground.content, NOW)

    def publish(self):
        return publish_base(self.engine, self.ground, ME, lambda: NOW, quiet)

    def edit(self, old, new):
        for path in (self.ground.content / "faqs").glob("*.yml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new), encoding="utf-8")

    def read(self, work, *arguments, **named):
        with reading(self.engine) as connection:
            return work(connection, *arguments, **named)


@pytest.fixture
def shop(engine, tmp_path, template):
    shutil.copytree(template, tmp_path / "shop")
    return Shop(engine, tmp_path / "shop")


class TestPublish:
    def test_what_changed_in_the_files_is_live_and_the_pointer_follows(self, shop):
        shop.edit("gần nhất", "nơi cấp thẻ")
        done = shop.publish()
        assert done.report.of(Taken.CHANGED) == ("faq/mat-the",)
        assert (done.release.state, done.release.versions["faq/mat-the"]) == (ReleaseState.LIVE, (2,))
        assert current_id(shop.ground.index) == done.release.snapshot_id == done.built.id
        assert 0 < done.built.embedded < done.built.texts_total

    def test_another_topic_is_in_the_release_that_takes_it_over(self, shop):
        shop.edit("topic: Chủ đề thử", "topic: Chủ đề mới")
        done = shop.publish()
        folder = shop.ground.index / done.built.id
        assert {passage.topic for passage in read_passages(folder) if passage.id.startswith("faq/")} == {"Chủ đề mới"}
        assert not shop.publish().built.is_new

    def test_without_a_change_nothing_is_switched_the_second_time(self, shop):
        shop.publish()
        done = shop.publish()
        assert not done.built.is_new
        assert len(shop.read(releases, 9)) == 1

    def test_an_error_in_the_middle_leaves_what_was_live_and_the_next_try_ends_it(self, shop):
        shop.edit("gần nhất", "nơi cấp thẻ")
        broken = PublishingGround(shop.ground.content, shop.ground.index, BrokenEmbedder())
        with pytest.raises(KnowledgeError):
            publish_base(shop.engine, broken, ME, lambda: NOW, quiet)
        assert current_id(shop.ground.index) == shop.first
        assert shop.read(live_release).snapshot_id == shop.first
        assert shop.publish().release.versions["faq/mat-the"] == (2,)

    def test_killed_in_the_middle_it_leaves_what_was_live_and_the_next_try_ends_it(self, shop):
        shop.edit("gần nhất", "nơi cấp thẻ")
        url = shop.engine.url.render_as_string(hide_password=False)
        words = [sys.executable, "-m", "tests.fakes.killed_publish", url, shop.ground.content, shop.ground.index]
        assert subprocess.run(words, check=False, cwd=ROOT).returncode == -signal.SIGKILL
        assert current_id(shop.ground.index) == shop.first == shop.read(live_release).snapshot_id
        assert shop.publish().release.versions["faq/mat-the"] == (2,)
        assert len(shop.read(releases, 9)) == 2

    def test_files_that_cannot_be_read_change_nothing(self, shop):
        shop.edit("topic:", "topic: [")
        with pytest.raises(KnowledgeError):
            shop.publish()
        assert len(shop.read(releases, 9)) == 1

    def test_who_was_overtaken_is_told(self, shop):
        shop.edit("gần nhất", "nơi cấp thẻ")
        overtaking = PublishingGround(shop.ground.content, shop.ground.index, OvertakingEmbedder(shop))
        with pytest.raises(OutdatedError):
            publish_base(shop.engine, overtaking, ME, lambda: NOW, quiet)


class BrokenEmbedder(FakeEmbedder):
    def embed_passages(self, texts):
        raise KnowledgeError("the model is gone")


class OvertakingEmbedder(FakeEmbedder):
    """While it embeds, an editor's release goes live."""

    def __init__(self, shop):
        super().__init__()
        self.shop = shop

    def embed_passages(self, texts):
        desk = KnowledgeDesk.__new__(KnowledgeDesk)
        desk.engine, desk.now = self.shop.engine, NOW
        if desk.opened("faq/muc-dong") is None and desk.live("faq/muc-dong").number == 1:
            desk.published("faq/muc-dong")
        return super().embed_passages(texts)


class TestRollback:
    def test_without_a_number_it_goes_to_the_one_before_and_again_to_the_one_before_that(self, shop):
        second = self.published(shop, "gần nhất", "lần một")
        self.published(shop, "lần một", "lần hai")
        assert self.back(shop, "").snapshot_id == second
        assert self.back(shop, "").snapshot_id == shop.first
        assert current_id(shop.ground.index) == shop.first
        with pytest.raises(CommandError):
            self.back(shop, "")

    def test_a_release_or_its_index_can_be_named(self, shop):
        shop.edit("gần nhất", "nơi cấp thẻ")
        live = shop.publish().release
        assert self.back(shop, shop.first).snapshot_id == shop.first
        assert self.back(shop, str(live.id)).snapshot_id == live.snapshot_id

    @pytest.mark.parametrize("wanted", ["999", "nothing", "../x", "9" * 40, "-1", "٣"])
    def test_what_is_not_there_is_said(self, shop, wanted):
        with pytest.raises(CommandError):
            self.back(shop, wanted)

    def test_an_index_that_is_gone_is_said_before_anything_changes(self, shop):
        shop.edit("gần nhất", "nơi cấp thẻ")
        live = shop.publish().release
        shutil.rmtree(shop.ground.index / shop.first)
        with pytest.raises(CommandError):
            self.back(shop, "")
        assert shop.read(live_release).id == live.id

    def published(self, shop, old, new):
        shop.edit(old, new)
        return shop.publish().release.snapshot_id

    def back(self, shop, wanted):
        return go_back(shop.engine, shop.ground.index, wanted, ME, "thử khôi phục lại", NOW)


class TestImport:
    def test_a_dry_run_says_what_would_become_a_draft_and_writes_nothing(self, shop, tmp_path):
        lines = self.bring(shop, tmp_path, write=False)
        assert [line.outcome for line in lines if line.outcome != "same"] == ["changed", "new"]
        assert shop.read(document_rows, TODAY, drafts=True) == ()

    def test_what_differs_becomes_a_draft_and_nothing_more(self, shop, tmp_path):
        self.bring(shop, tmp_path, write=True)
        rows = shop.read(document_rows, TODAY, drafts=True)
        assert {(row.document, row.version, row.draft) for row in rows} == {
            ("faq/mat-the", 1, VersionState.DRAFT.value),
            ("faq/hoi-moi", 0, VersionState.DRAFT.value),
        }
        again = self.bring(shop, tmp_path, write=True)
        assert {line.outcome for line in again} == {"same", "held"}

    def test_the_same_document_twice_is_refused(self, shop):
        with pytest.raises(CommandError, match="twice"):
            read_paths((shop.ground.content, shop.ground.content), "")

    def test_what_is_no_folder_of_content_is_refused(self, tmp_path):
        for path in (tmp_path / "none", tmp_path):
            with pytest.raises((CommandError, KnowledgeError)):
                read_paths((path,), "")

    def bring(self, shop, tmp_path, *, write):
        changed = Faq("mat-the", CARD.question, "Gọi tổng đài rồi đến cơ quan bảo hiểm.")
        new = Faq("hoi-moi", "Câu hỏi chưa có?", "Câu trả lời chưa có.")
        folder = tmp_path / "outside"
        shutil.rmtree(folder, ignore_errors=True)
        found = read_paths((write_content(folder, changed, RATE, new),), "")
        with writing(shop.engine) as connection:
            return import_drafts(connection, found, ME, NOW, write=write)


class TestLists:
    def test_documents_releases_and_history_are_told(self, shop):
        shop.edit("gần nhất", "nơi cấp thẻ")
        shop.publish()
        assert ("faq/mat-the", 2) in {
            (row.document, row.version) for row in shop.read(document_rows, TODAY, drafts=False)
        }
        newest = shop.read(release_rows, shop.ground.index)[0]
        assert (newest.state, newest.changes, newest.on_disk) == ("live", 1, True)
        versions, events = shop.read(history_rows, "faq/mat-the")
        assert [row.version for row in versions] == [2, 1]
        assert [row.event for row in events] == ["imported", "imported", "superseded", "published"]

    @pytest.mark.parametrize("name", ["faq/none", "none", "", "law/x"])
    def test_an_unknown_document_is_said(self, shop, name):
        with pytest.raises(CommandError):
            shop.read(history_rows, name)


class TestCommandLine:
    @pytest.fixture
    def command(self, shop, monkeypatch):
        monkeypatch.setenv("BHXH_DATABASE_URL", shop.engine.url.render_as_string(hide_password=False))
        runner = CliRunner()
        return lambda *words: runner.invoke(build_app(), ["knowledge", *words])

    def test_export_gives_the_files_back(self, shop, command, tmp_path):
        assert command("export", str(tmp_path / "out")).exit_code == 0
        for name in ("faqs", "directives"):
            assert {path.name for path in (tmp_path / "out" / name).iterdir()} == {
                path.name for path in (shop.ground.content / name).iterdir()
            }

    def test_lists_come_as_json(self, command):
        for words in (("list", "--json"), ("list", "--drafts", "--json"), ("list", "--releases", "--json")):
            assert isinstance(json.loads(command(*words).stdout), list)
        assert set(json.loads(command("history", "faq/mat-the", "--json").stdout)) == {"versions", "events"}

    def test_import_says_what_differs(self, shop, command):
        assert "nothing differs" in command("import", str(shop.ground.content)).stdout


def test_a_database_without_tables_holds_no_knowledge(tmp_path):
    address = f"sqlite:///{tmp_path / 'none.db'}"
    assert not has_knowledge({"BHXH_DATABASE_URL": address})
    assert not (tmp_path / "none.db").exists()
