"""Who has asked for which news, in numbers, and the topics themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from console.editor.news_form import CHANNELS
from console.editor.news_page import PAGE, UNPROCESSABLE
from console.operator.pages import SEE_OTHER
from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.form import EMPTY_FORM
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.notices.news_topic import (
    DESCRIPTION_CHARACTERS,
    NAME_CHARACTERS,
    InvalidTopicError,
    NewsTopic,
    TopicTakenError,
    add_topic,
    change_topic,
    news_topics_of,
    topic_by_id,
)
from desk.notices.subscription import subscriber_counts

SUBSCRIBERS = PAGE + "/subscribers"
LONGEST_TYPED = 1_000


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. Before the doors of one mailing: `subscribers` is no number."""
    topics = _Topics(room)
    return (
        Door("GET", SUBSCRIBERS, Permission.READ_KNOWLEDGE, topics.page),
        Door("POST", PAGE + "/topics", Permission.EDIT_KNOWLEDGE, topics.add),
        Door("POST", PAGE + "/topics/{topic}", Permission.EDIT_KNOWLEDGE, topics.change),
    )


@dataclass(frozen=True)
class TopicRow:
    """`by_channel` holds every channel, with 0 where nobody has it."""

    topic: NewsTopic
    by_channel: Mapping[str, int]

    @property
    def total(self) -> int:
        """Conversations; one person who writes on two channels is two."""
        return sum(self.by_channel.values())


@dataclass(frozen=True)
class _Topics:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return await self._shown(visit, {}, None)

    async def add(self, visit: Visit) -> Response:
        name, description = _typed(visit)
        return await self._keep(
            visit,
            "topic_added",
            None,
            lambda connection: add_topic(connection, name, description, visit.operator.id, visit.now),
        )

    async def change(self, visit: Visit) -> Response:
        number = visit.number("topic")
        name, description = _typed(visit)
        changed = NewsTopic(number, name, description, visit.form.is_on("is_open"))

        def work(connection: Connection) -> None:
            if topic_by_id(connection, number) is None:
                raise RefusedError(Refusal.NOT_FOUND)
            change_topic(connection, changed, visit.operator.id, visit.now)

        return await self._keep(visit, "topic_changed", number, work)

    async def _keep(
        self, visit: Visit, said: str, number: int | None, work: Callable[[Connection], object]
    ) -> Response:
        try:
            await self.room.transactions.write(work)
        except TopicTakenError:
            return await self._shown(visit, {"name": "taken"}, number)
        except InvalidTopicError as error:
            return await self._shown(visit, {str(error): "invalid"}, number)
        return RedirectResponse(f"{SUBSCRIBERS}?said={said}", SEE_OTHER)

    async def _shown(self, visit: Visit, problems: Mapping[str, str], number: int | None) -> Response:
        rows = await self.room.transactions.read(read_topics)
        ground = self.room.editor.news
        return self.room.pages.page(
            visit,
            "news_subscribers.html",
            UNPROCESSABLE if problems else 200,
            rows=rows,
            channels=CHANNELS,
            ground=ground,
            said=ground.texts.said.get(visit.query("said", 20), ""),
            error=" ".join(ground.texts.problems_in_words(problems).values()),
            typed=visit.form if problems else EMPTY_FORM,
            typed_topic=number,
            limits={"name": NAME_CHARACTERS, "description": DESCRIPTION_CHARACTERS},
        )


def read_topics(connection: Connection) -> tuple[TopicRow, ...]:
    """Each topic with its subscribers."""
    counts = {(count.topic_id, count.channel): count.subscribers for count in subscriber_counts(connection)}
    return tuple(
        TopicRow(topic, {channel: counts.get((topic.id, channel), 0) for channel in CHANNELS})
        for topic in news_topics_of(connection)
    )


def _typed(visit: Visit) -> tuple[str, str]:
    return visit.form.text("name")[:LONGEST_TYPED], visit.form.text("description")[:LONGEST_TYPED]
