"""Finding and exporting a citizen keep no writer waiting, and hand out nothing that could not be noted."""

import pytest

from app.privacy.desk import PrivacyDesk
from app.privacy.erasing import erase_citizen
from app.privacy.texts import load_export_texts
from connectors.dialogue_memory import DialogueMemory
from desk.audit import AuditAction, AuditFilter, entries
from desk.citizen import PrivacyRequest
from desk.database import reading, writing
from tests.fakes.accounts import add_operator
from tests.fakes.stored import at
from tests.fakes.traces import Traces


@pytest.fixture
def citizen(engine):
    return Traces(engine, add_operator(engine).id).leave()


@pytest.fixture
def privacy(tmp_path):
    return PrivacyDesk(None, DialogueMemory(tmp_path / "none.db"), load_export_texts())


def asked(citizen):
    return PrivacyRequest(citizen.id, "operator:1", "Theo đơn")


def test_they_are_read_while_another_writes(engine, citizen, privacy):
    # On SQLite a second writer would wait for ten seconds, and fail.
    with writing(engine), reading(engine) as connection:
        assert [one.conversation_id for one in privacy.find(connection, citizen.code)] == [citizen.id]
        assert privacy.export(connection, asked(citizen), at(60)).content


def test_what_was_erased_while_it_was_read_is_not_handed_out(engine, citizen, privacy):
    with reading(engine) as connection:
        archive = privacy.export(connection, asked(citizen), at(60))
    with writing(engine) as connection:
        assert privacy.note_export(connection, asked(citizen), archive.counts, at(61))
        assert erase_citizen(connection, asked(citizen), at(62)) is not None
        assert not privacy.note_export(connection, asked(citizen), archive.counts, at(63))
    with reading(engine) as connection:
        assert len(entries(connection, AuditFilter(action=AuditAction.CITIZEN_EXPORTED), 9)) == 1
