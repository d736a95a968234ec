"""Messages to many: their pages, their steps, and who has asked for them."""

from __future__ import annotations

from collections.abc import Sequence

from console.editor import news_page, news_steps, news_topics
from console.operator.room import Room
from console.security.access import Door


def doors(room: Room) -> Sequence[Door]:
    """In the order in which addresses are compared."""
    return (*news_topics.doors(room), *news_page.doors(room), *news_steps.doors(room))
