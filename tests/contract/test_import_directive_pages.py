"""A directive that was brought: corrected by hand before it becomes a draft; nothing that was typed is lost."""

import pytest

from desk.audit import AuditAction
from desk.database import reading, writing
from editing.bodies.directive import directive_from_json
from editing.document import DocumentKind
from editing.documents import find_document
from editing.version import VersionState
from tests.fakes.brought_files import LETTER, letter_docx
from tests.fakes.imports import EDITOR, bring, count_versions, imports_site, newest, stored
from tests.fakes.keeping import HOSTILE, audited, keeper
from tests.fakes.knowledge_base import published_directive

pytestmark = pytest.mark.page


@pytest.fixture
def site(engine):
    with imports_site(engine) as made:
        yield made


async def test_a_directive_is_read_corrected_and_taken_in(site):
    before = count_versions(site)
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, letter_docx())
        assert count_versions(site) == before
        page = (await lan.get(path)).text
        assert "12/BHXH-CSXH" in page
        fields = {"line": "10", "as": "heading", "level": "number", "label": "3", "at": ""}
        answer = await lan.post(f"{path}/line", revision=1, **fields)
        assert answer.status_code == 303
        assert answer.headers["location"].endswith("#line-10")
        answer = await lan.post(f"{path}/questions", revision=2, section="3", questions="trả ở đâu\n\ntrả ở đâu")
        assert answer.status_code == 303
        answer = await lan.post(f"{path}/commit", revision=3)
        assert answer.headers["location"].startswith("/console/knowledge/directive/12-BHXH-CSXH")
    version = newest(site, DocumentKind.DIRECTIVE, "12-BHXH-CSXH")
    body = directive_from_json(version.body)
    assert version.state is VersionState.DRAFT
    assert version.import_id == int(path.rsplit("/", 1)[1])
    assert body.parsed("12-BHXH-CSXH").section("3").heading == "Trả kết quả cho người dân"
    assert body.questions == {"3": ("trả ở đâu",)}
    assert [detail["what"] for _, detail in audited(site.engine, AuditAction.KNOWLEDGE_IMPORTED)] == [
        "committed",
        "read",
    ]


@pytest.mark.parametrize("text", ["Thông báo nghỉ lễ.", "Một\nHai\n"])
async def test_a_file_without_any_section_is_shown_and_can_be_thrown_away(site, text):
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, text.encode(), name="thong-bao.txt")
        page = await lan.get(path)
        assert (page.status_code, "Bỏ lần nhập này" in page.text) == (200, True)


async def test_facts_without_a_number_are_asked_for_and_kept_when_wrong(site):
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, letter_docx(LETTER[2:]))
        assert "Chưa đọc được số, ký hiệu" in (await lan.get(path)).text
        refused = await lan.post(f"{path}/commit", revision=1)
        assert refused.status_code == 422
        wrong = await lan.post(f"{path}/facts", revision=1, number="mười hai", issued_on="05/10/2026", subject=HOSTILE)
        assert wrong.status_code == 422
        assert 'value="mười hai"' in wrong.text
        assert "<script>alert" not in wrong.text
        good = await lan.post(f"{path}/facts", revision=1, number="12/BHXH-CSXH", issued_on="2026-10-05")
        assert good.status_code == 303
        assert (await lan.post(f"{path}/commit", revision=2)).status_code == 303
    body = directive_from_json(newest(site, DocumentKind.DIRECTIVE, "12-BHXH-CSXH").body)
    assert body.front["number"] == "12/BHXH-CSXH"


async def test_two_who_correct_at_once_lose_nothing(site):
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, letter_docx())
        assert (await lan.post(f"{path}/facts", revision=1, subject="một")).status_code == 303
        late = await lan.post(f"{path}/facts", revision=1, subject="hai ba bốn")
        assert late.status_code == 409
        assert "hai ba bốn" in late.text
        line = {"line": "10", "as": "point", "level": "letter", "label": "c"}
        late = await lan.post(f"{path}/line", revision=1, **line)
        assert late.status_code == 409
        assert 'id="line-editor"' in late.text
        assert 'id="editor-error"' in late.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"line": "10", "as": "point"}, "cần chọn cấp và ghi số"),
        ({"line": "10", "as": "point", "level": "letter", "label": "12"}, "không hợp với cấp"),
        ({"line": "10", "as": "split", "at": "không có chữ này"}, "không thấy chữ cần cắt"),
        ({"line": "10", "as": HOSTILE, "level": HOSTILE}, "không hợp với cấp"),
        ({"line": "99999", "as": "text"}, ""),
    ],
)
async def test_a_correction_that_does_not_fit_says_why_and_changes_nothing(site, fields, said):
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, letter_docx())
        answer = await lan.post(f"{path}/line", revision=1, **fields)
        assert answer.status_code == 422
        assert said in answer.text
        assert stored(site, path)[0].revision == 1


async def test_a_directive_that_is_there_becomes_a_new_version(site):
    text = "\n".join(LETTER) + "\nBản cũ.\n"
    with writing(site.engine) as connection:
        published_directive(
            connection, "12-BHXH-CSXH", text, {"number": "12/BHXH-CSXH"}, {"2": ("lưu bao lâu",), "9": ("không còn",)}
        )
    async with keeper(site, roles=EDITOR) as lan:
        data = letter_docx()
        path = await bring(lan, data)
        assert "thành bản nháp mới" in (await lan.get(path)).text
        assert (await lan.post(f"{path}/commit", revision=1)).status_code == 303
        version = newest(site, DocumentKind.DIRECTIVE, "12-BHXH-CSXH")
        assert (version.number, version.state) == (2, VersionState.DRAFT)
        assert directive_from_json(version.body).questions == {"2": ("lưu bao lâu",)}
        again = await bring(lan, data)
        page = (await lan.get(again)).text
        assert "đang có bản nháp mở" in page
        assert "Đúng tệp này đã được nhập" in page
        assert (await lan.post(f"{again}/commit", revision=1)).status_code == 422


async def test_the_structure_of_a_draft_is_corrected_too(site):
    with writing(site.engine) as connection:
        published_directive(connection, "12-BHXH-CSXH", "\n".join(LETTER) + "\n", {"number": "12/BHXH-CSXH"})
    page = "/console/knowledge/directive/12-BHXH-CSXH/structure"
    line = {"line": "10", "as": "heading", "level": "number", "label": "3"}
    async with keeper(site, roles=EDITOR) as lan:
        assert "Mở bản nháp để sửa" in (await lan.get(page)).text
        assert (await lan.post(f"{page}/line", revision=1, **line)).status_code == 409
        with reading(site.engine) as connection:
            document = find_document(connection, DocumentKind.DIRECTIVE, "12-BHXH-CSXH")
        assert (await lan.post(f"/console/knowledge/documents/{document.id}/start")).status_code == 303
        assert (await lan.post(f"{page}/line", revision=1, **line)).status_code == 303
        assert (await lan.post(f"{page}/line", revision=1, **line)).status_code == 409
        assert (await lan.post(f"{page}/facts", revision=2, number="x")).status_code == 422
        assert "đã sửa" in (await lan.get(page)).text
