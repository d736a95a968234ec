"""Renders the chat page, the document pages and the page for an address that does not exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from console.chat.assets import Assets, load_assets
from console.chat.documents import DirectiveView, FaqView
from console.chat.texts import PageTexts, load_page_texts

FOLDER = Path(__file__).parent
COUNTER_FROM_SHARE = 0.9
"""Of the longest message; from there on the page shows how much is left."""


class Pages:
    """Every method returns a whole HTML page."""

    def __init__(self, environment: Environment, assets: Assets, texts: PageTexts, max_characters: int) -> None:
        self.assets = assets
        self._texts = texts
        self._max_characters = max_characters
        self._environment = environment

    def chat(self) -> str:
        """The conversation itself."""
        counter_from = int(self._max_characters * COUNTER_FROM_SHARE)
        return self._render("chat.html", max_characters=self._max_characters, counter_from=counter_from)

    def directive(self, directive: DirectiveView, cited_section: str, today: date) -> str:
        """The whole directive; the blocks of `cited_section` are highlighted (none when it is empty or unknown)."""
        cited = [block for block in directive.blocks if block.section and block.section == cited_section]
        return self._render(
            "directive.html",
            directive=directive,
            cited_section=cited_section if cited else "",
            cited_label=cited[0].label if cited else "",
            unknown_section=bool(cited_section) and not cited,
            today=today,
        )

    def faq(self, faq: FaqView, today: date) -> str:
        """One question with its answer and what the answer rests on."""
        return self._render("faq.html", faq=faq, today=today)

    def not_found(self) -> str:
        """For people; programs get JSON elsewhere."""
        return self._render("not_found.html")

    def _render(self, template: str, **context: object) -> str:
        return self._environment.get_template(template).render(texts=self._texts, asset=self.assets.path, **context)


def vietnamese_date(day: date) -> str:
    """`31/01/2024`."""
    return day.strftime("%d/%m/%Y")


def build_pages(max_characters: int) -> Pages:
    """Reads templates, static files and texts of this package; the gateway takes at most `max_characters`."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["vietnamese_date"] = vietnamese_date
    return Pages(environment, load_assets(FOLDER / "static"), load_page_texts(FOLDER / "texts.yml"), max_characters)
