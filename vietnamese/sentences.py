"""Where one sentence ends and the next begins, in letters of authorities as in chat."""

import re

from vietnamese.word_set import word_set

_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s)|(?<=[a-zà-ỹđ])[.!?]+(?=[A-ZÀ-ỸĐ][a-zà-ỹđ])")
_LABEL = re.compile(
    r"(?:(?:điều|khoản|mục|chương|phần|bước|phụ lục|câu|tiểu mục|điểm)\s+)?(?:[\divxlc]{1,6}(?:\.\d{1,3})*|[a-zđ])\Z",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"[^\s(\[\"'“]*\Z")
_ABBREVIATIONS = word_set(
    "tp tx tt ts ths gs pgs bs cn ks ls tr vd st mr mrs ms dr q p h x kp đ đt dt sđt no nr vs tel fax v.v vv th cty"
)
_INLINE_LABEL = re.compile(r"[:;,]\s+(?:\d{1,2}|[a-zđ])\Z", re.IGNORECASE)
_LOOK_BACK = 40  # no label or abbreviation is longer


def split_sentences(text: str) -> tuple[str, ...]:
    """Sentences in order, stripped, none empty; every non-space character of the text is in exactly one.

    A line break always ends a sentence. Labels (`Điều 5.`, `1.`), numbers, dates, `v.v.`, `TP.HCM` and
    addresses do not.
    """
    return tuple(sentence for line in text.splitlines() for sentence in _split_line(line))


def _split_line(line: str) -> list[str]:
    sentences = []
    start = 0
    for match in _END.finditer(line):
        if _ends_sentence(line, start, match):
            sentences.append(line[start : match.end()].strip())
            start = match.end()
    sentences.append(line[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _ends_sentence(line: str, start: int, match: re.Match[str]) -> bool:
    if match.group()[0] in "!?…":
        return True
    following = line[match.end() : match.end() + 8].lstrip()
    before = line[max(start, match.start() - _LOOK_BACK) : match.start()]
    if _LABEL.match(line[start : match.start()][: _LOOK_BACK + 1].strip()) or _INLINE_LABEL.search(before):
        return False
    word = _LAST_WORD.search(before)
    last = word.group().lower() if word else ""
    if last in ("v.v", "vv") or match.group().startswith("..."):
        return following[:1].isupper()
    return last not in _ABBREVIATIONS and not _is_initial(last)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()
