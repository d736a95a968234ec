"""Which passwords are good enough. Directive 771/BHXH-TTKT, mục 3, asks for "độ bảo mật cao" and regular change.

Length first, as NIST SP 800-63B has it; kinds of characters because Vietnamese inspections ask for them.
"""

from __future__ import annotations

import secrets
import string
import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path

from desk.accounts.password_hash import LONGEST_PASSWORD
from desk.accounts.settings import PasswordSettings
from settings.yaml_text import load_yaml
from vietnamese.accents import strip_accents

COMMON = Path(__file__).with_name("common_words.yml")
LEAST_DISTINCT = 6
LEAST_NAME_PART = 4
# Without the letters and digits that are misread on paper.
GENERATED_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
GENERATED_GROUP, GENERATED_GROUPS = 5, 4
ADDED = string.digits + string.punctuation + string.whitespace
_LEET = str.maketrans("@4310$5!7", "aaeiossit")


class Breach(StrEnum):
    """Which rule a password breaks; the sentence for people is in texts.yml."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_FEW_KINDS = "too_few_kinds"
    UNPRINTABLE = "unprintable"
    TOO_PLAIN = "too_plain"
    COMMON = "common"
    NAMES_OWNER = "names_owner"
    REUSED = "reused"


def breaches(password: str, login: str, display_name: str, rules: PasswordSettings) -> tuple[Breach, ...]:
    """Every rule that it breaks, but for REUSED, which needs the earlier ones. Empty for a good password."""
    if len(password) > LONGEST_PASSWORD:
        return (Breach.TOO_LONG,)
    kinds = len({_kind(character) for character in password})
    found = {
        Breach.UNPRINTABLE: not all(character.isprintable() for character in password),
        Breach.TOO_SHORT: len(password) < rules.shortest,
        Breach.TOO_FEW_KINDS: kinds < rules.kinds and len(password) < rules.passphrase,
        Breach.TOO_PLAIN: len(set(password.lower())) < LEAST_DISTINCT,
        Breach.COMMON: _is_common(password),
        Breach.NAMES_OWNER: _names_owner(password, login, display_name),
    }
    return tuple(breach for breach, is_broken in found.items() if is_broken)


def generate_password() -> str:
    """Random, about 115 bits, in groups that can be read out; keeps all the rules."""
    while True:
        groups = (
            "".join(secrets.choice(GENERATED_ALPHABET) for _ in range(GENERATED_GROUP)) for _ in range(GENERATED_GROUPS)
        )
        password = "-".join(groups)
        if len({_kind(character) for character in password}) == 4:
            return password


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isalpha():
        return "upper" if character.isupper() else "lower"
    return "sign"


def _is_common(password: str) -> bool:
    # "M@tKh4u2026!" is "matkhau" with what everybody adds to it.
    plain = strip_accents(unicodedata.normalize("NFKC", password)).lower()
    core = plain.strip(ADDED).translate(_LEET)
    common = _common_words()
    return any(text in common for text in (plain, _letters(plain), _letters(core)))


def _names_owner(password: str, login: str, display_name: str) -> bool:
    folded = strip_accents(password).lower()
    names = {login, "".join(strip_accents(display_name).lower().split())}
    return any(len(name) >= LEAST_NAME_PART and name in folded.replace(" ", "") for name in names)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


@cache
def _common_words() -> frozenset[str]:
    return frozenset(load_yaml(COMMON.read_text(encoding="utf-8")))
