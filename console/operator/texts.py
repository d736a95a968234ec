"""The Vietnamese of the operators' console, from `texts.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from console.security.refusal import RefusedError
from desk.accounts.texts import AccountTexts, load_account_texts
from desk.tickets.texts import load_ticket_texts
from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("texts.yml")


@dataclass(frozen=True)
class ConsoleTexts:
    """`names` hold what each value of an enumeration is called: `names["reasons"]["scam"]`."""

    names: Mapping[str, Mapping[str, str]]
    refusals: Mapping[str, str]
    accounts: AccountTexts
    password: Mapping[str, str]
    authenticator: Mapping[str, str]
    said: Mapping[str, str]
    script: Mapping[str, str]
    operator_for_citizens: str

    def refused(self, refused: RefusedError) -> str:
        """The sentence. Raises KeyError for a refusal without one."""
        return self.refusals[refused.refusal.value].format_map(refused.values)

    def shown_to_citizens(self, display_name: str) -> str:
        """An operator as citizens hear of them: the given name, which Vietnamese write last, and no more."""
        return self.operator_for_citizens.format(name=given_name(display_name))


def given_name(display_name: str) -> str:
    """ "Lan" of "Trần Thị Lan"."""
    return (display_name.split() or [display_name])[-1]


def load_console_texts(path: Path = FILE) -> ConsoleTexts:
    """Raises FileNotFoundError, or KeyError naming the missing key."""
    document, accounts = load_yaml(path.read_text(encoding="utf-8")), load_account_texts()
    tickets = load_ticket_texts()
    return ConsoleTexts(
        names={
            **document["names"],
            "roles": accounts.roles,
            "presences": accounts.presences,
            "ticket_kinds": asdict(tickets.kinds),
            "ticket_states": asdict(tickets.states),
        },
        refusals=document["refusals"],
        accounts=accounts,
        password=document["password"],
        authenticator=document["authenticator"],
        said=document["said"],
        script=document["script"],
        operator_for_citizens=document["citizen_sees"]["operator"],
    )
