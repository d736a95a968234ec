"""The pages of messages to many: written by one, approved by another, steered by both; nothing typed is lost."""

import pytest
from sqlalchemy import select

from desk.accounts.role import Role
from desk.audit import AuditAction, audit_entries
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import reading, writing
from desk.links import link_rule
from desk.notices.mailing import MailingKind, MailingState, mailing_by_id, newest_mailings
from desk.notices.mailing_writing import MailingText, create_mailing
from desk.notices.news_topic import add_topic, news_topics_of
from desk.notices.subscription import subscribe
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.editor_browser import EditorBrowser
from tests.fakes.gateway import now
from tests.fakes.news import named

pytestmark = pytest.mark.page

NEWS = "/console/knowledge/news"
TYPED = {"title": "Lương hưu tháng 12", "text": "Chi trả từ ngày 2.", "channel_web": "1", "channel_telegram": "1"}


@pytest.fixture
def site(engine):
    site = ConsoleSite(engine)
    yield site
    site.close()


@pytest.fixture
def people(engine):
    make = {"lan": Role.EDITOR, "binh": Role.APPROVER, "cuc": Role.EDITOR}
    return {name: add_colleague(engine, name, f"Người {name}", (role,)) for name, role in make.items()}


@pytest.fixture
def topic(engine):
    key = ConversationKey("web:web:1", "web", "web", "1")
    with writing(engine) as connection:
        topic = add_topic(connection, "Lương hưu", "", 1, now())
        ensure_conversation(connection, key, now())
        subscribe(connection, key.id, topic.id, "đăng ký tin lương hưu", now())
    return topic


class Desk(EditorBrowser):
    """Below the page of news."""

    async def opens(self, path=""):
        return await super().opens(NEWS + path)

    async def sends(self, path="", **fields):
        return await super().sends(NEWS + path, **fields)


@pytest.fixture
def desk(site, people):
    return lambda name: Desk(site, people[name])


def only(engine):
    with reading(engine) as connection:
        (mailing,) = newest_mailings(connection, 10)
    return mailing


async def test_from_the_first_word_to_the_approval_of_somebody_else(engine, desk, topic):
    editor, approver = desk("lan"), desk("binh")
    answer = await editor.sends(**TYPED, topic=topic.id)
    mailing = only(engine)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{NEWS}/{mailing.id}?said=created")
    page = (await editor.opens(f"/{mailing.id}?said=created")).text
    assert ("<strong>1</strong> người nhận được" in page, "DỪNG TIN" in page, "Trang web" in page) == (True,) * 3
    await editor.sends(f"/{mailing.id}/submit", revision=1)
    await approver.sends(f"/{mailing.id}/approve", revision=1)
    assert only(engine).state is MailingState.APPROVED
    with reading(engine) as connection:
        noted = set(connection.execute(select(audit_entries.c.action)).scalars())
    assert {AuditAction.NEWS_EDITED, AuditAction.NEWS_SUBMITTED, AuditAction.NEWS_APPROVED} <= noted


async def test_who_wrote_on_it_may_not_approve_it_whatever_the_role(engine, site, people, topic):
    both = add_colleague(engine, "dung", "Vừa soạn vừa duyệt", (Role.EDITOR, Role.APPROVER))
    writer, second = Desk(site, people["lan"]), Desk(site, both)
    await writer.sends(**TYPED, topic=topic.id)
    mailing = only(engine)
    await second.sends(f"/{mailing.id}", **{**TYPED, "title": "Sửa"}, topic=topic.id, revision=1)
    await second.sends(f"/{mailing.id}/submit")
    answer = await second.sends(f"/{mailing.id}/approve", revision=2)
    assert (answer.headers["location"], only(engine).state) == (
        f"{NEWS}/{mailing.id}?refused=own",
        MailingState.SUBMITTED,
    )
    assert "không thể tự duyệt" in (await second.opens(f"/{mailing.id}")).text


async def test_what_was_changed_after_it_was_read_is_not_approved(engine, desk, topic):
    editor, approver = desk("lan"), desk("binh")
    await editor.sends(**TYPED, topic=topic.id)
    number = only(engine).id
    await editor.sends(f"/{number}/submit")
    await editor.sends(f"/{number}/take-back")
    await editor.sends(f"/{number}", **{**TYPED, "text": "Khác"}, topic=topic.id, revision=1)
    await editor.sends(f"/{number}/submit")
    answer = await approver.sends(f"/{number}/approve", revision=1)
    assert ("refused=state" in answer.headers["location"], only(engine).state) == (True, MailingState.SUBMITTED)


async def test_two_who_save_at_once_lose_nothing(engine, desk, topic):
    await desk("lan").sends(**TYPED, topic=topic.id)
    number = only(engine).id
    await desk("lan").sends(f"/{number}", **{**TYPED, "title": "Của An"}, topic=topic.id, revision=1)
    answer = await desk("cuc").sends(f"/{number}", **{**TYPED, "title": "Của Cúc"}, topic=topic.id, revision=1)
    assert (answer.status_code, "Của Cúc" in answer.text, "Của An" in answer.text) == (409, True, True)
    assert only(engine).title == "Của An"
    await desk("cuc").sends(f"/{number}", **{**TYPED, "title": "Của Cúc"}, topic=topic.id, revision=2)
    assert only(engine).title == "Của Cúc"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Cần có tiêu đề."),
        ({"title": "x" * 121}, "Tiêu đề dài quá"),
        ({"text": "x" * 1_201}, "Nội dung dài quá"),
        ({"text": "Xem http://bhxh-lua-dao.example.com"}, "liên kết ngoài danh sách"),
        ({"link": "https://bit.ly/abc"}, "không thuộc các trang được phép"),
        ({"link": "javascript:alert(1)"}, "phải bắt đầu bằng https://"),
        ({"topic": "99"}, "Cần chọn một chủ đề."),
        ({"topic": "abc"}, "Cần chọn một chủ đề."),
        ({"send_at": "mai"}, "Thời điểm gửi chưa đúng"),
        ({"send_at": "9999-01-01T00:00"}, "xa hơn một năm"),
        ({"channel_web": "", "channel_telegram": ""}, "ít nhất một kênh"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(engine, desk, topic, wrong, sentence):
    answer = await desk("lan").sends(**{**TYPED, "topic": topic.id, "text": "<b>Giữ lại</b>", **wrong})
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert ("&lt;b&gt;Giữ lại" in answer.text) is ("text" not in wrong)
    with reading(engine) as connection:
        assert newest_mailings(connection, 1) == ()


async def test_pause_and_stop_need_a_reason_and_a_state_that_fits(engine, desk, topic):
    editor, approver = desk("lan"), desk("binh")
    await editor.sends(**TYPED, topic=topic.id)
    number = only(engine).id
    assert "refused=reason" in (await approver.sends(f"/{number}/stop", reason="vì")).headers["location"]
    assert "refused=state" in (await approver.sends(f"/{number}/pause", reason="lý do")).headers["location"]
    assert "refused=state" in (await approver.sends(f"/{number}/resume")).headers["location"]
    await approver.sends(f"/{number}/stop", reason="Không cần nữa")
    with reading(engine) as connection:
        assert mailing_by_id(connection, number).state is MailingState.STOPPED
    assert "Không cần nữa" in (await editor.opens(f"/{number}")).text


async def test_a_rejected_one_is_a_draft_again_with_the_reason(engine, desk, topic):
    await desk("lan").sends(**TYPED, topic=topic.id)
    number = only(engine).id
    await desk("lan").sends(f"/{number}/submit")
    await desk("binh").sends(f"/{number}/reject", reason="Thiếu ngày chi trả")
    page = (await desk("lan").opens(f"/{number}")).text
    assert ("Thiếu ngày chi trả" in page, only(engine).state) == (True, MailingState.DRAFT)


async def test_topics_are_kept_with_numbers_of_subscribers_and_no_identity(engine, desk, topic):
    editor = desk("lan")
    await editor.sends("/topics", name="Thai sản", description="Hồ sơ, mức hưởng")
    taken = await editor.sends("/topics", name="THAI SAN", description="<i>khác</i>")
    assert (taken.status_code, "Đã có chủ đề tên này." in taken.text, "&lt;i&gt;" in taken.text) == (422, True, True)
    assert (await editor.sends("/topics", name="!!", description="")).status_code == 422
    await editor.sends(f"/topics/{topic.id}", name="Lương hưu", description="mới")
    page = (await editor.opens("/subscribers")).text
    assert ("đã đóng đăng ký" in page, "web:web:1" in page) == (True, False)
    with reading(engine) as connection:
        assert [(each.name, each.is_open) for each in news_topics_of(connection)] == [
            ("Lương hưu", False),
            ("Thai sản", True),
        ]


async def test_what_does_not_exist_is_not_found_and_cannot_be_stepped_on(desk):
    editor, approver = desk("lan"), desk("binh")
    for path in ("/7", "/7/progress", "/abc", "/7777777777777777777777"):
        assert (await editor.opens(path)).status_code == 404, path
    for step in ("submit", "take-back", "approve", "reject", "pause", "resume", "stop"):
        answers = [await each.sends(f"/7/{step}", reason="lý do nào đó") for each in (editor, approver)]
        assert {answer.status_code for answer in answers} <= {403, 404}, step


async def test_the_preview_shows_what_is_typed_and_no_markup(desk, topic):
    answer = await desk("lan").sends("/preview", **{**TYPED, "text": "<script>x</script>"}, topic=topic.id)
    assert ("&lt;script&gt;" in answer.text, "Lương hưu" in answer.text, "Zalo OA" in answer.text) == (
        True,
        True,
        False,
    )


async def test_a_correction_goes_to_those_who_were_named_and_needs_no_topic(engine, site, people, topic):
    written = MailingText("Đính chính mức hưởng", "Mức đúng là 75%.")
    with writing(engine) as connection:
        made = create_mailing(
            connection,
            MailingKind.CORRECTION,
            written,
            people["lan"],
            link_rule([]),
            now(),
            named(["web:web:1"]),
            "faq/a",
        )
    editor, approver = Desk(site, people["lan"]), Desk(site, people["binh"])
    page = (await editor.opens(f"/{made.id}")).text
    assert ("<strong>1</strong> người nhận được" in page, "ĐÍNH CHÍNH" in page, "faq/a" in page) == (True, True, True)
    await editor.sends(f"/{made.id}", **{**TYPED, "title": "Đính chính"}, revision=1)
    await editor.sends(f"/{made.id}/submit")
    await approver.sends(f"/{made.id}/approve", revision=2)
    assert (only(engine).title, only(engine).state) == ("Đính chính", MailingState.APPROVED)
