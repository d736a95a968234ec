"""A reply as a channel of plain text shows it: the answer, its sources, what to do next, the choices. Pure."""

from __future__ import annotations

from connectors.channel_texts import ChannelTexts, ChoiceTexts, PageWords
from connectors.choice import choice_key
from connectors.message import Reply
from connectors.outgoing import OfferedButton, OutgoingMessage
from connectors.plain_text import is_seen, plain_text
from connectors.sources import source_lines
from connectors.splitting import Length, first_graphemes, split

ELLIPSIS = "…"
PARAGRAPH = "\n\n"


def compose(reply: Reply, public_url: str | None, texts: ChannelTexts) -> str:
    """The whole text of a reply but its choices; never blank. `public_url` is where citizens reach our own pages."""
    answer = _without_page_words(plain_text(reply.text).strip(), texts.page_words)
    parts = [answer, "\n".join(source_lines(answer, reply.citations, public_url, texts.sources))]
    whole = PARAGRAPH.join(part for part in parts if part)
    return whole if is_seen(whole) else texts.empty_reply


def render_plain(
    reply: Reply,
    sequence: int,
    limit: int,
    length: Length,
    public_url: str | None,
    texts: ChannelTexts,
    *,
    buttons: int | None,
    title_limit: int | None = None,
) -> tuple[OutgoingMessage, ...]:
    """The reply as messages within the limit, at least one; the choices stand with the last of them.

    `buttons` is how many real ones a message may have (None: the channel has none); more become numbered text.
    Room is kept for the numbers in either case, so that `numbered` of a message with buttons is within the limit too.
    """
    titles = tuple(_title(button.title) for button in reply.buttons)
    is_numbered = buttons is None or len(titles) > buttons
    *before, last = split(compose(reply, public_url, texts), limit, length)
    if titles:
        alone = texts.choices.by_number if is_numbered else texts.choices.by_button
        before += _with_room(last, limit, length, length(_choices(titles, texts.choices)), alone)
        last = before.pop()
    if is_numbered:
        last_ones = split(numbered(last, titles, texts), limit, length)
        return tuple(map(OutgoingMessage, (*before, *last_ones)))
    return (*map(OutgoingMessage, before), OutgoingMessage(last, _offered(titles, sequence, title_limit)))


def numbered(text: str, titles: tuple[str, ...], texts: ChannelTexts) -> str:
    """The text with its choices as "1. …"; unchanged where there are none, or they stand in it already."""
    lines = _numbered_lines(titles)
    if all(line in text.splitlines() for line in lines):
        return text
    folded = text.casefold()
    if any(words in folded for words in texts.choices.told_already):
        return "\n".join([text, *lines])
    return text + _choices(titles, texts.choices)


def fit_title(title: str, limit: int, length: Length = len) -> str:
    """One line within the limit, cut between graphemes with "…"; raises ValueError for a limit below 2."""
    line = _title(title)
    if length(line) <= limit:
        return line
    if limit < 2:
        raise ValueError(f"limit {limit}: a title must hold a letter and {ELLIPSIS}")
    return first_graphemes(line, limit - length(ELLIPSIS), length).rstrip() + ELLIPSIS


def _offered(titles: tuple[str, ...], sequence: int, title_limit: int | None) -> tuple[OfferedButton, ...]:
    fitting = titles if title_limit is None else tuple(fit_title(title, title_limit) for title in titles)
    return tuple(
        OfferedButton(title, choice_key(sequence, position)) for position, title in enumerate(fitting, start=1)
    )


def _with_room(last: str, limit: int, length: Length, needed: int, alone: str) -> tuple[str, ...]:
    """The last piece of a text, cut so that as much as `needed` fits behind it; choices too long stand alone."""
    room = limit - needed
    if length(last) <= room:
        return (last,)
    return split(last, room, length) if room >= limit // 2 else (last, alone)


def _without_page_words(text: str, page_words: tuple[PageWords, ...]) -> str:
    for words in page_words:
        text = text.replace(words.said, words.instead)
    return text


def _choices(titles: tuple[str, ...], texts: ChoiceTexts) -> str:
    return PARAGRAPH + "\n".join([texts.by_number, *_numbered_lines(titles)])


def _numbered_lines(titles: tuple[str, ...]) -> list[str]:
    return [f"{number}. {title}" for number, title in enumerate(titles, start=1)]


def _title(title: str) -> str:
    """Never blank: no channel takes a button without a title."""
    line = " ".join(plain_text(title).split())
    return line if is_seen(line) else ELLIPSIS
