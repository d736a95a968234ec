"""`bhxh report`: the workbook without a browser, and what is said when it cannot be written."""

import getpass

import openpyxl
import pytest
from typer.testing import CliRunner

from app.cli import build_app
from app.failures import CommandError
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading
from tests.fakes.report import Month, answered, october


@pytest.fixture
def bhxh(engine, monkeypatch):
    monkeypatch.setenv("BHXH_DATABASE_URL", engine.url.render_as_string(hide_password=False))

    def run(*arguments):
        return CliRunner().invoke(build_app(), ["report", *map(str, arguments)])

    return run


def exports(engine):
    with reading(engine) as connection:
        return entries(connection, AuditFilter(action=AuditAction.REPORT_EXPORTED), 10)


def test_it_writes_the_workbook_of_a_month_and_a_line_in_the_audit_log(engine, bhxh, tmp_path):
    Month(engine).says("an", "hỏi", october(5), answered("faq/bhxh-mot-lan-dieu-kien"))
    target = tmp_path / "thang-10.xlsx"
    done = bhxh("--month", "2026-10", "--out", target)
    assert done.exit_code == 0, done.output
    book = openpyxl.load_workbook(target)
    assert "BHXH một lần" in [cell.value for cell in book["Chủ đề"]["A"]]
    (line,) = exports(engine)
    assert (line.actor, line.subject) == (f"terminal:{getpass.getuser()}", "report:2026-10")


def test_without_a_name_it_is_named_after_its_month(engine, bhxh, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert bhxh("--month", "2026-09").exit_code == 0
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["bao-cao-2026-09.xlsx"]


@pytest.mark.parametrize("month", ["2026-13", "thang 10", "2099-01", "2026-10; drop table inbox"])
def test_what_is_no_month_is_said_and_nothing_is_written(engine, bhxh, tmp_path, month):
    done = bhxh("--month", month, "--out", tmp_path / "x.xlsx")
    assert isinstance(done.exception, CommandError)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert exports(engine) == ()


@pytest.mark.parametrize("place", ["khong-co/x.xlsx", "."])
def test_a_place_that_cannot_be_written_is_said(engine, bhxh, tmp_path, place):
    done = bhxh("--month", "2026-10", "--out", tmp_path / place)
    assert isinstance(done.exception, CommandError)
    assert exports(engine) == ()
