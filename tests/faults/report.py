"""The final table of a fault run."""

from collections import Counter


def table(outcomes):
    """Lines of Markdown, one column for each database."""
    rows = [_rows(outcome) for outcome in outcomes]
    yield "| | " + " | ".join(outcome.plan.database for outcome in outcomes) + " |"
    yield "|---" * (len(outcomes) + 1) + "|"
    names = list(dict.fromkeys(name for row in rows for name in row))
    for name in names:
        yield f"| {name} | " + " | ".join(str(row.get(name, "–")) for row in rows) + " |"


def _rows(outcome):
    plan, verdict, ledger = outcome.plan, outcome.verdict, outcome.ledger
    return {
        "messages of citizens": f"{plan.messages} of {plan.citizens}",
        "gateways": plan.gateways,
        "Telegram": "polling" if "telegram" in plan.polled else "webhook",
        "**lost**": len(verdict.lost),
        "**answered twice**": len(verdict.twice),
        "**out of order**": len(verdict.disordered),
        "to the wrong citizen": len(verdict.astray),
        "answered": verdict.answered,
        "sends whose end is unknown": len(ledger.unknown),
        "… of these on their way when a gateway died": ledger.with_gateway,
        "… of all these not arrived": len(verdict.missing_unknown),
        "dead letters": ledger.dead_letters,
        "restarts of processes": outcome.restarts,
        **dict(sorted(outcome.disturbances.items())),
        **dict(sorted(outcome.door.items())),
        **{f"API: {kind.replace('_', ' ')}": number for kind, number in sorted(_by_kind(outcome).items())},
        "seconds": round(outcome.seconds),
    }


def _by_kind(outcome):
    kinds = Counter()
    for met in outcome.faults.values():
        kinds.update(met)
    return kinds


def complaints(outcome):
    """What is wrong, in words; nothing when the run was good."""
    verdict = outcome.verdict
    for what, numbers in (
        ("lost", verdict.lost),
        ("answered twice", verdict.twice),
        ("out of order", verdict.disordered),
        ("to the wrong citizen", verdict.astray),
    ):
        if numbers:
            yield f"{what}: messages {', '.join(map(str, numbers[:20]))}{' …' if len(numbers) > 20 else ''}"
    if outcome.left:
        yield f"when the time was up: {outcome.left}"
    if outcome.given_up:
        yield f"{outcome.given_up} webhook calls were given up by the channels"
    if outcome.ledger.dead_letters:
        yield f"{outcome.ledger.dead_letters} dead letters"
