"""What Telegram's answers, and their absence, mean for a message."""

import json
import logging

import httpx
import pytest

from connectors.outgoing import NotSent, OfferedButton, OutgoingMessage, Scope, SendFailure, Sent
from tests.unit.connectors.telegram.bot import TOKEN, FakeNetwork, refusal, result, sent

CITIZEN = "900000001"
MESSAGE = OutgoingMessage("Dạ, anh/chị xem <b>mục 1</b> *[Điều 50]* (a_b) ~ & `x`.")


async def outcome(*happenings, message=MESSAGE, to=CITIZEN):
    client = FakeNetwork(*happenings).client()
    try:
        return await client.send(to, message)
    finally:
        await client.close()


@pytest.mark.conformance("H28")
async def test_a_message_goes_out_as_the_plain_text_that_it_is():
    network = FakeNetwork(sent(8))
    assert await network.client().send(CITIZEN, MESSAGE) == Sent(f"{CITIZEN}:8")
    assert str(network.calls[0].url) == f"https://api.telegram.org/bot{TOKEN}/sendMessage"
    form = network.form(0)
    assert json.loads(form.pop("link_preview_options")) == {"is_disabled": True}
    assert form == {"chat_id": CITIZEN, "text": MESSAGE.text}


@pytest.mark.conformance("H17")
async def test_buttons_go_out_with_their_keys():
    network = FakeNetwork(sent())
    await network.client().send(CITIZEN, OutgoingMessage("Chọn", (OfferedButton("Thai sản", "o15.1"),)))
    markup = json.loads(network.form(0)["reply_markup"])
    assert markup == {"inline_keyboard": [[{"text": "Thai sản", "callback_data": "o15.1"}]]}


@pytest.mark.conformance("H29")
@pytest.mark.parametrize("text", ["", " \n", "\u200b\u200d"])
async def test_a_text_in_which_nothing_is_seen_is_not_sent(text):
    said = await outcome(message=OutgoingMessage(text))
    assert (said.failure, said.code) == (SendFailure.PERMANENT, "empty_text")


@pytest.mark.conformance(("H28", "H30", "H31", "H32", "H34", "H39"))
@pytest.mark.parametrize(
    ("answer", "failure", "seconds"),
    [
        (
            refusal(429, "Too Many Requests: retry after 3", retry_after=3),
            SendFailure.RATE_LIMITED,
            3.0,
        ),
        (refusal(429, "Too Many Requests"), SendFailure.RATE_LIMITED, None),
        (httpx.Response(429, text="slow down"), SendFailure.RATE_LIMITED, None),
        (refusal(403, "Forbidden: bot was blocked by the user"), SendFailure.UNREACHABLE, None),
        (refusal(403, "Forbidden: user is deactivated"), SendFailure.UNREACHABLE, None),
        (refusal(400, "Bad Request: chat not found"), SendFailure.UNREACHABLE, None),
        (
            refusal(400, "Bad Request: not enough rights to send text messages"),
            SendFailure.UNREACHABLE,
            None,
        ),
        (refusal(400, "Bad Request: message is too long"), SendFailure.PERMANENT, None),
        (refusal(400, "Bad Request: can't parse entities"), SendFailure.PERMANENT, None),
        (refusal(401, "Unauthorized"), SendFailure.HUMAN_NEEDED, None),
        (refusal(404, "Not Found"), SendFailure.HUMAN_NEEDED, None),
        (refusal(409, "Conflict: terminated by other getUpdates request"), SendFailure.HUMAN_NEEDED, None),
        (refusal(413, "Request Entity Too Large"), SendFailure.PERMANENT, None),
    ],
    ids=lambda value: "" if not isinstance(value, httpx.Response) else value.text[:60],
)
async def test_a_refusal_is_classed_by_what_can_be_done(answer, failure, seconds):
    said = await outcome(answer)
    assert (said.failure, said.retry_after_seconds) == (failure, seconds)
    assert said.scope is (Scope.CHANNEL if failure is SendFailure.HUMAN_NEEDED else Scope.CONVERSATION)
    assert said.needs_attention is (failure is SendFailure.PERMANENT)
    assert len(said.code) <= 32  # the width of the column that keeps it with the conversation


@pytest.mark.conformance("H35")
@pytest.mark.parametrize("status", [302, 500, 502, 503])
async def test_a_server_in_trouble_is_tried_again(status):
    said = await outcome(httpx.Response(status, text="<html>Bad gateway</html>"))
    assert said == NotSent(SendFailure.TEMPORARY, str(status))


@pytest.mark.conformance("H33")
async def test_a_gateway_that_lost_the_answer_leaves_the_end_unknown():
    assert await outcome(httpx.Response(504)) == NotSent(SendFailure.UNKNOWN, "504")


@pytest.mark.conformance("H33")
@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (httpx.ConnectError, SendFailure.TEMPORARY),
        (httpx.ConnectTimeout, SendFailure.TEMPORARY),
        (httpx.PoolTimeout, SendFailure.TEMPORARY),
        (httpx.ReadTimeout, SendFailure.UNKNOWN),
        (httpx.WriteTimeout, SendFailure.UNKNOWN),
        (httpx.ReadError, SendFailure.UNKNOWN),
        (httpx.RemoteProtocolError, SendFailure.UNKNOWN),
    ],
)
async def test_only_what_certainly_did_not_go_out_is_tried_again(error, failure):
    assert await outcome(error(f"for {TOKEN}")) == NotSent(failure, error.__name__)


@pytest.mark.parametrize(
    "content",
    [b"", b'{"ok":tr', b"[]", b"null", b"{}", b'{"ok":false}', b'{"ok":true,"result":7}', b'{"ok":true,"result":{}}'],
)
async def test_a_yes_that_nobody_can_read_is_unknown(content):
    said = await outcome(httpx.Response(200, content=content))
    assert (said.failure, said.code) == (SendFailure.UNKNOWN, "unreadable_answer")


@pytest.mark.parametrize(
    "content", [b'{"ok":false,"description":7}', b'{"ok":false,"parameters":[1]}', b"<html>", b"[" * 200_000]
)
async def test_a_no_of_another_shape_is_never_an_exception(content):
    assert isinstance(await outcome(httpx.Response(400, content=content)), NotSent)


@pytest.mark.conformance("H24")
async def test_a_group_that_moved_is_written_to_at_its_new_id_from_then_on():
    moved = refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009000000002)
    network = FakeNetwork(moved, sent(9, -1009000000002), sent(10, -1009000000002), result(True))
    client = network.client()
    assert await client.send("-900000002", MESSAGE) == Sent("-1009000000002:9")
    assert await client.send("-900000002", MESSAGE) == Sent("-1009000000002:10")
    await client.show_typing("-900000002")
    assert [network.form(number)["chat_id"] for number in range(4)] == ["-900000002", *["-1009000000002"] * 3]


@pytest.mark.conformance("H24")
async def test_a_group_that_moves_in_circles_is_given_up():
    moved = [refusal(400, "moved", migrate_to_chat_id=chat_id) for chat_id in (-2, -1)]
    assert (await outcome(*moved, to="-1")).failure is SendFailure.PERMANENT


@pytest.mark.conformance("H33")
async def test_a_question_that_changes_nothing_is_repeated():
    network = FakeNetwork(
        httpx.ReadTimeout("late"), httpx.Response(502), result({"id": 1, "is_bot": True, "first_name": "x"})
    )
    assert (await network.client().get_me()).id == 1
    assert network.methods == ["getMe"] * 3


async def test_a_question_is_not_repeated_for_ever_nor_after_a_clear_answer():
    network = FakeNetwork(*[httpx.ReadTimeout("late")] * 3)
    assert (await network.client().get_me()).failure is SendFailure.UNKNOWN
    network = FakeNetwork(refusal(401, "Unauthorized"))
    assert (await network.client().get_me()).failure is SendFailure.HUMAN_NEEDED


@pytest.mark.conformance(("H40", "H49"))
async def test_the_webhook_is_set_with_the_secret_and_asks_for_what_is_handled():
    network = FakeNetwork(result(True))
    assert await network.client().set_webhook("https://vidu.vn/webhooks/telegram") is True
    form = network.form(0)
    assert (form["url"], form["secret_token"]) == ("https://vidu.vn/webhooks/telegram", "bi-mat_cua-so-gia")
    handled = ["message", "edited_message", "callback_query", "my_chat_member"]
    assert json.loads(form["allowed_updates"]) == handled
    assert form["drop_pending_updates"] == "false"


@pytest.mark.conformance(("H38", "H49"))
async def test_updates_are_handed_on_as_they_came_also_one_that_the_library_cannot_read():
    strange = {"update_id": 13, "message": {"text": "không có chat", "new": {"\u0111": [1.5]}}}
    network = FakeNetwork(result([{"update_id": 12, "later": {}}, strange]))
    found = await network.client().get_updates(11, 30.0)
    assert [json.loads(update) for update in found.updates][1] == strange
    assert found.highest_id == 13
    form = network.form(0)
    assert (form["offset"], form["timeout"]) == ("11", "30")
    assert json.loads(form["allowed_updates"]) == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert network.calls[0].extensions["timeout"]["read"] == 40.0


async def test_the_first_question_names_no_position():
    network = FakeNetwork(result([]))
    assert (await network.client().get_updates(None, 30.0)).highest_id is None
    assert "offset" not in network.form(0)


@pytest.mark.parametrize("value", [{}, "x", None, 7])
async def test_updates_of_another_shape_are_no_updates(value):
    assert (await FakeNetwork(result(value)).client().get_updates(None, 30.0)).code == "unreadable_answer"


@pytest.mark.parametrize("updates", [[7], [{"update_id": "9"}], [{"update_id": True}]], ids=str)
async def test_an_update_without_a_number_moves_no_position(updates):
    found = await FakeNetwork(result(updates)).client().get_updates(None, 30.0)
    assert (len(found.updates), found.highest_id) == (1, None)


@pytest.mark.conformance(("H34", "H47"))
@pytest.mark.parametrize(
    "happening",
    [
        sent(),
        refusal(401, "Unauthorized"),
        refusal(404, f"Not Found: /bot{TOKEN}/sendMessage"),
        httpx.Response(200, text=f"<html>{TOKEN} {MESSAGE.text}"),
        httpx.Response(400, text=f"<html>{TOKEN} {MESSAGE.text}"),
        httpx.Response(502, text=f"<html>{TOKEN} {MESSAGE.text}"),
        httpx.ConnectError(f"could not reach /bot{TOKEN}/sendMessage"),
        httpx.ReadTimeout(f"/bot{TOKEN}/sendMessage"),
    ],
    ids=repr,
)
async def test_the_token_shows_neither_in_outcomes_nor_in_logs_nor_what_was_said(happening, caplog):
    caplog.set_level(logging.INFO)
    said = await outcome(happening)
    assert TOKEN not in repr(said)
    assert TOKEN not in caplog.text
    assert MESSAGE.text not in caplog.text


@pytest.mark.conformance("H47")
async def test_not_even_the_most_talkative_log_holds_the_token(caplog):
    caplog.set_level(logging.DEBUG)
    await outcome(sent())
    assert "sendMessage" in caplog.text
    assert TOKEN not in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


@pytest.mark.conformance("H12")
@pytest.mark.parametrize(
    "happening",
    [
        refusal(400, "Bad Request: query is too old"),
        httpx.ReadTimeout("late"),
        result(True),
    ],
    ids=repr,
)
async def test_a_press_that_cannot_be_answered_harms_nobody(happening):
    network = FakeNetwork(happening)
    await network.client().acknowledge("4900000000000000001", None)
    assert network.form(0) == {"callback_query_id": "4900000000000000001"}


@pytest.mark.conformance("H36")
async def test_a_typing_sign_that_fails_harms_nobody():
    network = FakeNetwork(refusal(403, "Forbidden: bot was blocked by the user"))
    await network.client().show_typing(CITIZEN)
    assert network.form(0) == {"chat_id": CITIZEN, "action": "typing"}


async def test_making_a_client_asks_nobody():
    network = FakeNetwork()
    await network.client().close()
    assert network.calls == []
