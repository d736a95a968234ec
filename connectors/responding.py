"""What is answered to a message, and what it changes: decided by its kind, before any dialogue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from connectors.channel_texts import ChannelTexts
from connectors.claim import Claim
from connectors.commands import Command, Commands
from connectors.dialogue import Dialogue
from connectors.effects import Effect, forget, note_leaving, note_welcome, speak_again
from connectors.handing_off import Handoffs, Moves
from connectors.heard import heard
from connectors.message import Button, InboundKind, Reply
from connectors.news import News, stop_all
from connectors.notices import Notices
from connectors.outbox import ASSISTANT, SYSTEM
from connectors.settings import ChannelSettings
from connectors.switched_off import SwitchedOff
from connectors.transcripts import Transcripts

GREET = "/greet"
CAPABILITIES = "/ask_capabilities"
REQUEST_PERSON = "/request_person"


@dataclass(frozen=True)
class Response:
    """Empty `replies` mean that nothing is said. `when_off`: see connectors.claim.Ending.

    `planned` is what `moves` will say unless something holds it: counted where a person takes over meanwhile.
    """

    replies: tuple[Reply, ...] = ()
    effect: Effect | None = None
    moves: Moves | None = None
    author: str = ASSISTANT
    when_off: Moves | None = None
    planned: tuple[Reply, ...] = ()


NOTHING = Response()


@dataclass(frozen=True)
class Responder:
    """Asks the dialogue engine what only it can answer; the rest is fixed."""

    dialogue: Dialogue
    texts: ChannelTexts
    commands: Commands
    settings: ChannelSettings
    handoffs: Handoffs
    transcripts: Transcripts
    news: News

    def when_off(self, claim: Claim) -> Moves:
        """What happens to a message where the assistant is switched off."""
        return SwitchedOff(self.handoffs, self.texts, self.commands).moves(claim)

    async def respond(self, claim: Claim, now: datetime) -> Response:
        """Raises connectors.dialogue.DialogueError."""
        match claim.kind:
            case InboundKind.STAFF_WROTE:
                return NOTHING  # the conversation was theirs as soon as this was stored
            case InboundKind.LEFT:
                return Response(effect=note_leaving)
            case InboundKind.WITHDRAWN:
                return Response(effect=forget)
            case InboundKind.FOLLOWED:
                return NOTHING if claim.is_off else await self._welcome(claim, now)
        return replace(await self._respond(claim, now), when_off=self.when_off(claim))

    async def _respond(self, claim: Claim, now: datetime) -> Response:
        command = self.commands.meant(claim.text) if claim.payload is None else None
        author = SYSTEM if claim.is_off else ASSISTANT
        if command is Command.STOP:
            return Response(self._fixed(self.texts.stopped), stop_all(claim.text), author=author)
        if command is Command.RESUME:
            return Response(self._fixed(self.texts.resumed), speak_again, author=author)
        wanted = self.handoffs.satisfactions.meant(claim) or self.transcripts.asked(claim) or self.news.asked(claim)
        if wanted is not None:
            return Response(effect=self.news.ending(claim), moves=wanted, author=SYSTEM)
        if claim.is_off:
            return Response(moves=self.when_off(claim), author=author)
        if claim.ownership.is_with_person(now):
            return Response(moves=self.handoffs.while_with_person(claim))
        if self._is_late(claim, now):
            return Response(self._fixed(self.texts.late_apology))
        return await self._answer(claim, command)

    async def _answer(self, claim: Claim, command: Command | None) -> Response:
        match claim.kind:
            case InboundKind.CONTACT:
                return Response(self._fixed(self.texts.contact_received))
            case InboundKind.ATTACHMENT:
                return Response(self._about_attachment())
            case InboundKind.CHOICE if claim.payload is None:
                return Response(self._fixed(self.texts.choice_expired))
        if command is Command.START:
            return Response(await self._say(claim, GREET), note_welcome)
        if command is Command.HELP:
            return Response(await self._say(claim, CAPABILITIES))
        looked_up = self.handoffs.look_up(claim) if claim.payload is None else None
        if looked_up is not None:
            return Response(moves=looked_up)
        text = heard(claim.text) if claim.payload is None else claim.payload
        said = await self._say(claim, text)
        replies, moves = self.handoffs.set_off_by(claim, said)
        moves = moves or self.handoffs.satisfactions.at_farewell(claim, said)
        replies = replies + self._about_attachment() if claim.has_attachments else replies
        said_now, moves = Notices(self.texts.announcement, self.handoffs).around(claim, replies, moves)
        return Response(said_now, moves=moves, planned=() if said_now else replies)

    def give_up(self, claim: Claim, apology: Reply) -> Response:
        """What is said when it could not be answered after all retries: a person gets what a citizen wrote."""
        if claim.kind is InboundKind.FOLLOWED:
            return Response((apology,))
        replies, moves = self.handoffs.set_off_by(claim, (apology,))
        return Response(replies, moves=moves, when_off=self.when_off(claim))

    def _is_late(self, claim: Claim, now: datetime) -> bool:
        """It waited through a long outage; what an operator has tried again is answered whatever its age."""
        return now - claim.received_at > timedelta(hours=self.settings.late_hours) and claim.first_part == 0

    async def _welcome(self, claim: Claim, now: datetime) -> Response:
        again = timedelta(hours=self.settings.welcome_again_hours)
        if claim.welcomed_at is not None and now - claim.welcomed_at < again:
            return NOTHING
        if claim.ownership.is_with_person(now):
            return NOTHING
        return Response(await self._say(claim, GREET), note_welcome)

    async def _say(self, claim: Claim, text: str) -> tuple[Reply, ...]:
        return await self.dialogue.say(claim.conversation.id, text)

    def _about_attachment(self) -> tuple[Reply, ...]:
        return (Reply(self.texts.attachment, buttons=(Button(self.texts.person_button, REQUEST_PERSON),)),)

    @staticmethod
    def _fixed(text: str) -> tuple[Reply, ...]:
        return (Reply(text),)
