"""A secret of this installation: from the environment, else from a file that is made when it is first needed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

SHORTEST_SECRET = 32
_SECRET_BYTES = 32


class WeakSecretError(ValueError):
    """Shown to whoever starts the gateway."""


def read_or_make_secret(path: Path, environment: Mapping[str, str], variable: str) -> str:
    """From the environment (needed where several gateways share it), else from a file only we can read.

    Two processes that start together end up with the same secret. Raises WeakSecretError.
    """
    given = environment.get(variable, "")
    if given:
        return strong(given, variable)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(_SECRET_BYTES))
        _link_if_absent(draft, path)
    return strong(path.read_text().strip(), str(path))


def strong(secret: str, source: str) -> str:
    """The secret itself. Raises WeakSecretError when it is short enough to be guessed, or empty."""
    if len(secret) < SHORTEST_SECRET:
        raise WeakSecretError(f"{source}: a secret needs at least {SHORTEST_SECRET} characters, this has {len(secret)}")
    return secret


def _link_if_absent(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
