"""Bringing files into the base: taken or refused, read by whom, thrown away or taken back."""

import re

import pytest
from sqlalchemy import select

from desk.accounts.role import Role
from desk.database import reading, writing
from editing.actor import operator_actor
from editing.bodies.faq import faq_from_json
from editing.document import DocumentKind
from editing.documents import find_document
from editing.drafting import DraftChanges, save_draft
from editing.importing.record import knowledge_imports
from editing.version import VersionState
from editing.versions import open_version
from tests.fakes.brought_files import LIMITS, letter_docx, sheet_xlsx
from tests.fakes.imports import EDITOR, HEAD, IMPORTS, ROW, bring, count_versions, imports_site, newest
from tests.fakes.keeping import HOSTILE, ORIGIN, keeper
from tests.fakes.knowledge_base import THEN

pytestmark = pytest.mark.page


@pytest.fixture
def site(engine):
    with imports_site(engine) as made:
        yield made


async def test_undoing_takes_back_what_nobody_touched(site):
    rows = [(f"ma-{number}", f"Hỏi số {number}?", *ROW[2:]) for number in (1, 2)]
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, sheet_xlsx(rows, HEAD), "faqs", "a.xlsx")
        assert (await lan.post(f"{path}/commit", revision=1)).status_code == 303
        with writing(site.engine) as connection:
            document = find_document(connection, DocumentKind.FAQ, "ma-2")
            draft = open_version(connection, document.id)
            changes = DraftChanges(faq_from_json(draft.body), change_note="sửa tiếp")
            save_draft(connection, draft.id, draft.revision, changes, operator_actor(lan.id), THEN)
        assert (await lan.post(f"{path}/undo")).status_code == 303
        page = (await lan.get(path)).text
        assert "đã có người sửa tiếp" in page
        assert (await lan.post(f"{path}/undo")).status_code == 409
    assert newest(site, DocumentKind.FAQ, "ma-1").state is VersionState.DISCARDED
    assert newest(site, DocumentKind.FAQ, "ma-2").state is VersionState.DRAFT


async def test_an_import_that_is_thrown_away_leaves_nothing(site):
    before = count_versions(site)
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, letter_docx())
        assert (await lan.post(f"{path}/discard")).status_code == 303
        assert (await lan.post(f"{path}/commit", revision=1)).status_code == 409
        assert (await lan.post(f"{path}/line", revision=1, line="10", **{"as": "text"})).status_code == 409
    assert count_versions(site) == before


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"", "directive", "không có nội dung"),
        (b"%PDF-1.7 rac", "directive", "bị hỏng"),
        (b"\x00\x01\x02" * 50, "faqs", "không đọc được loại tệp này"),
        (letter_docx(), "faqs", "không phải bảng tính"),
        (sheet_xlsx([ROW], HEAD), "directive", "Đây là bảng tính"),
    ],
)
async def test_a_file_that_is_not_taken_says_why_and_is_no_import(site, data, kind, said):
    async with keeper(site, roles=EDITOR) as lan:
        form, file = {"csrf": lan.csrf, "kind": kind}, (f"{HOSTILE}.docx", data)
        answer = await lan.browser.post(IMPORTS, data=form, files={"file": file}, headers=ORIGIN)
        assert (answer.status_code, said in answer.text, "<script>alert" in answer.text) == (422, True, False)
        assert "Chưa có lần nhập nào" in answer.text
        assert f'value="{kind}" checked' in answer.text
    with reading(site.engine) as connection:
        assert connection.execute(select(knowledge_imports)).all() == []


async def test_a_file_that_is_too_large_leads_back_to_the_form(site):
    data = b"a" * (LIMITS.file_bytes + 1)
    async with keeper(site, roles=EDITOR) as lan:
        form = {"csrf": lan.csrf, "kind": "directive"}
        answer = await lan.browser.post(IMPORTS, data=form, files={"file": ("a.txt", data)}, headers=ORIGIN)
    assert (answer.status_code, f'href="{IMPORTS}">Chọn tệp khác' in answer.text) == (413, True)


async def test_the_original_is_only_ever_a_download(site):
    data = letter_docx()
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, data, name="công văn.html")
        answer = await lan.get(f"{path}/original")
        assert answer.content == data
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_form_without_a_file_or_kind_is_told_so(site):
    async with keeper(site, roles=EDITOR) as lan:
        assert (await lan.post(IMPORTS, kind="directive")).status_code == 422
        files = {"file": ("a.txt", b"abc")}
        answer = await lan.browser.post(IMPORTS, data={"csrf": lan.csrf, "kind": "x"}, files=files, headers=ORIGIN)
        assert answer.status_code == 422
        assert "chưa chọn tệp là văn bản hay hỏi đáp" in answer.text


async def test_the_list_and_the_sheet_to_fill_in(site):
    async with keeper(site, roles=EDITOR) as lan:
        assert "Chưa có lần nhập nào" in (await lan.get(IMPORTS)).text
        await bring(lan, letter_docx())
        page = (await lan.get(IMPORTS)).text
        assert re.search(r"cong van\.docx.*Phạm Thị Bình", page, re.DOTALL)
        answer = await lan.get(f"{IMPORTS}/template.xlsx")
        assert answer.content.startswith(b"PK")


async def test_an_approver_reads_and_changes_nothing(site):
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, letter_docx())
    async with keeper(site, "duyet", "Người Duyệt", (Role.APPROVER,)) as approver:
        page = (await approver.get(path)).text
        assert "12/BHXH-CSXH" in page
        assert "Tạo bản nháp" not in page
        assert (await approver.post(f"{path}/commit", revision=1)).status_code == 403
