"""`bhxh knowledge validate --questions` and `--report`: what an editor improves, beside what is wrong."""

from __future__ import annotations

import typer

from app.paths import SETTINGS

SHOWN_PLACES = (1, 3)


def show_confusions() -> None:
    """Each alternate that another entry answers better while it is left out, the clearest first; then the shares."""
    from app.commands.knowledge import show_progress
    from knowledge.bootstrap import hold_out_alternates, places_of_entries
    from knowledge.evaluation.held_out import confusions, share_right

    places = places_of_entries(SETTINGS)
    held_out = hold_out_alternates(SETTINGS, show_progress)
    for one in confusions(held_out):
        own = f"{one.own_score:.2f} at {one.own_rank}" if one.own_rank else "not found"
        where = places.get(one.entry, "?")
        typer.echo(f"{where} [{one.entry}] {one.question} → {one.winner} {one.winner_score:.2f}, own {own}")
    shares = ", ".join(f"hit@{place} {share_right(held_out, place):.3f}" for place in SHOWN_PLACES)
    typer.echo(f"{len(held_out)} alternates, each held out: {shares}")


def show_readings() -> None:
    """How easily each live answer is read today, the hardest first; then all of them together."""
    from knowledge.bootstrap import load_documents, places_of_entries
    from knowledge.faqs.readability import LONG_SENTENCE, readings, totals

    places = places_of_entries(SETTINGS)
    found = readings(load_documents(SETTINGS).entries)
    typer.echo("characters, longest and mean sentence in words, share of long sentences, words of lawyers")
    for one in found:
        rare = ", ".join(one.rare)
        place = f"{places.get(one.entry, '?')} [{one.entry}]"
        typer.echo(
            f"{one.characters:>4} {one.longest:>3} {one.mean:>5.1f} {one.long_share:>5.0%}  {place} {rare}".rstrip()
        )
    whole = totals(found)
    lengths = f"{whole.mean_characters:.0f} characters in the mean, {whole.median_characters:.0f} in the median"
    long = f"{whole.long_share:.0%} of them longer than {LONG_SENTENCE}, in {whole.with_long} answers"
    typer.echo(f"{whole.answers} answers: {lengths}; sentences of {whole.mean_sentence:.1f} words, {long}")
    typer.echo(f"words of lawyers in {whole.rare} answers")
