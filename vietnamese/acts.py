"""What a message does, told by rules: an emergency, a wish for a person, a complaint, a look-up of one's own case."""

from itertools import chain

from vietnamese.accents import has_accents
from vietnamese.act import Act
from vietnamese.act_pattern import read_words
from vietnamese.act_rule import ActRule
from vietnamese.keys import plain_key_of, search_key
from vietnamese.lexicon_danger import EMERGENCY_RULES, SELF_HARM_RULES
from vietnamese.lexicon_misuse import SCAM_RULES, UNSAFE_RULES
from vietnamese.lexicon_mood import COMPLAINT_RULES, INSULT_RULES, THREAT_RULES
from vietnamese.lexicon_other_body import OTHER_BODY_RULES
from vietnamese.lexicon_own_case import OWN_CASE_RULES
from vietnamese.lexicon_person import PERSON_RULES

__all__ = ["ACT_RULES", "Act", "explain_act", "recognise_act"]

# The order decides: danger first, then the wish for a person; an insult only when nothing else is meant.
ACT_RULES: tuple[ActRule, ...] = tuple(
    chain(
        SELF_HARM_RULES,
        EMERGENCY_RULES,
        THREAT_RULES,
        PERSON_RULES,
        SCAM_RULES,
        UNSAFE_RULES,
        COMPLAINT_RULES,
        OWN_CASE_RULES,
        OTHER_BODY_RULES,
        INSULT_RULES,
    )
)
_LONGEST_HEAD = 2400
_LONGEST_TAIL = 800


def recognise_act(text: str) -> Act | None:
    """The act of the message; None for ordinary questions and talk, which go on to intents and search.

    Of a text longer than 3,200 characters only the beginning and the end are read.
    """
    explained = explain_act(text)
    return explained[0] if explained else None


def explain_act(text: str) -> tuple[Act, str] | None:
    """The act and the name of the rule that decided it."""
    marked_key = search_key(_ends(text))
    plain = read_words(plain_key_of(marked_key))
    marked = read_words(marked_key) if has_accents(text) else None
    for rule in ACT_RULES:
        if rule.fires(plain, marked):
            return rule.act, rule.name
    return None


def _ends(text: str) -> str:
    if len(text) <= _LONGEST_HEAD + _LONGEST_TAIL:
        return text
    return text[:_LONGEST_HEAD] + " " + text[-_LONGEST_TAIL:]
