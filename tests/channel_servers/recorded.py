"""What a server has seen, for tests to read."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SentButton:
    """`key` is what comes back when it is pressed; empty for a button that only opens something."""

    title: str
    key: str
    kind: str = ""


@dataclass(frozen=True)
class SentMessage:
    """One accepted send: two of these for one answer mean that the citizen read it twice.

    `fate` names the fault that kept the answer from the caller, "" when the caller was told.
    """

    number: int
    user: str
    text: str
    buttons: tuple[SentButton, ...]
    at: float
    message_id: str
    fate: str = ""
    body: dict = field(default_factory=dict)


@dataclass(frozen=True)
class SaidMessage:
    """What a citizen did. `delivery` is its way to the webhook, None while it waits to be polled."""

    number: int
    user: str
    text: str
    kind: str
    at: float
    message_id: str
    delivery: object = None


@dataclass(frozen=True)
class Call:
    """One call of the API, also one that was refused or that met a fault."""

    method: str
    at: float
