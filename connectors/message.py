"""What travels between a channel, the inbox, the dialogue engine and the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.conversation import ConversationKey

NO_STATUS = "no_status"
"""Status of a fixed dialogue line: a greeting is no answer."""

TRANSCRIPT_SENT = "transcript_sent"
OF_THE_DESK = ("desk_", "satisfaction_", "news_", TRANSCRIPT_SENT)
"""What the desk says of itself has a status that begins so, whoever says it: worker, clock or console."""


class InboundKind(StrEnum):
    """What a citizen, or the channel on their behalf, did."""

    TEXT = "text"
    CHOICE = "choice"  # pressed one of our buttons; `choice` is the key that the button carried
    ATTACHMENT = "attachment"  # picture, file, voice, place, sticker … without words
    CONTACT = "contact"  # filled in the channel's own form of name and telephone
    FOLLOWED = "followed"  # opened the door: followed the account, or unblocked the bot
    LEFT = "left"  # unfollowed or blocked: nothing can be sent any more
    WITHDRAWN = "withdrawn"  # wants everything that we hold about them erased
    STAFF_WROTE = "staff_wrote"  # a person of the agency answered in the channel's own tool


@dataclass(frozen=True)
class Attachment:
    """What was attached, as the channel described it. Nothing is ever fetched from `url`."""

    kind: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True)
class Contact:
    """What a citizen gave in the channel's own form; empty where nothing was filled in."""

    name: str
    telephone: str
    address: str = ""


@dataclass(frozen=True)
class InboundMessage:
    """`text` is what the citizen sees as their own words; `payload` is what a pressed button stands for.

    A channel sets `choice` and leaves `payload` alone: connectors/choice.py looks up what was offered.
    `receipt` is what `Channel.after_stored` needs to tell the channel that the update arrived; it is not kept.
    """

    conversation: ConversationKey
    message_id: str
    text: str
    payload: str | None
    received_at: datetime
    kind: InboundKind = InboundKind.TEXT
    choice: str | None = None
    attachments: tuple[Attachment, ...] = ()
    contact: Contact | None = None
    quoted_id: str | None = None
    receipt: str | None = None


@dataclass(frozen=True)
class Echo:
    """The channel reports a message that we sent ourselves: proof that it arrived."""

    conversation: ConversationKey
    channel_message_id: str
    text: str


@dataclass(frozen=True)
class Ignored:
    """Understood, and nothing to do. `reason` is a word of our own code: it becomes a label of a metric."""

    reason: str


Inbound = InboundMessage | Echo | Ignored


@dataclass(frozen=True)
class Button:
    """One quick reply; the payload is what the dialogue engine gets when it is pressed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Citation:
    """Where an answer stands, as the dialogue engine sent it. `url` is a path on our own pages."""

    document: str
    section: str
    label: str
    date: str
    validity: str
    url: str
    passage_id: str


@dataclass(frozen=True)
class Found:
    """A hit of the search behind an answer; `score` is None where the citizen chose it. For operators only."""

    passage_id: str
    title: str
    document: str
    section: str
    score: float | None


@dataclass(frozen=True)
class AnswerSource:
    """Where an answer comes from; of what was not answered, the nearest that was found. For our own log only.

    `document` is the entry or directive ("faq/thai-san"), `version` its number there, empty for what stands in files
    alone, `snapshot` the index that was asked. `score` is None where nothing was searched for, or the citizen chose.
    """

    passage_id: str
    document: str
    section: str
    version: str
    topic: str
    snapshot: str
    score: float | None


@dataclass(frozen=True)
class DialogueState:
    """What the dialogue remembered when it answered: `question` as it was understood, `role` in words."""

    question: str
    role: str
    abstentions: int


@dataclass(frozen=True)
class Reply:
    """One message of the assistant. `handoff` is the reason why a person is wanted, `form` the form to show.

    `offer` is the reason for which a person was offered: the citizen may accept with the next message.
    The text does not hold the question itself: `offer_question` is said with it, unless the citizen was asked a short
    time ago. `declines`: the citizen has just said no to an offer.
    `rejects`: the citizen has just said that the last answer, or all that they were asked back about, was wrong.
    `found`, `dialogue` and `source` are for us: nothing of them goes to the citizen.
    """

    text: str
    status: str = NO_STATUS
    citations: tuple[Citation, ...] = ()
    buttons: tuple[Button, ...] = ()
    feedback: bool = False
    handoff: str | None = None
    form: str | None = None
    offer: str | None = None
    offer_question: str = ""
    declines: bool = False
    found: tuple[Found, ...] = ()
    dialogue: DialogueState | None = None
    rejects: bool = False
    source: AnswerSource | None = None
