"""`python -m tests.benchmark.questions`: are FAQ entries found by wordings they do not know? Into docs/benchmark.md."""

import sys

from app.paths import ROOT, SETTINGS
from knowledge.bootstrap import measure_self_retrieval
from knowledge.evaluation.held_out import as_typed, share_right, without_diacritics
from tests.benchmark.page import PAGE, measured_on, write_measured

COMMAND = "python -m tests.benchmark.questions"
TARGETS = {1: 0.88, 3: 0.96}
MOST_LOST = 0.03
"""Of the share, when people type without diacritics."""


def lines(measured):
    """A table, and what is missed of the targets."""
    held_out = measured.held_out
    entries = {one.expected.document for one in held_out}
    yield f"{measured_on()}; {len(entries)} live entries."
    yield ""
    yield "| asked | questions | hit@1 | hit@3 |"
    yield "|---|---|---|---|"
    yield row("question or alternate, all of them indexed", as_typed(measured.own))
    yield row("alternate, left out of the index", as_typed(held_out))
    yield row("the same without diacritics", without_diacritics(held_out))
    yield ""
    yield from verdicts(held_out)


def row(name, asked):
    shares = " | ".join(f"{share_right(asked, places):.3f}" for places in TARGETS)
    return f"| {name} | {len(asked)} | {shares} |"


def verdicts(held_out):
    for places, target in TARGETS.items():
        share = share_right(as_typed(held_out), places)
        lost = share - share_right(without_diacritics(held_out), places)
        yield f"- Left out, hit@{places} **{share:.3f}** (target: at least {target}): {met(share >= target)}."
        yield f"- Without diacritics **{lost:.3f}** less (target: at most {MOST_LOST}): {met(lost <= MOST_LOST)}."


def met(is_met):
    return "met" if is_met else "missed"


def main():
    def show(done, total):
        print(f"\r{done}/{total} rounds", end="" if done < total else "\n", file=sys.stderr, flush=True)

    report = list(lines(measure_self_retrieval(SETTINGS, show)))
    write_measured(COMMAND, report)
    print("\n".join(report))
    print(f"✓ {PAGE.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
