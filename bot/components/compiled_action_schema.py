"""Checks what the action server sent with a schema compiled once instead of at each call (docs/adr/0003).

Rasa 3.6.21 calls `jsonschema.validate(result, constant_schema)` for each custom action. That call first checks the
schema itself against its meta-schema, which is 77 % of Rasa's CPU for such a turn. Verdicts and messages stay the same.
"""

from __future__ import annotations

import os
from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.constants import DOCS_BASE_URL

STOCK_SWITCH = "BHXH_STOCK_ACTION_SCHEMA"
"""Environment variable; `1` leaves Rasa as it is, for the benchmark's comparison."""

MARK = "compiled_action_schema"


def install_unless_stock() -> None:
    """Replaces the check in `RemoteAction`; calling it again changes nothing."""
    if os.environ.get(STOCK_SWITCH) == "1" or is_installed():
        return
    schema = RemoteAction.action_response_format_spec()
    compiled = validator_for(schema)(schema)

    def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
        error = best_match(compiled.iter_errors(result))
        if error is None:
            return True
        error.message += (
            f". Failed to validate Action server response from API, make sure your response from the Action "
            f"endpoint is valid. For more information about the format visit {DOCS_BASE_URL}/custom-actions"
        )
        raise error

    setattr(validate_action_result, MARK, True)
    RemoteAction._validate_action_result = validate_action_result


def is_installed() -> bool:
    """Whether this process runs our check."""
    return hasattr(RemoteAction._validate_action_result, MARK)
