"""Alembic's entry: migrates over the connection that desk.migrate hands it, inside that connection's transaction."""

from alembic import context

from connectors import (
    dead_letters,
    deliveries,
    dialogue_memory,
    erased_messages,
    held_answer,
    inbox,
    leadership,
    outbox,
    poll_position,
)
from connectors.zalo_oa import tokens
from desk import (
    alert,
    answer_log,
    audit,
    canned_responses,
    channel_switch,
    feedback,
    notes,
    presence,
    retention_run,
    satisfaction,
)
from desk.accounts import lockout, operator, password, session
from desk.calendar import confirmation, holidays, kept_hours, roster
from desk.database import metadata
from desk.handoff import log as handoff_log
from desk.notices import announcement, hold, mailing, news_topic, recipient, said, subscription
from desk.tickets import late_dossier, ticket
from desk.tickets import log as ticket_log
from editing import document, history, release, suggested_reply, version
from editing.gaps import cluster as gap_cluster
from editing.gaps import history as gap_history
from editing.gaps import question as gap_question
from editing.importing import record as imports
from editing.relations import flag, law, relation

# Importing them is what fills the metadata.
DECLARING_MODULES = (
    inbox,
    outbox,
    deliveries,
    dead_letters,
    dialogue_memory,
    erased_messages,
    leadership,
    poll_position,
    tokens,
    alert,
    feedback,
    audit,
    canned_responses,
    notes,
    presence,
    channel_switch,
    retention_run,
    satisfaction,
    lockout,
    operator,
    password,
    session,
    confirmation,
    holidays,
    kept_hours,
    roster,
    handoff_log,
    late_dossier,
    ticket,
    ticket_log,
    news_topic,
    subscription,
    mailing,
    recipient,
    document,
    version,
    history,
    release,
    answer_log,
    gap_cluster,
    gap_question,
    gap_history,
    suggested_reply,
    imports,
    announcement,
    said,
    hold,
    held_answer,
    law,
    relation,
    flag,
)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, Alembic does not assume it
)
context.run_migrations()
