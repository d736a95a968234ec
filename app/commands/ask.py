"""`bhxh ask`: one question, or a file of them, to the knowledge base or to a running gateway."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import typer

from app.failures import CommandError
from app.rendering import answer_as_json, answer_as_text
from knowledge.passage import Collection

COLLECTIONS = ("directives", "faq", "all")


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command()(ask)


def ask(
    question: str = typer.Argument("", help="The question; leave out with --batch"),
    collection: str = typer.Option("all", help="directives, faq or all"),
    json_output: bool = typer.Option(False, "--json", help="Machine-readable on stdout"),
    batch: Path | None = typer.Option(None, help="JSONL file of questions: id and question, or id and turns"),
    out: Path | None = typer.Option(None, help="JSONL file for the answers of --batch"),
    as_of: str = typer.Option("", help="Day like 2027-01-01: what would be answered then; today when not given"),
    through: str = typer.Option("", help="URL of a running gateway: ask as a citizen in the web chat"),
) -> None:
    """Ask the knowledge base; with --through, the whole product."""
    chosen = parse_collection(collection)
    day = parse_day(as_of)
    if day is not None and (batch is not None or through):
        raise CommandError("--as-of goes with one question to the knowledge base")
    if batch is not None:
        ask_batch(batch, out, chosen, through)
        return
    if not question.strip():
        raise CommandError('Nothing asked. Try: bhxh ask "nghi thai san may thang"')
    if through:
        print_json(through_gateway(through, [question])[0])
        return
    assistant = build_assistant()
    started = time.perf_counter()
    record = assistant.answer(question, chosen, as_of=day)
    if json_output:
        print_json(answer_as_json(record, time.perf_counter() - started))
    else:
        typer.echo(answer_as_text(record))


def ask_batch(batch: Path, out: Path | None, collection: Collection | None, through: str) -> None:
    """One line in, one line out, in order; progress on stderr."""
    if out is None:
        raise CommandError("--batch needs --out FILE for the answers")
    rows = read_rows(batch)
    assistant = None if through else build_assistant()
    with out.open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows, 1):
            answer = answer_through(through, row) if assistant is None else answer_locally(assistant, row, collection)
            file.write(json.dumps({"id": row["id"], **answer}, ensure_ascii=False) + "\n")
            file.flush()
            print(f"\r{number}/{len(rows)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def answer_locally(assistant: Any, row: dict[str, Any], collection: Collection | None) -> dict[str, Any]:
    """Turns are asked one by one: the knowledge base has no memory of a conversation."""

    def one(question: str) -> dict[str, Any]:
        started = time.perf_counter()
        record = assistant.answer(question, collection)
        return answer_as_json(record, time.perf_counter() - started)

    if "turns" in row:
        return {"turns": [one(str(turn)) for turn in row["turns"]]}
    return one(str(row["question"]))


def answer_through(url: str, row: dict[str, Any]) -> dict[str, Any]:
    """A new conversation for each line."""
    if "turns" in row:
        return {"turns": through_gateway(url, [str(turn) for turn in row["turns"]])}
    return through_gateway(url, [str(row["question"])])[0]


def through_gateway(url: str, turns: list[str]) -> list[dict[str, Any]]:
    """Says the turns in one web conversation."""
    from app.citizen import say_all

    return say_all(url, turns)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Raises CommandError naming the line that is not usable."""
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CommandError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(row, dict) or "id" not in row or not ({"question", "turns"} & row.keys()):
            raise CommandError(f'{path}:{number}: expected {{"id", "question"}} or {{"id", "turns"}}')
        rows.append(row)
    return rows


def parse_collection(name: str) -> Collection | None:
    """None for `all`. Raises CommandError for any other word."""
    if name not in COLLECTIONS:
        raise CommandError(f"--collection {name}: choose {', '.join(COLLECTIONS)}")
    return None if name == "all" else Collection(name)


def parse_day(written: str) -> date | None:
    """None for nothing. Raises CommandError for what is no day."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise CommandError(f"--as-of {written}: write a day like 2027-01-01") from error


def build_assistant() -> Any:
    """Loads model and index; takes a few seconds."""
    from app.paths import SETTINGS
    from knowledge.bootstrap import build_assistant as build

    return build(SETTINGS)


def print_json(value: object) -> None:
    """On stdout, one object."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
