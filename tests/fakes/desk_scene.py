"""One citizen, two operators, and a witness who looks after every act."""

from connectors.message import Reply
from connectors.transcript import entries_after
from desk.database import reading
from desk.handoff.log import episode_by_id, events_of, open_episode
from desk.handoff.state import State
from tests.fakes.desk_witness import BOT_WORDS, Witness
from tests.fakes.desk_world import DeskWorld

AN = ("zalo_oa", "an")
KEY = "zalo_oa:main:an"


class Scene:
    """One citizen, Lan and Minh. After every act the witness looks."""

    def __init__(self, engine):
        self.world = DeskWorld(engine)
        self.lan = self.world.add_operator("lan", "Trần Thị Lan")
        self.minh = self.world.add_operator("minh", "Lê Văn Minh")
        self.witness = Witness(engine, lambda: self.world.time)
        self.written, self.replied, self.number = {}, {}, 0

    def looks(self):
        self.witness.looks(self.written, self.replied)

    def writes(self, words="Lương hưu tính thế nào?", citizen=AN, **more):
        self.number += 1
        self.world.writes(*citizen, self.number, words, **more)
        said = self.replied if more.get("kind") == "staff_wrote" else self.written
        said.setdefault(":".join((citizen[0], "main", citizen[1])), []).append(words)
        self.looks()

    def turn(self):
        return self.world.takes_turn()

    def is_answered(self, reply, citizen=AN, words="Lương hưu tính thế nào?"):
        """The citizen writes, and the assistant gives this reply."""
        self.writes(words, citizen)
        self.world.ends_turn(self.turn(), reply)
        self.looks()

    def wants_person(self, reason="requested", citizen=AN):
        self.is_answered(Reply(f"{BOT_WORDS}vâng", "handed_off_requested", handoff=reason), citizen, "gặp nhân viên")

    def waits(self, *sitting):
        """In the queue, with these operators at the desk, or Lan."""
        for operator in sitting or (self.lan,):
            self.world.sits_down(operator)
        self.wants_person()
        assert self.state is State.QUEUED

    def does(self, operator, act, **fields):
        answer = self.world.posts(operator, f"/console/conversations/{self.stored.id}/{act}", **fields)
        if act == "reply" and answer.status_code == 200:
            self.replied.setdefault(KEY, []).append(fields["text"])
        self.looks()
        return answer.status_code

    def later(self, **delta):
        self.world.passes(**delta)
        self.world.ticks()
        self.looks()

    @property
    def stored(self):
        with reading(self.world.engine) as connection:
            found = open_episode(connection, KEY)
            return episode_by_id(connection, 1) if found is None else found

    @property
    def state(self):
        return self.stored.episode.state

    @property
    def kinds(self):
        with reading(self.world.engine) as connection:
            return [event.kind for event in events_of(connection, self.stored.id)]

    @property
    def said(self):
        """Everything but the citizen's own words."""
        with reading(self.world.engine) as connection:
            return [entry.reply.text for entry in entries_after(connection, KEY, 0) if entry.role != "citizen"]

    @property
    def told(self):
        """What was said last by the desk itself."""
        return [text for text in self.said if not text.startswith(BOT_WORDS)]
