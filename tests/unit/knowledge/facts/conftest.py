"""A ledger of two facts beside one entry and one parameter, to be spoilt one thing at a time."""

import pytest

from tests.unit.knowledge.faqs.conftest import FAQ, PARAMETERS

LEDGER = """\
topic: Chủ đề thử
facts:
  - id: F00
    says: Mức đóng thử bằng mức thử mỗi tháng.
    law: "Luật Thử số 1/2024/QH15 Điều 9"
    effective_from: 2025-07-01
    effective_to: null
    confidence: high
    origin: primary
    doubt: null
    unused_because: null
  - id: F01
    says: Nghe nói có mức khác.
    law: null
    effective_from: null
    effective_to: null
    confidence: low
    origin: memory
    doubt: Chưa thấy văn bản.
    unused_because: null
"""


@pytest.fixture
def content(tmp_path):
    for folder, text in (("faqs", FAQ), ("facts", LEDGER)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "thu.yml").write_text(text, encoding="utf-8")
    (tmp_path / "parameters.yml").write_text(PARAMETERS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def change(content):
    """Replaces a piece that stands once in a file of the content folder; returns the folder."""

    def replace(name, old, new):
        path = content / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} must stand once in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return content

    return replace
