"""Files of the project and the base in the database: first import, export, and what was changed on either side."""

import filecmp
import threading
from datetime import date
from pathlib import Path

import pytest

from desk.database import reading, writing
from editing import releasing
from editing.actor import SYSTEM
from editing.document import DocumentKind
from editing.files.filed import FiledDocument
from editing.files.reading import read_content
from editing.files.stored import documents_of, write_content
from editing.files.sync import Taken, remember_files, sync_files
from editing.files.writing import write_files
from editing.release import ReleaseKind, ReleaseState
from editing.release_store import change_release, live_release
from editing.seeding import is_empty, seed_if_empty
from editing.version import VersionState
from knowledge.errors import KnowledgeError
from tests.fakes.knowledge_base import BIRTH, ONE_OFF, REFERENCE
from tests.fakes.lifecycle import NOW, KnowledgeDesk

CONTENT = Path("knowledge/content")


def filed(key="rut-mot-lan", body=ONE_OFF, place=1, topic="BHXH một lần", file="thu", **named):
    return FiledDocument(DocumentKind.FAQ, key, file, place, topic, body, **named)


RATE = FiledDocument(DocumentKind.PARAMETER, "muc_tham_chieu", "parameters", 1, "", REFERENCE)
BIRTH_ENTRY = filed("sinh-con-tro-cap", BIRTH, 1, "Thai sản", "thai-san")


class Project:
    """A content folder, an index folder whose pointer names a snapshot, and the database."""

    def __init__(self, engine, folder):
        self.engine = engine
        self.content, self.index = folder / "content", folder / "index"
        self.write(filed(), BIRTH_ENTRY, RATE)
        (self.index / "s1").mkdir(parents=True)
        (self.index / "s1" / "manifest.json").write_text("{}", encoding="utf-8")
        (self.index / "current").write_text("s1\n", encoding="utf-8")
        self.seeded = seed_if_empty(engine, self.index, self.content, NOW)

    def write(self, *documents):
        self.content.mkdir(exist_ok=True)
        write_files(documents, self.content)

    def sync(self, dry_run=False):
        with writing(self.engine) as connection:
            return sync_files(connection, self.content, SYSTEM, NOW, dry_run)

    def publish(self):
        """What `bhxh knowledge publish` does, without an index."""
        report = self.sync()
        with writing(self.engine) as connection:
            if report.version_ids:
                kind = ReleaseKind.FILES
                wish = releasing.request_release(connection, report.version_ids, SYSTEM, NOW, kind)
                values = {"state": ReleaseState.READY.value, "snapshot_id": f"s{wish.id}"}
                releasing.publish(connection, change_release(connection, wish, values).id, SYSTEM, NOW)
            remember_files(connection, report)
        return report

    def exported(self, folder):
        folder.mkdir()
        with reading(self.engine) as connection:
            write_files(documents_of(connection, live_release(connection)), folder)
        return folder


@pytest.fixture
def project(engine, tmp_path):
    return Project(engine, tmp_path)


def changed(body, **fields):
    return type(body)(**{**vars(body), **fields})


class TestFirstImport:
    def test_the_project_s_files_come_back_byte_for_byte(self, engine, tmp_path):
        project = Project(engine, tmp_path)
        same = project.exported(tmp_path / "out")
        compared = filecmp.dircmp(project.content, same)
        assert (compared.left_only, compared.right_only, compared.diff_files) == ([], [], [])
        assert filecmp.cmpfiles(project.content / "faqs", same / "faqs", ["thu.yml", "thai-san.yml"], shallow=False)[
            1:
        ] == ([], [])

    def test_it_is_done_once(self, project):
        assert project.seeded == 3
        assert seed_if_empty(project.engine, project.index, project.content, NOW) == 0

    def test_of_two_processes_one_does_it(self, engine, tmp_path):
        (tmp_path / "a").mkdir()
        project = Project.__new__(Project)
        project.engine, project.content, project.index = engine, tmp_path / "content", tmp_path / "index"
        project.write(filed(), RATE)
        (project.index / "s1").mkdir(parents=True)
        (project.index / "s1" / "manifest.json").write_text("{}", encoding="utf-8")
        (project.index / "current").write_text("s1\n", encoding="utf-8")
        found, gate = [], threading.Barrier(2)

        def seed():
            gate.wait()
            found.append(seed_if_empty(engine, project.index, project.content, NOW))

        threads = [threading.Thread(target=seed) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(found) == [0, 2]

    def test_without_a_snapshot_or_with_broken_files_nothing_is_taken(self, engine, tmp_path):
        (tmp_path / "index").mkdir()
        assert seed_if_empty(engine, tmp_path / "index", CONTENT, NOW) == 0
        (tmp_path / "index" / "current").write_text("s1\n", encoding="utf-8")
        assert seed_if_empty(engine, tmp_path / "index", tmp_path / "nothing", NOW) == 0
        with reading(engine) as connection:
            assert is_empty(connection)

    def test_two_periods_of_an_entry_become_two_versions(self, engine, tmp_path):
        project = Project.__new__(Project)
        project.engine, project.content, project.index = engine, tmp_path / "content", tmp_path / "index"
        turn, before = date(2027, 1, 1), date(2026, 12, 31)
        project.write(filed(live_to=before), filed(body=changed(ONE_OFF, answer="Từ năm mới."), live_from=turn), RATE)
        (project.index / "s1").mkdir(parents=True)
        (project.index / "s1" / "manifest.json").write_text("{}", encoding="utf-8")
        (project.index / "current").write_text("s1\n", encoding="utf-8")
        seed_if_empty(engine, project.index, project.content, NOW)
        with reading(engine) as connection:
            live = live_release(connection)
            assert live.versions["faq/rut-mot-lan"] == (1, 2)
            again = documents_of(connection, live)
        unplaced = [changed(one, number=0, place=0) for one in again]
        assert [changed(one, place=0) for one in read_content(project.content)] == sorted(
            unplaced, key=lambda one: (one.kind is not DocumentKind.PARAMETER, one.live_from or date.min)
        )


class TestChanges:
    def test_without_changes_nothing_is_published(self, project):
        report = project.publish()
        assert (report.version_ids, report.unchanged, dict(report.found)) == ((), 3, {})

    def test_what_changed_in_the_files_only_is_published_as_they_say(self, project):
        project.write(filed(body=changed(ONE_OFF, answer="Sửa trong tệp.")), BIRTH_ENTRY, RATE)
        assert project.sync(dry_run=True).of(Taken.CHANGED) == ("faq/rut-mot-lan",)
        project.publish()
        desk = Desk(project)
        assert [one.state for one in desk.versions()] == [VersionState.SUPERSEDED, VersionState.PUBLISHED]
        assert desk.versions()[-1].author_id is None
        assert project.publish().version_ids == ()

    def test_a_dry_run_changes_nothing(self, project):
        project.write(filed(body=changed(ONE_OFF, answer="Sửa trong tệp.")), RATE)
        project.sync(dry_run=True)
        assert len(Desk(project).versions()) == 1

    def test_what_editors_published_is_not_undone_by_unchanged_files(self, project):
        desk = Desk(project)
        desk.published(answer="Biên tập viên sửa.")
        assert project.publish().version_ids == ()
        assert desk.live().body["answer"] == "Biên tập viên sửa."

    def test_what_changed_on_both_sides_becomes_a_draft_and_is_said_once(self, project):
        desk = Desk(project)
        desk.published(answer="Biên tập viên sửa.")
        project.write(filed(body=changed(ONE_OFF, answer="Tệp sửa khác.")), BIRTH_ENTRY, RATE)
        assert project.publish().of(Taken.BOTH) == ("faq/rut-mot-lan",)
        assert desk.live().body["answer"] == "Biên tập viên sửa."
        assert (desk.opened().state, desk.opened().body["answer"]) == (VersionState.DRAFT, "Tệp sửa khác.")
        assert dict(project.publish().found) == {}

    def test_an_open_draft_is_never_written_over(self, project):
        desk = Desk(project)
        draft = desk.save(desk.draft(), "Đang viết dở.")
        project.write(filed(body=changed(ONE_OFF, answer="Tệp sửa khác.")), BIRTH_ENTRY, RATE)
        for _ in range(2):
            assert project.publish().of(Taken.HELD) == ("faq/rut-mot-lan",)
        assert desk.opened() == draft

    def test_what_was_taken_out_of_the_files_is_withdrawn(self, project):
        project.write(filed(), RATE)
        assert project.publish().of(Taken.REMOVED) == ("faq/sinh-con-tro-cap",)
        with reading(project.engine) as connection:
            assert "faq/sinh-con-tro-cap" not in live_release(connection).versions
        assert project.publish().version_ids == ()

    def test_a_new_entry_is_added(self, project):
        project.write(filed(), BIRTH_ENTRY, RATE, filed("moi", changed(BIRTH, question="Câu mới?"), 2))
        assert project.publish().of(Taken.NEW) == ("faq/moi",)
        with reading(project.engine) as connection:
            assert live_release(connection).versions["faq/moi"] == (1,)

    def test_a_try_that_ended_half_way_is_taken_up_again(self, project):
        project.write(filed(body=changed(ONE_OFF, answer="Sửa trong tệp.")), BIRTH_ENTRY, RATE)
        first = project.sync()
        assert project.publish().version_ids == first.version_ids
        assert Desk(project).live().body["answer"] == "Sửa trong tệp."

    def test_files_that_cannot_be_read_change_nothing(self, project):
        (project.content / "faqs" / "thu.yml").write_text("topic: [", encoding="utf-8")
        with pytest.raises(KnowledgeError):
            project.sync()
        assert len(Desk(project).versions()) == 1


class Desk(KnowledgeDesk):
    """The steps of editors on a base that is there."""

    def __init__(self, project):
        self.engine, self.now = project.engine, NOW


def test_a_release_of_one_draft_writes_the_files_with_it(engine, tmp_path):
    desk = KnowledgeDesk(engine)
    preview = desk.request(desk.submit(desk.save(desk.draft())), kind=ReleaseKind.PREVIEW)
    desk.read(write_content, preview, tmp_path)
    assert "Câu trả lời mới" in (tmp_path / "faqs" / "thu.yml").read_text(encoding="utf-8")
    assert "{document: faq/rut-mot-lan, version: 2}" in (tmp_path / "versions.yml").read_text(encoding="utf-8")
