"""The gate on the base as it is served, with the real model: one changed entry is the one difference."""

import os
import shutil
from dataclasses import replace

import pytest

from app.clock import now
from app.workshop import build_workshop, open_ground
from desk.database import build_engine
from desk.migrate import upgrade
from editing.gate.change import ChangeKind
from editing.gate.report import read_report
from editing.release import ReleaseState
from editing.releasing import previews_of
from editing.seeding import seed_if_empty
from knowledge.pointer import current_id
from tests.conftest import ROOT
from tests.fakes.lifecycle import KnowledgeDesk

pytestmark = [pytest.mark.model, pytest.mark.stack]
ENTRY = "faq/thai-san-kham-thai"
ADDED = "Anh/chị báo trước cho đơn vị."


class RealDesk(KnowledgeDesk):
    def __init__(self, folder):
        self.index = folder / "index"
        source = ROOT / "var" / "index"
        snapshot_id = current_id(source)
        shutil.copytree(source / snapshot_id, self.index / snapshot_id)
        shutil.copy(source / "current", self.index / "current")
        self.engine, self.now = build_engine(f"sqlite:///{folder / 'real.db'}"), now()
        upgrade(self.engine)
        seed_if_empty(self.engine, self.index, ROOT / "knowledge" / "content", self.now)
        ground = open_ground(ROOT / "settings.yml", self.engine, "real", os.environ)
        ground = replace(ground, maker=replace(ground.maker, index=self.index), followed=lambda: None)
        self.workshop = build_workshop(ground)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = RealDesk(tmp_path_factory.mktemp("real"))
    yield desk
    desk.engine.dispose()


def test_one_changed_entry_is_the_one_difference_and_costs_next_to_nothing(desk):
    draft = desk.draft(ENTRY)
    version = desk.submit(desk.save(draft, f"{draft.body['answer'].strip()}\n{ADDED}"))
    desk.workshop.loop.build_next()
    (built,) = desk.read(previews_of, version.id)
    report = read_report(built.report)
    assert built.state is ReleaseState.READY
    assert {(change.after.document, change.kind) for change in report.changes} == {(ENTRY, ChangeKind.OTHER_TEXT)}
    assert all(ADDED in change.after.text for change in report.changes)
    assert (report.regressions, report.missed, report.moved) == (0, (), ())
    assert report.met_after == report.met_before >= report.expecting - 5
    assert built.texts_embedded < built.texts_total / 1_000
