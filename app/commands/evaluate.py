"""`bhxh evaluate`: quality of search and answers on a file of questions."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from app.commands.ask import build_assistant, parse_collection
from app.failures import CommandError
from app.paths import SETTINGS
from knowledge.evaluation.metrics import Metrics, measure, measure_by
from knowledge.evaluation.outcome import Outcome

SHOWN_RANK = 5
SHOWN_PLACES = (1, 3)
SHOWN_KINDS = ("misses", "false", "unanswered")


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command()(evaluate)


def evaluate(
    topics: Path | None = typer.Option(
        None, help="JSONL file of questions with evidence, or with the facts that answer them"
    ),
    faqs: bool = typer.Option(False, "--faqs", help="Instead: do FAQ entries find themselves, each wording held out"),
    collection: str = typer.Option("all", help="directives, faq or all"),
    json_output: bool = typer.Option(False, "--json", help="Machine-readable on stdout"),
    show: str = typer.Option("", help="Also list: misses, false, unanswered"),
) -> None:
    """hit@k, MRR, share of answers that hold the evidence, false answers; by style and role."""
    from knowledge.bootstrap import facts_by_entry
    from knowledge.evaluation.run import run_topics
    from knowledge.evaluation.topic import load_topics

    if show and show not in SHOWN_KINDS:
        raise CommandError(f"--show {show}: choose {', '.join(SHOWN_KINDS)}")
    if faqs:
        typer.echo(faqs_find_themselves())
        return
    if topics is None:
        raise CommandError("say what to measure: --topics FILE, or --faqs")
    loaded = load_topics(topics)
    chosen = parse_collection(collection)
    done = 0

    def progress() -> None:
        nonlocal done
        done += 1
        print(f"\r{done}/{len(loaded)}", end="", file=sys.stderr, flush=True)

    outcomes = run_topics(build_assistant(), loaded, chosen, facts_by_entry(SETTINGS), progress)
    print(file=sys.stderr)
    show_outcomes(outcomes, json_output, show)


def show_outcomes(outcomes: tuple[Outcome, ...], json_output: bool, show: str) -> None:
    """Tables for a person, or one JSON object."""
    groups = {
        "all": {"all": measure(outcomes)},
        "style": measure_by(outcomes, lambda outcome: outcome.topic.style),
        "role": measure_by(outcomes, lambda outcome: outcome.topic.role),
    }
    if json_output:
        typer.echo(json.dumps(as_json(groups, outcomes), ensure_ascii=False, indent=2))
        return
    for name, metrics in groups.items():
        typer.echo(table(name, metrics))
    for line in listing(outcomes, show):
        typer.echo(line)


def faqs_find_themselves() -> str:
    """Shares of first and of first three places, with everything indexed and with each wording left out in turn."""
    from app.commands.knowledge import show_progress
    from knowledge.bootstrap import measure_self_retrieval
    from knowledge.evaluation.held_out import Asked, as_typed, share_right, without_diacritics

    measured = measure_self_retrieval(SETTINGS, show_progress)

    def line(name: str, asked: tuple[Asked, ...]) -> str:
        shares = "".join(f"{share_right(asked, places):>10.3f}" for places in SHOWN_PLACES)
        return f"{name:<44}{len(asked):>8}{shares}"

    heads = "".join(f"{f'hit@{places}':>10}" for places in SHOWN_PLACES)
    rows = (
        line("its question or alternate", as_typed(measured.own)),
        line("the same without diacritics", without_diacritics(measured.own)),
        line("an alternate held out", as_typed(measured.held_out)),
        line("the same without diacritics", without_diacritics(measured.held_out)),
    )
    return "\n".join((f"{'FAQ entry found by':<44}{'asked':>8}{heads}", *rows))


def table(name: str, groups: dict[str, Metrics]) -> str:
    """Aligned columns for a terminal; also pasted into docs by the benchmark."""
    heads = ("n", "hit@1", "hit@3", "hit@5", "hit@10", "MRR", "answered", "clarified", "evidence", "n-", "false")
    rows = [f"{name:<16}" + "".join(f"{head:>10}" for head in heads)]
    for group, m in groups.items():
        shares = (*m.hit_at.values(), m.mean_reciprocal_rank, m.answered, m.clarified, m.answer_holds_evidence)
        cells = f"{m.answerable:>10}" + "".join(f"{share:>10.3f}" for share in shares)
        rows.append(f"{group:<16}{cells}{m.unanswerable:>10}{m.false_answers:>10.3f}")
    return "\n".join(rows) + "\n"


def listing(outcomes: tuple[Outcome, ...], show: str) -> list[str]:
    """The single outcomes of one kind, for reading."""
    return [
        f"{o.topic.id:<10} {o.topic.style:<14} rank {o.rank:<3} {o.top_score:.2f} {o.status.value:<24} "
        f"{o.topic.question}"
        for o in outcomes
        if is_shown(o, show)
    ]


def is_shown(outcome: Outcome, show: str) -> bool:
    """Whether the outcome is of the kind that was asked for."""
    if show == "misses":
        return outcome.topic.answerable and not 1 <= outcome.rank <= SHOWN_RANK
    if show == "unanswered":
        return outcome.topic.answerable and not outcome.holds_evidence
    return show == "false" and outcome.is_false_answer


def as_json(groups: dict[str, dict[str, Metrics]], outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    """Groups of metrics and one row a topic."""
    return {
        "groups": {name: {key: asdict(m) for key, m in metrics.items()} for name, metrics in groups.items()},
        "topics": [
            {
                "id": o.topic.id,
                "rank": o.rank,
                "status": o.status.value,
                "holds_evidence": o.holds_evidence,
                "score": round(o.top_score, 4),
            }
            for o in outcomes
        ],
    }
