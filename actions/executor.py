"""Runs actions without the domain: no action of ours reads it, and sending it with each call costs milliseconds."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import ActionExecutor


class DomainlessExecutor(ActionExecutor):  # type: ignore[misc]  # rasa-sdk is untyped
    """rasa-sdk 3.21 refuses a call without a domain; Rasa 3.6 with a selective domain sends none."""

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """Always empty."""
        return {}


def build_executor() -> DomainlessExecutor:
    """With every action of this folder."""
    executor = DomainlessExecutor()
    executor.register_package("actions")
    return executor
