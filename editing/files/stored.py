"""Documents of the database as the readable files hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, or_, select

from editing.bodies.body import body_from_json
from editing.document import DocumentKind, knowledge_documents
from editing.errors import OutdatedError
from editing.files.filed import FiledDocument
from editing.files.writing import write_files, write_versions
from editing.release import Release
from editing.version import VersionState, knowledge_versions

NO_PLACES: Mapping[str, FiledDocument] = MappingProxyType({})


def write_content(
    connection: Connection, release: Release, folder: Path, places: Mapping[str, FiledDocument] = NO_PLACES
) -> tuple[FiledDocument, ...]:
    """The files of exactly this release, with `versions.yml`.

    `places` say by name where documents stand and under which topic, once the release is live; the database says it of
    the others. Raises OutdatedError as `documents_of`.
    """
    documents = tuple(_placed(one, places.get(one.name, one)) for one in documents_of(connection, release))
    write_files(documents, folder)
    write_versions(documents, folder)
    return documents


def documents_of(connection: Connection, release: Release) -> tuple[FiledDocument, ...]:
    """What the release serves; a document with a scheduled version comes twice, in the order of their days.

    Raises OutdatedError when another release went live since it was wished for: its versions may have ended.
    """
    found = {(one.name, one.number): one for one in _candidates(connection, release)}
    wanted = [(name, numbers) for name, numbers in release.versions.items()]
    missing = [name for name, numbers in wanted for number in numbers if (name, number) not in found]
    if missing:
        raise OutdatedError(f"release {release.id} lacks {len(missing)} versions, e.g. of {missing[0]}")
    return tuple(one for name, numbers in wanted for one in _periods([found[name, number] for number in numbers]))


def _placed(document: FiledDocument, at: FiledDocument) -> FiledDocument:
    return replace(document, file=at.file, place=at.place, topic=at.topic)


def _periods(versions: Sequence[FiledDocument]) -> Iterator[FiledDocument]:
    """Each until the day before the next one."""
    for version, follower in zip(versions, [*versions[1:], None], strict=True):
        yield replace(version, live_to=_last_day(version.live_to, follower.live_from if follower else None))


def _last_day(live_to: date | None, replaced_on: date | None) -> date | None:
    before = replaced_on - timedelta(days=1) if replaced_on else None
    return min(live_to, before) if live_to and before else live_to or before


def _candidates(connection: Connection, release: Release) -> Iterator[FiledDocument]:
    columns = knowledge_versions.c
    coming = [change["version_id"] for change in release.changes if change.get("version_id")]
    served = or_(columns.state == VersionState.PUBLISHED.value, columns.id.in_(coming))
    joined = knowledge_documents.join(knowledge_versions, columns.document_id == knowledge_documents.c.id)
    wanted = (columns.number, columns.body, columns.live_from, columns.live_to)
    statement = select(*knowledge_documents.c, *wanted).select_from(joined).where(served)
    for row in connection.execute(statement).mappings():
        yield _filed(row)


def _filed(row: Mapping[Any, Any]) -> FiledDocument:
    kind = DocumentKind(row["kind"])
    return FiledDocument(
        kind=kind,
        key=row["key"],
        file=row["file"],
        place=row["place"],
        topic=row["topic"],
        body=body_from_json(kind, row["body"]),
        live_from=row["live_from"],
        live_to=row["live_to"],
        number=row["number"],
    )
