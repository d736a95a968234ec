"""`python -m tests.conformance` writes docs/channels.md anew."""

from tests.conformance.table import DOCUMENT, compose

if __name__ == "__main__":
    DOCUMENT.write_text(compose(), encoding="utf-8")
    print(f"✓ {DOCUMENT.name}")
