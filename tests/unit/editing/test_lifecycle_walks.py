"""Random walks through the lifecycle: whatever people try, in whatever order, some things always hold."""

import random
from datetime import date

import pytest

from desk.database import build_engine, metadata
from editing.errors import EditingError
from editing.release import ReleaseState
from editing.release_store import live_release, releases
from editing.version import OPEN, VersionState
from tests.fakes.lifecycle import AN, APPROVER, BINH, ENTRY, TODAY, KnowledgeDesk

STEPS = 60
AS_IT_SHOULD_BE = 20
NEW_YEAR = date(2027, 1, 1)


class Walk:
    """Tries a step that chance picks; a refusal is as good as a success, but it must change nothing."""

    def __init__(self, engine, seed):
        self.desk = KnowledgeDesk(engine)
        self.chance = random.Random(seed)
        self.published = {}

    def step(self):
        writing = (self.draft, self.save, self.submit, self.take_back, self.approve, self.reject, self.discard)
        others = (self.request, self.publish, self.force, self.roll_back, self.withdraw)
        tried = self.chance.choice((*writing, *others, *[self.go_on] * AS_IT_SHOULD_BE))
        before = self.picture()
        try:
            tried()
        except EditingError:
            assert self.picture() == before

    def picture(self):
        versions = tuple((one.id, one.state, one.revision, one.digest) for one in self.desk.versions())
        return versions, tuple((one.id, one.state) for one in self.desk.read(releases, 1_000))

    def anybody(self):
        return self.chance.choice([AN, BINH, APPROVER])

    def some_version(self):
        return self.chance.choice(self.desk.versions())

    def some_release(self):
        return self.chance.choice(self.desk.read(releases, 1_000))

    def go_on(self):
        """What would come next where nobody makes a mistake."""
        opened = self.desk.opened()
        if opened is None:
            self.save_it(self.desk.draft())
        elif opened.state is VersionState.SUBMITTED:
            self.desk.approve(opened)
        elif opened.state is VersionState.APPROVED:
            self.desk.publish(self.desk.built(self.desk.request(opened)))
        else:
            self.desk.submit(opened)

    def draft(self):
        self.desk.draft(actor=self.anybody())

    def save(self):
        self.save_it(self.some_version())

    def save_it(self, version):
        days = self.chance.choice([{}, {"live_from": NEW_YEAR}, {"live_to": NEW_YEAR}])
        self.desk.save(version, f"Lần {self.chance.random()}.", self.chance.choice([AN, BINH]), **days)

    def submit(self):
        self.desk.submit(self.some_version(), self.anybody())

    def take_back(self):
        self.desk.take_back(self.some_version(), self.anybody())

    def approve(self):
        self.desk.approve(self.some_version(), self.anybody())

    def reject(self):
        self.desk.reject(self.some_version(), actor=self.anybody())

    def discard(self):
        self.desk.discard(self.some_version(), self.anybody())

    def withdraw(self):
        self.desk.withdrawal()

    def request(self):
        self.desk.built(self.desk.request(self.some_version()))

    def publish(self):
        self.desk.publish(self.some_release())

    def force(self):
        self.desk.force(self.some_release())

    def roll_back(self):
        self.desk.roll_back(self.some_release().id)

    def check(self):
        versions, live = self.desk.versions(), self.desk.read(live_release)
        assert sum(one.state in OPEN for one in versions) <= 1
        served = {one.number for one in versions if one.state is VersionState.PUBLISHED}
        assert served == set(live.versions.get(ENTRY, ()))
        for day in (TODAY, NEW_YEAR):
            assert sum(one.standing(day).value == "live" for one in versions) <= 1
        states = [one.state for one in self.desk.read(releases, 1_000)]
        assert states.count(ReleaseState.LIVE) == 1
        for one in versions:
            if one.published_at is not None:
                # What citizens were once told stays as it was, word for word.
                assert self.published.setdefault(one.id, one.digest) == one.digest


@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_try_one_whole_set_is_served_and_nothing_published_changes(tmp_path, seed):
    engine = build_engine(f"sqlite:///{tmp_path / 'walk.db'}")
    metadata.create_all(engine)
    walk = Walk(engine, seed)
    for _ in range(STEPS):
        walk.step()
        walk.check()
    assert len(walk.published) > 2
    engine.dispose()
