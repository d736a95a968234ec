"""Links in what operators write: only addresses of the agency and of the state's portals may go out. Pure.

Impostors send links in the agency's name; citizens are told that ours are on these domains only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_SHOWN = 80
# Characters that hide in an address without being seen: soft hyphen, zero-width and direction marks.
_HIDDEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
# Full stops that browsers take for one: https://url.spec.whatwg.org/#concept-domain-to-ascii (IDNA, UTS 46).
_STOPS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": "."})
_WITH_SCHEME = re.compile(r"(?<![a-z0-9])[a-z][a-z0-9+.\-]{1,15}:(?://|\\\\|/\\|\\/)[^\s<>\"“”]+", re.IGNORECASE)
_SCRIPT = re.compile(
    r"(?<![a-z0-9])(?:javascript|data|vbscript|intent|tel|sms|mailto|zalo|tg):[^\s<>\"“”]+", re.IGNORECASE
)
# Endings under which somebody could own "word.ending"; messengers make a link of it by themselves.
_ENDINGS = (
    "vn|com|net|org|info|biz|gov|edu|int|io|me|app|dev|xyz|top|site|online|shop|club|link|click|vip|pro|live|store|tech"
    "|website|space|fun|icu|cyou|buzz|work|world|today|page|asia|mobi|name|cc|tk|ml|ga|cf|gq|ru|cn|us|uk|to|gd|co|ly|gl"
    "|be|eu|de|fr|jp|kr|sg|hk|tw|in|th|la|kh|gle|goo|bio|im|is|id|tv|ws|pw|st|sh|ai"
)
_BARE = re.compile(
    rf"(?<![\w@.\-])(?:[\w.+\-]+@)?(?:[^\W_](?:[\w\-]{{0,61}}[^\W_])?\.)+(?:{_ENDINGS}|xn--[a-z0-9\-]+)"
    rf"(?![\w\-]|\.\w)(?::\d+)?(?:[/?#][^\s<>\"“”]*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<![\w.,/\-])(?:\d{1,3}\.){3}\d{1,3}(?:(?::\d+)|(?=/))[^\s<>\"“”]*")
_WEB = ("http", "https")
_TRAILING = ".,;:!?)]}'’”»…"


@dataclass(frozen=True)
class LinkRule:
    """`allowed` are domains in lower case; what lies under them is allowed too."""

    allowed: frozenset[str]

    def foreign(self, text: str) -> str | None:
        """The first link that may not go out, as it was written but cut; None when all may."""
        for link in _links(_HIDDEN.sub("", text).translate(_STOPS)):
            if not self._is_ours(link):
                return link[:LONGEST_SHOWN]
        return None

    def _is_ours(self, link: str) -> bool:
        host = _host(link)
        return any(host == domain or host.endswith(f".{domain}") for domain in self.allowed)


def link_rule(domains: Iterable[str]) -> LinkRule:
    """Upper case, dots at the ends and empty entries do not matter."""
    return LinkRule(frozenset(domain for each in domains if (domain := each.strip().strip(".").lower())))


def _links(text: str) -> Iterator[str]:
    """Compatibility forms are unfolded first: a browser reads full-width letters as plain ones."""
    folded = unicodedata.normalize("NFKC", text)
    for pattern in (_WITH_SCHEME, _SCRIPT, _BARE, _ADDRESS):
        for found in pattern.finditer(folded):
            yield found[0].rstrip(_TRAILING)
        # A link once judged is not judged again by its parts, such as the name behind an @ or in its path.
        folded = pattern.sub(" ", folded)


def _host(link: str) -> str:
    """The name that a browser would go to; empty for what is no web address."""
    scheme, colon, rest = link.partition(":")
    if colon and re.match(r"[/\\]{2}", rest):
        if scheme.lower() not in _WEB:
            return ""
        link = re.sub(r"^[/\\]+", "", rest)
    elif _SCRIPT.fullmatch(link):
        return ""
    authority = re.split(r"[/\\?#]", link, maxsplit=1)[0]
    name = authority.rpartition("@")[2].partition(":")[0]
    return name.rstrip(".").lower()
