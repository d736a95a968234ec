"""One small, valid FAQ folder and parameter table, to be spoilt one thing at a time."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.faqs.parameters import load_parameters

PARAMETERS = """\
money_word: đồng
parameters:
  - name: muc_thu
    title: Mức thử
    unit: dong
    values:
      - {value: 1_000_000, effective_from: 2025-01-01, effective_to: 2025-12-31, document: null, article: null}
      - {value: 2_530_000, effective_from: 2026-01-01, effective_to: null, document: Nghị định thử, article: Điều 1}
  - name: ty_le_thu
    title: Tỷ lệ thử
    unit: percent
    values:
      - {value: 4.5, effective_from: 2025-01-01, effective_to: null, document: Luật thử, article: Điều 2}
  - name: muc_sap_het
    title: Mức sắp hết
    unit: dong
    values:
      - {value: 500_000, effective_from: 2025-01-01, effective_to: 2026-12-31, document: Luật thử, article: Điều 3}
"""

FAQ = """\
topic: Chủ đề thử
entries:
  - id: muc-dong-thu
    question: Mức đóng thử là bao nhiêu?
    alternates:
      - đóng thử mấy tiền
      - mỗi tháng nộp cho khoản thử bao nhiêu
      - xin số tiền của mục thử
      - giá một kỳ thử
      - khoản thử hết bao nhiêu
      - thử một năm bao nhiêu
      - phí thử hằng tháng cao không
      - cho em hỏi giá thử
    answer: |
      Mức đóng là {muc_thu}/tháng.
    legal_basis:
      - {document: Luật Thử số 1/2024/QH15, article: Điều 9, effective_from: 2025-07-01, effective_to: null}
    audience: [citizen]
    confidence: high
    source: primary
    status: live
    review_by: 2027-06-30
    facts: [F00]
    related: []
    next_steps: {where: Cơ quan thử, papers: [], deadline: null}
"""

TODAY = date(2026, 11, 22)


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def faq_text():
    return FAQ


@pytest.fixture
def parameters_text():
    return PARAMETERS


@pytest.fixture
def parameters_file(tmp_path):
    path = tmp_path / "parameters.yml"
    path.write_text(PARAMETERS, encoding="utf-8")
    return path


@pytest.fixture
def parameters(parameters_file):
    return load_parameters(parameters_file)


@pytest.fixture
def faqs(tmp_path):
    folder = tmp_path / "faqs"
    folder.mkdir()
    (folder / "thu.yml").write_text(FAQ, encoding="utf-8")
    return folder


@pytest.fixture
def spoil(faqs):
    """Replaces one piece of the valid file; returns the folder."""

    def replace(old: str, new: str) -> Path:
        path = faqs / "thu.yml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} must stand once in the sample"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return faqs

    return replace
