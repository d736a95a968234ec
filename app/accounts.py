"""What accounts need of this installation: the numbers, the password hash, the seal of authenticators."""

from __future__ import annotations

from collections.abc import Mapping

from app.channels import TOKEN_SECRET_FILE
from connectors.secret_file import read_or_make_secret
from connectors.zalo_oa.sealing import KEY_VARIABLE, Seal
from desk.accounts.password_hash import Argon2Hashes
from desk.accounts.rules import AccountRules
from desk.accounts.settings import AccountSettings


def build_account_rules(settings: AccountSettings, environment: Mapping[str, str]) -> AccountRules:
    """Once for a process: computes one hash. Raises connectors.secret_file.WeakSecretError."""
    secret = read_or_make_secret(TOKEN_SECRET_FILE, environment, KEY_VARIABLE)
    return AccountRules(settings, Argon2Hashes(settings.password), Seal(secret))
