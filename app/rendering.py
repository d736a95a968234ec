"""How an answer looks on the command line, as JSON and as text."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from knowledge.answering.assistant import AnswerRecord
from knowledge.search_result import Hit


def answer_as_json(record: AnswerRecord, elapsed_seconds: float) -> dict[str, Any]:
    """The shape promised in the docs: status, text, citations, buttons, snapshot, document, version, hits, timings."""
    answer = record.answer
    best = record.result.hits[0].passage if record.result.hits else None
    return {
        "status": answer.status.value,
        "text": answer.text,
        "citations": [
            {key: value for key, value in asdict(citation).items() if key != "passage_id"}
            for citation in answer.citations
        ],
        "buttons": [{"title": option.title, "passage_id": option.passage_id} for option in answer.options],
        "snapshot": record.snapshot_id,
        "document": best.document_name if best else "",
        "version": best.version if best else "",
        "hits": [_hit(hit) for hit in record.result.hits],
        "timings": {step: round(seconds * 1000, 3) for step, seconds in record.result.timings.items()},
        "elapsed_ms": round(elapsed_seconds * 1000, 3),
    }


def answer_as_text(record: AnswerRecord) -> str:
    """For a person at the terminal."""
    answer = record.answer
    lines = [f"[{answer.status.value}]", answer.text]
    lines += [f"  → {option.title}" for option in answer.options]
    lines += [f"  [{citation.date}] {citation.label}. {citation.validity}".rstrip() for citation in answer.citations]
    lines += [
        f"  {hit.rank}. {hit.score:.2f} {hit.passage.id}  {hit.passage.title[:70]}" for hit in record.result.hits[:5]
    ]
    lines.append(f"  ({record.snapshot_id})")
    return "\n".join(lines)


def _hit(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "document": passage.document,
        "section": passage.section,
        "text": passage.text,
        "score": round(hit.score, 4),
        "rank": hit.rank,
        "passage_id": passage.id,
        "version": passage.version,
    }
