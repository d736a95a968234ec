"""What a message does, told by rules: an emergency, a request for a person, a complaint, a look-up of one's own case."""

from vietnamese.accents import has_accents
from vietnamese.act import Act
from vietnamese.act_rule import ActRule
from vietnamese.expansion import expand
from vietnamese.keys import fold_expanded, strip_key
from vietnamese.lexicon_emergency import EMERGENCY_RULES, SELF_HARM_RULES
from vietnamese.lexicon_person import PERSON_RULES

__all__ = ["Act", "explain_act", "recognise_act"]

# Danger first, then the wish for a person; an insult only when nothing else is meant.
_RULES: tuple[ActRule, ...] = (*SELF_HARM_RULES, *EMERGENCY_RULES, *PERSON_RULES)


def recognise_act(text: str) -> Act | None:
    """The act of the message; None for ordinary questions and talk, which go on to intents and search."""
    explained = explain_act(text)
    return explained[0] if explained else None


def explain_act(text: str) -> tuple[Act, str] | None:
    """The act and the name of the rule that decided it."""
    marked = fold_expanded(expand(text).text)
    plain = strip_key(marked)
    spelt = marked if has_accents(text) else None
    for rule in _RULES:
        if rule.fires(plain, spelt):
            return rule.act, rule.name
    return None
