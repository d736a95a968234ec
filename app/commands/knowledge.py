"""`bhxh knowledge`: import, validate, publish, roll back, list."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from app.failures import CommandError
from app.paths import SETTINGS

BAR_CELLS = 30


def register(app: typer.Typer) -> None:
    """Adds the verb and its sub-verbs."""
    knowledge = typer.Typer(
        no_args_is_help=True, help="The knowledge base: import, validate, publish, roll back, list."
    )
    knowledge.command("import")(import_directive)
    for command in (validate, publish, rollback):
        knowledge.command()(command)
    knowledge.command("list")(list_passages)
    app.add_typer(knowledge, name="knowledge")


def import_directive(
    file: Path = typer.Argument(..., help="A directive as UTF-8 text"),
    slug: str = typer.Option("", help="Name in the knowledge base; left out, made from the document's number"),
    write: bool = typer.Option(False, "--write", help="Keep it; without this the parsed structure is only shown"),
) -> None:
    """Read a directive, show its structure, and with --write add it to the content folder."""
    from app.directive_import import add_directive, read_directive, structure_of

    directive = read_directive(file, slug)
    for line in structure_of(directive):
        typer.echo(line)
    if write:
        typer.echo(f"✓ {add_directive(file, directive)}; now: bhxh knowledge publish")


def validate() -> None:
    """Check FAQs and parameters; exit status 1 on any error, warnings are only shown."""
    from knowledge.bootstrap import find_problems, load_documents

    problems = find_problems(SETTINGS)
    for problem in problems:
        typer.echo(f"{'!' if problem.is_warning else '✗'} {problem}")
    errors = [problem for problem in problems if not problem.is_warning]
    if errors:
        raise CommandError(f"{len(errors)} errors, {len(problems) - len(errors)} warnings")
    library = load_documents(SETTINGS)
    typer.echo(
        f"✓ {len(library.directives)} directives, {len(library.entries)} FAQ entries, "
        f"{len(library.passages)} passages; {len(problems)} warnings"
    )


def publish() -> None:
    """Make the content folder the current index; only what changed is embedded."""
    from knowledge.bootstrap import publish_content

    published = publish_content(SETTINGS, show_progress)
    made = f"{published.passages} passages, {published.embedded} texts embedded"
    typer.echo(f"✓ {published.id}: {made if published.is_new else 'nothing changed'}")
    if published.is_new:
        typer.echo("  A running product shows it after a restart.")


def rollback(
    snapshot: str = typer.Argument("", help="Id of the snapshot; left out, the one before the current"),
) -> None:
    """Make an earlier index the current one again."""
    from knowledge.bootstrap import list_snapshots, switch_snapshot

    ids, current = list_snapshots(SETTINGS)
    if not snapshot:
        earlier = [name for name in ids if name < current]
        if not earlier:
            raise CommandError(f"there is no snapshot before {current}")
        snapshot = earlier[-1]
    switch_snapshot(SETTINGS, snapshot)
    typer.echo(f"✓ {current} → {snapshot}; running action servers load it at their next start")


def list_passages(
    snapshots: bool = typer.Option(False, "--snapshots", help="Indexes instead of documents"),
) -> None:
    """Documents with their passages, or the indexes that can be rolled back to."""
    from knowledge.bootstrap import list_snapshots, load_documents

    if snapshots:
        ids, current = list_snapshots(SETTINGS)
        for name in ids:
            typer.echo(f"{'*' if name == current else ' '} {name}")
        return
    library = load_documents(SETTINGS)
    for directive in library.directives:
        count = sum(passage.document == directive.number for passage in library.passages)
        typer.echo(f"{directive.number:<16} {directive.issued_on:%d/%m/%Y} {count:>4}  {directive.subject}")
    for entry in library.entries:
        typer.echo(f"{entry.id:<44} {entry.status:<6} {entry.review_by:%d/%m/%Y}  {entry.question}")


def show_progress(done: int, total: int) -> None:
    """A bar on stderr."""
    filled = BAR_CELLS * done // max(total, 1)
    end = "\n" if done >= total else ""
    print(f"\r[{'#' * filled}{'.' * (BAR_CELLS - filled)}] {done}/{total}", end=end, file=sys.stderr, flush=True)
