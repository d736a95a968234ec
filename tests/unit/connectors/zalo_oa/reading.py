"""Reading one event as the channel does."""

from connectors.zalo_oa.payload import parse
from desk.conversation import ConversationKey
from tests.unit.connectors.zalo_oa.account import NOW, OA, USER, event, raw

DAYS = 7.0
CONVERSATION = ConversationKey(f"zalo_oa:{OA}:{USER}", "zalo_oa", OA, USER)


def read(document, now=NOW):
    body = document if isinstance(document, bytes) else raw(document)
    (item,) = parse(body, OA, DAYS, now)
    return item


def written(**message):
    return {**event("user_send_text"), "message": {"msg_id": "96d3cdf3af15", **message}}
