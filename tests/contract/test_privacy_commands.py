"""`bhxh citizen` and `bhxh retention` at a terminal, on both databases."""

import json
import stat
import zipfile

import pytest
from typer.testing import CliRunner

from app.cli import build_app
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading
from tests.fakes.accounts import add_operator
from tests.fakes.traces import TELEPHONE, Traces, found_in, make_memory

REASON = "Theo đơn số 12"


@pytest.fixture
def citizen(engine):
    return Traces(engine, add_operator(engine).id).leave()


@pytest.fixture
def trackers(tmp_path, monkeypatch):
    file = tmp_path / "trackers.db"
    monkeypatch.setattr("app.commands.citizen.TRACKERS", file)
    return file


@pytest.fixture
def bhxh(engine, trackers, tmp_path, monkeypatch):
    """Exit status and everything that was printed."""
    monkeypatch.setenv("BHXH_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.chdir(tmp_path)

    def run(*words, typed=None):
        done = CliRunner().invoke(build_app(), words, input=typed)
        return done.exit_code, done.output + str(done.exception or "")

    return run


def audited(engine, action):
    with reading(engine) as connection:
        return entries(connection, AuditFilter(action=action), 9)


def test_finding_shows_ids_and_nothing_whole(engine, bhxh, citizen):
    status, said = bhxh("citizen", "find", citizen.code, "--json")
    (row,) = json.loads(said)
    assert (status, row["conversation"], row["contacts"]) == (0, citizen.id, "•••321")
    assert TELEPHONE not in said
    assert citizen.name not in said
    assert len(audited(engine, AuditAction.CITIZEN_SEARCHED)) == 1


def test_the_export_is_a_file_of_its_owner_alone_and_never_overwrites(engine, bhxh, citizen, trackers, tmp_path):
    make_memory(trackers, citizen.id)
    status, said = bhxh("citizen", "export", citizen.id, "--reason", REASON)
    file = tmp_path / f"du-lieu-cong-dan-{citizen.code}.zip"
    assert (status, said) == (0, f"✓ {file.name}\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "bo-nho-tro-ly.json" in zipfile.ZipFile(file).namelist()
    (line,) = audited(engine, AuditAction.CITIZEN_EXPORTED)
    assert line.actor.startswith("terminal:")
    assert bhxh("citizen", "export", citizen.id, "--reason", REASON, "--out", str(file))[0] == 1
    assert bhxh("citizen", "export", citizen.id, "--reason", REASON)[0] == 1
    assert len(audited(engine, AuditAction.CITIZEN_EXPORTED)) == 1


@pytest.mark.parametrize("typed", ["", "\n", "BHXH-2222-2222\n"])
def test_nothing_is_erased_without_the_code(engine, bhxh, citizen, typed):
    assert bhxh("citizen", "erase", citizen.id, "--reason", REASON, typed=typed)[0] == 1
    assert "tickets" in {table for table, _ in found_in(engine, citizen.markers)}


def test_an_erasure_takes_the_dialogue_engines_memory_along(engine, bhxh, citizen, trackers):
    make_memory(trackers, citizen.id)
    assert bhxh("citizen", "erase", citizen.id, "--reason", REASON, typed=f"{citizen.code}\n")[0] == 0
    assert citizen.id.encode() not in trackers.read_bytes()
    assert {table for table, _ in found_in(engine, citizen.markers)} <= {"audit_entries", "memory_erasures"}
    assert "nothing is held" in bhxh("citizen", "erase", citizen.id, "--reason", REASON, "--confirm", citizen.code)[1]


@pytest.mark.parametrize("act", ["export", "erase"])
@pytest.mark.parametrize("reason", ["", "abc", "x" * 201])
def test_a_reason_is_needed(bhxh, citizen, act, reason):
    status, said = bhxh("citizen", act, citizen.id, "--reason", reason)
    assert status == 1
    assert "give a reason of 5 to 200 characters" in said


def test_retention_says_what_would_go_and_then_does_it(engine, bhxh, citizen):
    assert bhxh("citizen", "find", "ab")[0] == 1
    status, said = bhxh("retention", "--dry-run", "--json")
    assert (status, json.loads(said)["messages"]) == (0, 0)
    assert audited(engine, AuditAction.RETENTION_RUN) == ()
    status, said = bhxh("retention")
    assert status == 0
    assert "older than 1825 days" in said
    assert len(audited(engine, AuditAction.RETENTION_RUN)) == 1
