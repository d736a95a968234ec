"""A push channel in memory: it keeps what arrived and fails as the test told it to."""

import asyncio
import json
from collections import defaultdict, deque

from connectors.channel import Refused, SendingPace, UnreadableError
from connectors.choice import choice_key
from connectors.message import Attachment, Contact, Echo, Ignored, InboundKind, InboundMessage
from connectors.outgoing import OfferedButton, OutgoingMessage, Sent
from desk.conversation import ConversationKey


class FakeChannel:
    """Speaks JSON: {"from", "id", "text", "kind", "choice", "attachments", "contact"}.

    An `echo` or `ignored` key makes those items; any other JSON breaks `parse` as a bug of ours would.
    """

    path = "/webhooks/fake"

    def __init__(self, name="fake", account="main", per_second=1000.0, interval=0.0, numbered=True, limit=1000):
        self.name, self.account = name, account
        self.pace = SendingPace(per_second, interval)
        self.numbered_choices = numbered
        self.limit = limit
        self.arrived = []
        self.acknowledged = []
        self.typed = []
        self.calls = 0
        self.most_at_once = 0
        self._now = 0
        self._busy = defaultdict(int)
        self.overlapped = False
        self._queued = defaultdict(deque)
        self.gate = None

    def will(self, participant, *outcomes):
        """What the next sends to this citizen come to; an exception is raised, a Sent arrives."""
        self._queued[participant].extend(outcomes)

    def texts(self, participant):
        return [message.text for to, message in self.arrived if to == participant]

    def key(self, participant):
        return ConversationKey(f"{self.name}:{self.account}:{participant}", self.name, self.account, participant)

    def body(self, participant, number, text="xin chào", **more):
        return json.dumps({"from": participant, "id": f"{participant}-{number}", "text": text, **more}).encode()

    def verify(self, request):
        return None if request.headers.get("x-secret") == "right" else Refused(403, "bad_secret")

    def parse(self, body, received_at):
        try:
            update = json.loads(body)
            key = self.key(update["from"])
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableError("from: missing") from error
        if "ignored" in update:
            return (Ignored(update["ignored"]),)
        if "echo" in update:
            return (Echo(key, update["echo"], update["text"]),)
        contact = update.get("contact")
        return (
            InboundMessage(
                key,
                update["id"],
                update["text"],
                None,
                received_at,
                kind=InboundKind(update.get("kind", "text")),
                choice=update.get("choice"),
                attachments=tuple(Attachment(**one) for one in update.get("attachments", ())),
                contact=None if contact is None else Contact(**contact),
            ),
        )

    def render(self, reply, sequence):
        keys = [OfferedButton(button.title, choice_key(sequence, n)) for n, button in enumerate(reply.buttons, 1)]
        chunks = [reply.text[start : start + self.limit] for start in range(0, len(reply.text), self.limit)]
        return tuple(OutgoingMessage(chunk, tuple(keys) if chunk is chunks[-1] else ()) for chunk in chunks)

    async def send(self, participant, message):
        self.calls += 1
        self._now += 1
        self._busy[participant] += 1
        self.most_at_once = max(self.most_at_once, self._now)
        self.overlapped |= self._busy[participant] > 1
        try:
            await (self.gate.wait() if self.gate else asyncio.sleep(0))
            outcome = self._queued[participant].popleft() if self._queued[participant] else Sent(f"m{self.calls}")
            if isinstance(outcome, BaseException):
                raise outcome
            if isinstance(outcome, Sent):
                self.arrived.append((participant, message))
            return outcome
        finally:
            self._now -= 1
            self._busy[participant] -= 1

    async def show_typing(self, participant):
        self.typed.append(participant)

    async def after_stored(self, message, is_new):
        self.acknowledged.append((message.message_id, is_new))

    async def check(self):
        return ()

    async def set_webhook(self, url):
        raise NotImplementedError

    async def close(self):
        pass
