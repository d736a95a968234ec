"""Editors and a real workshop over a small base with the fake embedder; each build is a call, no thread runs."""

from dataclasses import replace
from datetime import timedelta

from app.workshop import Ground, build_workshop
from editing.documents import find_named
from editing.gate.report import read_report
from editing.pointer import reconcile
from editing.release import ReleaseKind
from editing.release_store import live_release, release_by_id
from editing.seeding import seed_if_empty
from editing.settings import read_settings
from knowledge.embedding.fake import FakeEmbedder
from knowledge.pointer import current_id
from knowledge.search.builder import build_candidate, make_current
from tests.fakes.lifecycle import NOW, KnowledgeDesk
from tests.small_content import LOST_CARD, RATE, SETTINGS, small_maker, write_content

FEW_DIMENSIONS = 64
"""The topic space is solved anew in each build: this is quick."""
WHERE = "Cơ quan thử"
GO_THERE = f"\nNơi làm: {WHERE}."
"""What stands below every answer of this base."""
CARD, RATES = "faq/mat-the", "faq/muc-dong"


class WorkshopDesk(KnowledgeDesk):
    """`folder` gets the index and the content; `numbers` are settings of the workshop."""

    def __init__(self, engine, folder, embedder=None, followed=lambda: None, **numbers):
        self.engine, self.now = engine, NOW
        self.index, self.content = folder / "index", folder / "content"
        self.maker = small_maker(self.index, lambda: self.now.date(), embedder or FakeEmbedder(FEW_DIMENSIONS))
        if not self.index.exists():
            write_content(self.content, *(replace(one, where=WHERE) for one in (LOST_CARD, RATE)))
            built = build_candidate(self.content, self.maker.embedder, self.index, NOW)
            make_current(self.index, built.id)
        seed_if_empty(engine, self.index, self.content, NOW)
        self.golden = self.content / "golden.yml"
        settings = read_settings(SETTINGS)
        self.settings = replace(settings, workshop=replace(settings.workshop, **numbers))
        ground = Ground(engine, self.maker, self.settings, self.golden, "workshop:1", followed, lambda: self.now)
        self.workshop = build_workshop(ground)

    def build(self):
        """All that is wished for."""
        while self.workshop.loop.build_next():
            self.now += timedelta(seconds=1)

    def release(self, release_id):
        return self.read(release_by_id, release_id)

    def report(self, release):
        return read_report(self.release(release.id).report)

    def candidate(self, *versions, kind=ReleaseKind.CHANGES):
        """Built and ready."""
        release = self.request(*versions, kind=kind)
        self.build()
        return self.release(release.id)

    def publish(self, release):
        live = super().publish(release)
        self.read(reconcile, self.index)
        return live

    def live_release(self):
        return self.read(live_release)

    @property
    def pointer(self):
        return current_id(self.index)

    def exists(self, name):
        return self.read(find_named, name) is not None
