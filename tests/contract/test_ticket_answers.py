"""An answer goes where the citizen asked, with its case code, and says how else they have it."""

from datetime import timedelta

import pytest

from desk.conversation import conversations
from desk.database import writing
from desk.tickets.look_up import look_up
from desk.tickets.progress import TicketState
from desk.tickets.ticket import TicketKind
from tests.fakes.gateway import now
from tests.fakes.ticket_desk import TicketSite, key_of


@pytest.fixture
def site(engine):
    made = TicketSite(engine)
    yield made
    made.close()


@pytest.fixture
async def lan(site):
    return site.operator()


def answered(site, ticket):
    (event,) = [event for event in site.events(ticket) if event.kind.value == "answered"]
    return event.data


async def test_a_citizen_of_the_page_finds_it_with_its_code(site, lan):
    ticket = site.file(contact="")
    page = await lan.page(f"/console/tickets/{ticket.id}")
    assert "Chỉ hiện trong khung trò chuyện trên trang web" in page.text
    answer = await lan.submit(ticket, "answer", text="Sổ đã in xong.", told="conversation")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/console/tickets/{ticket.id}?said=ticket_answered",
    )
    assert site.said("operator") == [f"Trả lời yêu cầu mã {ticket.case_code}:\n\nSổ đã in xong."]
    assert site.again(ticket).progress.state is TicketState.ANSWERED
    assert "Đã gửi câu trả lời vào cuộc trò chuyện." in (await lan.page(answer.headers["location"])).text


async def test_who_left_a_telephone_number_is_called_and_that_is_recorded(site, lan):
    ticket = site.file()
    page = await lan.page(f"/console/tickets/{ticket.id}")
    assert "hãy báo trực tiếp rồi chọn cách đã báo" in page.text
    assert 'value="conversation" required checked' not in page.text
    await lan.submit(ticket, "answer", text="Sổ đã in xong.", told="phone")
    assert answered(site, ticket) == {"text": "Sổ đã in xong.", "told": "phone"}
    assert len(site.said("operator")) == 1


async def test_on_zalo_it_is_sent(site, lan):
    site.citizen_says("Bao giờ có sổ?", channel="zalo_oa")
    ticket = site.file(channel="zalo_oa")
    page = await lan.page(f"/console/tickets/{ticket.id}")
    assert "Gửi tin nhắn qua Zalo OA" in page.text
    await lan.submit(ticket, "answer", text="Sổ đã in xong.", told="conversation")
    assert len(site.said("operator")) == 1


@pytest.mark.parametrize("why", ["left", "window", "silent"])
async def test_where_nothing_can_be_sent_another_way_is_asked_for(site, lan, why):
    key = key_of(channel="zalo_oa")
    if why != "silent":
        site.citizen_says("Bao giờ có sổ?", channel="zalo_oa", at=now() - timedelta(days=8 if why == "window" else 0))
    ticket = site.file(channel="zalo_oa")
    if why == "left":
        with writing(site.engine) as connection:
            theirs = conversations.c.id == key.id
            connection.execute(conversations.update().where(theirs).values(unreachable="left"))
    page = await lan.page(f"/console/tickets/{ticket.id}")
    assert 'value="conversation"' not in page.text
    refused = await lan.submit(ticket, "answer", text="Sổ đã in xong.", told="conversation")
    assert (refused.status_code, "Anh/chị báo bằng cách khác" in refused.text) == (422, True)
    assert (await lan.submit(ticket, "answer", text="Sổ đã in xong.", told="phone")).status_code == 303
    assert site.said("operator") == []


async def test_who_asks_with_the_code_hears_that_it_is_answered(site, lan):
    ticket = site.file(TicketKind.COMPLAINT, contact="")
    await lan.submit(ticket, "answer", text="Xin lỗi anh/chị.", told="conversation")
    assert site.do(lambda connection, _: look_up(connection, ticket.case_code), ticket).answered_at is not None


async def test_a_second_answer_is_a_second_message(site, lan):
    ticket = site.file(contact="")
    for text in ("Một", "Hai"):
        await lan.submit(ticket, "answer", text=text, told="conversation")
    assert [said.rsplit("\n", 1)[1] for said in site.said("operator")] == ["Một", "Hai"]


@pytest.mark.parametrize("act", ["answer", "reappoint", "reappoint/preview"])
async def test_a_foreign_link_goes_out_neither_in_an_answer_nor_with_a_new_day(site, lan, act):
    ticket = site.file(TicketKind.LATE_DOSSIER)
    text = "Anh/chị nộp lại tại bhxh-hoan-tien.top/nop giúp tôi."
    refused = await lan.submit(ticket, act, text=text, told="phone", new_date="30/11/2026")
    assert (refused.status_code, "bhxh-hoan-tien.top/nop” không thuộc danh sách" in refused.text) == (422, True)
    assert (site.said("operator"), site.said("system")) == ([], [])
