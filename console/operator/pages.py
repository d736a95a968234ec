"""Renders the pages of the console, whole and in parts. Everything is escaped; no text of a citizen is markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from console.chat.assets import Assets, load_assets
from console.operator.texts import ConsoleTexts, load_console_texts
from console.security.access import Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from desk.accounts.operator import Operator
from desk.accounts.permissions import Permission, may
from desk.accounts.session import Session
from desk.calendar.zone import in_vietnam

FOLDER = Path(__file__).parent
CHAT = FOLDER.parent / "chat"
STATIC_ROOT = "/console/static"
SEE_OTHER = 303
ROOMS = ("operator", "tickets", "supervisor", "report", "editor")
"""Each has a folder of templates; their names are unique across the rooms."""
DAILY = frozenset({"desk", "tickets", "board", "canned"})
MOST_LINKS = 5
"""More do not fit beside the tools of the desk at 1280 px."""


@dataclass(frozen=True)
class NavigationItem:
    """A page in the header of those who may open it; `key` marks the current one and names its title in texts.yml."""

    key: str
    path: str
    permission: Permission


@dataclass(frozen=True)
class Links:
    """`shown` stand in the header, `folded` in its menu."""

    shown: tuple[NavigationItem, ...]
    folded: tuple[NavigationItem, ...]


class ConsolePages:
    """Every page of the console, and what is said instead of one."""

    def __init__(
        self, environment: Environment, assets: Assets, texts: ConsoleTexts, navigation: Sequence[NavigationItem]
    ) -> None:
        self.assets = assets
        self._navigation = navigation
        self.texts = texts
        self._environment = environment

    def page(self, visit: Visit, template: str, status_code: int = 200, **context: object) -> HTMLResponse:
        """A whole page, with the header of whoever is signed in."""
        html = self._render(template, visit.session, now=visit.now, **context)
        return HTMLResponse(html, status_code)

    def part(self, visit: Visit, template: str, **context: object) -> HTMLResponse:
        """A piece that a script puts into an open page."""
        return HTMLResponse(self._render(template, visit.session, now=visit.now, **context))

    def done(self, visit: Visit, path: str, said: str = "") -> Response:
        """Something was changed: scripts hear what to say and where to go, browsers go there."""
        if is_from_script(visit.request):
            return JSONResponse({"go": path, "say": said})
        return RedirectResponse(path, SEE_OTHER)

    def refuse(self, request: Request, refused: RefusedError, session: Session | None) -> Response:
        """See console.security.gate.Refusing."""
        if is_from_script(request):
            return JSONResponse({"message": self.texts.refused(refused)}, refused.status)
        if refused.refusal is Refusal.SIGN_IN_NEEDED:
            return RedirectResponse(f"/console/sign-in?next={quote(request.url.path)}", SEE_OTHER)
        if refused.refusal is Refusal.NOT_READY and session is not None:
            return RedirectResponse(path_of_duty(session.operator), SEE_OTHER)
        # A form that takes a file stands on a page of the same address.
        back = request.url.path if refused.refusal is Refusal.FILE_TOO_LARGE else ""
        message = self.texts.refused(refused)
        return HTMLResponse(self._render("message.html", session, message=message, back=back), refused.status)

    def _render(self, template: str, session: Session | None, **context: object) -> str:
        operator = None if session is None else session.operator
        return self._environment.get_template(template).render(
            texts=self.texts,
            names=self.texts.names,
            asset=self.assets.path,
            me=operator,
            links=links_of(operator, self._navigation),
            csrf="" if session is None else session.csrf_token,
            may=lambda name: operator is not None and may(operator, Permission(name)),
            **context,
        )


def links_of(operator: Operator | None, navigation: Sequence[NavigationItem]) -> Links:
    """To the pages that somebody may open; when they are many, those of management go into a menu. Pure."""
    if operator is None:
        return Links((), ())
    allowed = tuple(item for item in navigation if may(operator, item.permission))
    if len(allowed) <= MOST_LINKS:
        return Links(allowed, ())
    shown = tuple(item for item in allowed if item.key in DAILY)
    return Links(shown, tuple(item for item in allowed if item not in shown))


def path_of_duty(operator: Operator) -> str:
    """The page that somebody who owes a password or an authenticator has to pass first."""
    return "/console/password" if operator.must_change_password else "/console/authenticator"


def clock(moment: datetime, now: datetime | None = None) -> str:
    """The hour in Vietnam, with the day before it when that is not today."""
    local = in_vietnam(moment)
    is_today = now is not None and in_vietnam(now).date() == local.date()
    return f"{local:%H:%M}" if is_today else f"{local:%H:%M %d/%m}"


def moment(at: datetime) -> str:
    """Hour and day in Vietnam, for what may be long ago."""
    return f"{in_vietnam(at):%H:%M %d/%m/%Y}"


def second(at: datetime) -> str:
    """As exact as an audit log is read."""
    return f"{in_vietnam(at):%d/%m/%Y %H:%M:%S}"


def decimal(number: float, places: int = 1) -> str:
    """`2,4`, as Vietnamese write it."""
    return f"{number:.{places}f}".replace(".", ",")


def day(on: date | None) -> str:
    """A day as Vietnamese write it; empty for none."""
    return "" if on is None else f"{on:%d/%m/%Y}"


def build_console_pages(navigation: Sequence[NavigationItem]) -> ConsolePages:
    """Reads templates, static files and texts of this package."""
    chat = PrefixLoader({"chat": FileSystemLoader(CHAT / "templates")})
    own = FileSystemLoader([FOLDER.parent / room / "templates" for room in ROOMS])
    environment = Environment(
        loader=ChoiceLoader([own, chat]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shared = load_assets(CHAT / "static")
    environment.filters["clock"] = clock
    environment.filters["moment"] = moment
    environment.filters["second"] = second
    environment.filters["day"] = day
    environment.filters["decimal"] = decimal
    environment.globals["shared_asset"] = shared.path
    assets = load_assets(FOLDER / "static", STATIC_ROOT)
    return ConsolePages(environment, assets, load_console_texts(), tuple(navigation))
