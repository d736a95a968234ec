"""Takes away what could be computed back to a citizen's words: the vectors made of them."""

from __future__ import annotations

from sqlalchemy import Connection, null, select, update

from desk.answer_log import answer_log
from editing.gaps.cluster import gap_clusters
from editing.gaps.question import gap_questions

_ASKED = gap_questions.join(answer_log, answer_log.c.id == gap_questions.c.answer_id)
_FORGOTTEN = {"vector": null(), "model": "", "central_id": None}


def forget_vectors(connection: Connection, conversation_id: str) -> None:
    """Of gaps that this citizen asked for; the next round of sorting makes them anew of what others asked."""
    theirs = select(gap_questions.c.cluster_id).select_from(_ASKED)
    asked = theirs.where(answer_log.c.conversation_id == conversation_id, gap_questions.c.cluster_id.is_not(None))
    connection.execute(update(gap_clusters).where(gap_clusters.c.id.in_(asked)).values(_FORGOTTEN))


def forget_old_vectors(connection: Connection) -> None:
    """Of gaps whose central question has been emptied."""
    is_central = gap_questions.c.id == gap_clusters.c.central_id
    emptied = select(gap_questions.c.id).select_from(_ASKED).where(is_central, answer_log.c.question == "")
    gone = update(gap_clusters).where(emptied.correlate(gap_clusters).exists())
    connection.execute(gone.values(_FORGOTTEN))
