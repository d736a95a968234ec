"""Word lists as one readable string."""


def word_set(words: str) -> frozenset[str]:
    """The words between blanks; `_` stands for a blank inside an entry."""
    return frozenset(word.replace("_", " ") for word in words.split())
