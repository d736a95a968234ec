"""`bhxh knowledge`: import, export, validate, publish, roll back, list, history."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from app.clock import now
from app.commands.operator import terminal
from app.commands.wordings import show_confusions, show_readings
from app.failures import CommandError
from app.listing import as_json_text, show_rows
from app.paths import SETTINGS

BAR_CELLS = 30
AS_JSON = typer.Option(False, "--json", help="As JSON")


def register(app: typer.Typer) -> None:
    """Adds the verb and its sub-verbs."""
    knowledge = typer.Typer(
        no_args_is_help=True, help="The knowledge base: import, export, validate, publish, roll back, list, history."
    )
    knowledge.command("import")(import_paths)
    for command in (export, validate, publish, rollback, history):
        knowledge.command()(command)
    knowledge.command("list")(list_documents)
    app.add_typer(knowledge, name="knowledge")


def import_paths(
    paths: list[Path] = typer.Argument(..., help="Directives as UTF-8 text, or content folders"),
    slug: str = typer.Option("", help="Name of the one directive; left out, made from the document's number"),
    write: bool = typer.Option(False, "--write", help="Keep them as drafts; without this they are only looked at"),
    as_json: bool = AS_JSON,
) -> None:
    """Read directives or content folders and show what they hold; with --write they become drafts for the editors."""
    from app.knowledge_base.importing import add_directive, import_drafts, read_directive, read_paths, structure_of
    from app.knowledge_base.opening import has_knowledge, opened_base
    from desk.database import writing
    from editing.actor import Actor
    from editing.errors import EditingError

    files = [path for path in paths if path.is_file()]
    if not as_json:
        for file in files:
            typer.echo("\n".join(structure_of(read_directive(file, slug))))
    if not has_knowledge(os.environ):
        for file in files if write else ():
            typer.echo(f"✓ {add_directive(file, read_directive(file, slug))}; now: bhxh knowledge publish")
        return
    found = read_paths(tuple(paths), slug)
    with opened_base(os.environ) as engine:
        try:
            with writing(engine) as connection:
                lines = import_drafts(connection, found, Actor(None, terminal()), now(), write=write)
        except EditingError as error:
            raise CommandError(f"nothing was imported: {error}") from error
    shown = lines if as_json else tuple(line for line in lines if line.outcome != "same")
    show_rows(shown, as_json=as_json, none="nothing differs from what is served")


def export(folder: Path = typer.Argument(..., help="Where the readable files go")) -> None:
    """Write the live base back to readable files, as they are in knowledge/content."""
    from app.knowledge_base.opening import opened_base
    from desk.database import reading
    from editing.files.stored import documents_of
    from editing.files.writing import write_files
    from editing.release_store import live_release

    with opened_base(os.environ) as engine, reading(engine) as connection:
        live = live_release(connection)
        if live is None:
            raise CommandError("nothing is live yet")
        documents = documents_of(connection, live)
    write_files(documents, folder)
    typer.echo(f"✓ {folder}: {len(documents)} documents of release {live.id}")


def validate(
    questions: bool = typer.Option(
        False, "--questions", help="Instead: alternates that another entry answers better, each held out (minutes)"
    ),
    report: bool = typer.Option(False, "--report", help="Instead: how easily each answer is read, the hardest first"),
) -> None:
    """Check the files of FAQs, parameters and golden questions; exit status 1 on any error, warnings are only shown."""
    if questions or report:
        (show_confusions if questions else show_readings)()
        return
    from editing.gate.golden import load_golden, unknown_documents
    from knowledge.bootstrap import find_problems, load_documents, open_room
    from knowledge.library import GOLDEN_FILE

    problems = find_problems(SETTINGS)
    for problem in problems:
        typer.echo(f"{'!' if problem.is_warning else '✗'} {problem}")
    errors = [problem for problem in problems if not problem.is_warning]
    if errors:
        raise CommandError(f"{len(errors)} errors, {len(problems) - len(errors)} warnings")
    library = load_documents(SETTINGS)
    golden = load_golden(open_room(SETTINGS).content / GOLDEN_FILE)
    unknown = unknown_documents(golden, library.documents)
    if unknown:
        raise CommandError(f"{GOLDEN_FILE} expects documents that are not there: {', '.join(unknown)}")
    typer.echo(
        f"✓ {len(library.directives)} directives, {len(library.entries)} FAQ entries, "
        f"{len(library.passages)} passages, {len(golden)} golden questions; {len(problems)} warnings"
    )


def publish() -> None:
    """Take over what changed in the content folder and make it the live base; only what changed is embedded."""
    from app.knowledge_base.opening import has_knowledge, opened_base
    from knowledge.bootstrap import publish_content

    if not has_knowledge(os.environ):
        built = publish_content(SETTINGS, show_progress)
        made = f"{built.passages} passages, {built.embedded} texts embedded"
        typer.echo(f"✓ {built.id}: {made if built.is_new else 'nothing changed'}")
        return
    from app.knowledge_base.publishing import PublishingGround, publish_base
    from editing.actor import Actor
    from editing.errors import EditingError
    from knowledge.bootstrap import build_maker, open_room

    room = open_room(SETTINGS)
    # Nobody waits for an answer here, so the embedding may use the whole machine.
    ground = PublishingGround(room.content, room.index, build_maker(SETTINGS, os.cpu_count() or 1).embedder)
    with opened_base(os.environ) as engine:
        try:
            done = publish_base(engine, ground, Actor(None, terminal()), now, show_progress)
        except EditingError as error:
            raise CommandError(f"not published: {error}") from error
    for taken, names in done.report.found.items():
        typer.echo(f"{taken.value:<8} {', '.join(names)}")
    made = f"{done.built.embedded} of {done.built.texts_total} texts embedded"
    typer.echo(f"✓ release {done.release.id}, {done.built.id}: {made if done.built.is_new else 'nothing changed'}")


def rollback(
    release: str = typer.Argument("", help="Number of the release, or its index; left out, the one before"),
    reason: str = typer.Option("rolled back at the terminal", "--reason", help="Why: stands in the history"),
) -> None:
    """Make what was live before live again; running action servers follow within seconds."""
    from app.knowledge_base.opening import has_knowledge, opened_base
    from knowledge.bootstrap import open_room

    if not has_knowledge(os.environ):
        _switch_files(release)
        return
    from app.knowledge_base.going_back import go_back
    from editing.actor import Actor

    with opened_base(os.environ) as engine:
        actor = Actor(None, terminal())
        back = go_back(engine, open_room(SETTINGS).index, release, actor, reason, now())
    typer.echo(f"✓ release {back.id} serves {back.snapshot_id}; {len(back.changes)} documents as they were")


def list_documents(
    drafts: bool = typer.Option(False, "--drafts", help="Only documents that somebody works on"),
    snapshots: bool = typer.Option(False, "--snapshots", help="Indexes on disk instead of documents"),
    releases: bool = typer.Option(False, "--releases", help="What was and is live, and what waits"),
    coverage: bool = typer.Option(False, "--coverage", help="Facts of the files' ledger: used by what, unused and why"),
    as_json: bool = AS_JSON,
) -> None:
    """Documents with the version that is served and the draft beside it; or indexes, releases, facts."""
    from app.knowledge_base.opening import has_knowledge, opened_base
    from app.knowledge_base.rows import document_rows, release_rows
    from desk.calendar.zone import vietnam_date
    from desk.database import reading
    from knowledge.bootstrap import open_room

    if snapshots:
        _list_snapshots()
    elif coverage:
        _list_coverage(as_json)
    elif not has_knowledge(os.environ) and not drafts and not releases:
        _list_files()
    else:
        with opened_base(os.environ) as engine, reading(engine) as connection:
            if releases:
                index = open_room(SETTINGS).index
                show_rows(release_rows(connection, index), as_json=as_json, none="no release yet")
                return
            rows = document_rows(connection, vietnam_date(now()), drafts=drafts)
            show_rows(rows, as_json=as_json, none="nobody works on anything" if drafts else "nothing is served")


def history(
    document: str = typer.Argument(..., help="As `list` shows it: faq/…, directive/…, parameter/…"),
    as_json: bool = AS_JSON,
) -> None:
    """All versions of a document, and what happened to it."""
    from app.knowledge_base.opening import opened_base
    from app.knowledge_base.rows import history_rows
    from desk.database import reading

    with opened_base(os.environ) as engine, reading(engine) as connection:
        versions, events = history_rows(connection, document)
    if as_json:
        typer.echo(f'{{"versions": {as_json_text(versions)}, "events": {as_json_text(events)}}}')
        return
    show_rows(versions, as_json=False, none="no version")
    typer.echo()
    show_rows(events, as_json=False, none="nothing happened yet")


def _switch_files(snapshot: str) -> None:
    """Before there is a database the pointer alone decides."""
    from knowledge.bootstrap import list_snapshots, switch_snapshot

    ids, current = list_snapshots(SETTINGS)
    if not snapshot:
        earlier = [name for name in ids if name < current]
        if not earlier:
            raise CommandError(f"there is no snapshot before {current}")
        snapshot = earlier[-1]
    switch_snapshot(SETTINGS, snapshot)
    typer.echo(f"✓ {current} → {snapshot}")


def _list_snapshots() -> None:
    from knowledge.bootstrap import list_snapshots

    ids, current = list_snapshots(SETTINGS)
    for name in ids:
        typer.echo(f"{'*' if name == current else ' '} {name}")


def _list_coverage(as_json: bool) -> None:
    from knowledge.bootstrap import fact_coverage
    from knowledge.facts.coverage import topic_rows

    rows = fact_coverage(SETTINGS)
    topics = topic_rows(rows)
    if as_json:
        typer.echo(f'{{"topics": {as_json_text(topics)}, "facts": {as_json_text(rows)}}}')
        return
    for row in rows:
        users = " ".join((*row.entries, *row.parameters)) or f"{' '.join(row.drafts)} {row.because}".strip()
        typer.echo(f"{row.fact:<6} {row.standing:<8} {row.confidence:<6} {row.origin:<9} {users}".rstrip())
    show_rows(topics, as_json=False, none="there is no ledger of facts")


def _list_files() -> None:
    from knowledge.bootstrap import load_documents

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
