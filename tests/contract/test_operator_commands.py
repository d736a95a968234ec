"""The commands of whoever operates the channels, as they are typed, over a real database and simulated platforms."""

import json
import sys

import pytest

from app.cli import main
from connectors.claim import Ending, Lease, claim_due, finish
from connectors.dead_letters import keep_unreadable
from connectors.inbox import InboxState, accept, inbox
from connectors.message import InboundMessage, Reply
from connectors.outgoing import NotSent, OutgoingMessage, SendFailure
from connectors.sending import claim_delivery, due_deliveries, give_up
from desk.alert import Alert, open_alerts, raise_alert
from desk.conversation import ConversationKey
from desk.database import build_engine, reading, writing
from desk.migrate import upgrade
from tests.channel_servers import TelegramServer, ZaloBotServer, ZaloOaServer
from tests.channel_servers.environment import environment_of
from tests.channel_servers.running import serving_in_thread
from tests.fakes.gateway import now

SECRET_WORDS = "số thẻ của tôi là bí mật"
KEY = ConversationKey("telegram:7:1", "telegram", "7", "1")
LEASE = Lease("test", now())


@pytest.fixture
def variables(monkeypatch, database_address):
    import os

    for name in list(os.environ):
        if name.startswith(("ZALO_", "TELEGRAM_", "BHXH_PUBLIC_URL")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BHXH_DATABASE_URL", database_address)
    monkeypatch.setenv("BHXH_SECRET_KEY", "a key of the tests, long enough for one")

    def set_variables(values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_variables


@pytest.fixture
def bhxh(monkeypatch, capsys, variables):
    """Types a command; gives exit status, stdout and stderr."""

    def typed(*arguments):
        monkeypatch.setattr(sys, "argv", ["bhxh", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return end.value.code or 0, said.out, said.err

    return typed


@pytest.fixture
def database(database_address, variables):
    engine = build_engine(database_address)
    upgrade(engine)
    yield engine
    engine.dispose()


def put_dead_letter(engine, number=1):
    with writing(engine) as connection:
        accept(connection, InboundMessage(KEY, f"m{number}", SECRET_WORDS, None, now()))
        (claim,) = claim_due(connection, Lease("test", now()), now(), 1, (KEY.channel,))
        finish(connection, claim, Ending((Reply("Xin lỗi"),), "dialogue_timeout"), _render, now())
        return claim.inbox_id


def _render(reply, _sequence):
    return (OutgoingMessage(reply.text + SECRET_WORDS),)


def fail_delivery(engine, failure):
    with writing(engine) as connection:
        (due,) = due_deliveries(connection, "telegram", "7", now(), 1)
        give_up(connection, claim_delivery(connection, due, LEASE, now()), NotSent(failure, "403", "blocked"), now())


class TestDeadLetters:
    def test_they_are_listed_without_anybodys_words(self, bhxh, database):
        letter = put_dead_letter(database)
        with writing(database) as connection:
            keep_unreadable(connection, "zalo_oa", "1", SECRET_WORDS.encode(), "sender: missing", now())
        status, shown, _ = bhxh("dead-letters", "list")
        assert (status, SECRET_WORDS in shown) == (0, False)
        assert "dialogue_timeout" in shown
        assert "sender: missing" in shown
        _, text, _ = bhxh("dead-letters", "list", "--json")
        message, unread = json.loads(text)
        assert (message["id"], message["kind"], unread["kind"]) == (letter, "message", "unreadable")
        assert SECRET_WORDS not in text

    def test_without_any_it_says_so(self, bhxh):
        assert bhxh("dead-letters", "list")[1] == "✓ no dead letters\n"
        assert json.loads(bhxh("dead-letters", "list", "--json")[1]) == []

    @pytest.mark.conformance("G29")
    def test_one_is_tried_again_by_its_id(self, bhxh, database):
        first, second = put_dead_letter(database, 1), put_dead_letter(database, 2)
        assert bhxh("dead-letters", "retry", str(second))[0] == 0
        with reading(database) as connection:
            states = {row.id: row.state for row in connection.execute(inbox.select())}
        assert states == {first: InboxState.DEAD, second: InboxState.RECEIVED}

    @pytest.mark.conformance("G29")
    def test_all_are_tried_again_the_oldest_first(self, bhxh, database):
        letters = [put_dead_letter(database, number) for number in range(3)]
        _, text, _ = bhxh("dead-letters", "retry", "--all", "--json")
        assert [one["inbox_id"] for one in json.loads(text)] == letters
        assert bhxh("dead-letters", "retry", "--all") == (
            0,
            "✓ 0 to be answered; `bhxh dead-letters list` shows whether it worked\n",
            "",
        )

    def test_an_id_that_is_none_is_named_and_the_others_are_tried(self, bhxh, database):
        letter = put_dead_letter(database)
        status, shown, error = bhxh("dead-letters", "retry", str(letter), "999")
        assert (status, "✓ 1 " in shown, error) == (1, True, "✗ no dead letters: 999\n")

    @pytest.mark.parametrize("arguments", [(), ("--all", "1")], ids=str)
    def test_ids_and_all_exclude_each_other(self, bhxh, arguments):
        status, _, error = bhxh("dead-letters", "retry", *arguments)
        assert (status, error) == (1, "✗ give ids of messages, or --all\n")

    @pytest.mark.parametrize(
        "arguments", [("retry", "one"), ("list", "--limit", "0"), ("list", "--limit", "x"), ("drop",)]
    )
    def test_what_is_no_number_is_a_usage_error(self, bhxh, arguments):
        assert bhxh("dead-letters", *arguments)[0] == 2


class TestDeliveriesAndAlerts:
    @pytest.mark.conformance(("G70", "G75"))
    def test_failed_and_unknown_sends_are_listed_without_anybodys_words(self, bhxh, database):
        for number, failure in enumerate([SendFailure.UNREACHABLE, SendFailure.UNKNOWN]):
            put_dead_letter(database, number)
            fail_delivery(database, failure)
        status, text, _ = bhxh("deliveries", "list", "--json")
        shown = [(one["state"], one["error_class"], one["error_code"]) for one in json.loads(text)]
        assert (status, shown) == (0, [("unknown", "unknown", "403"), ("failed", "unreachable", "403")])
        assert SECRET_WORDS not in text + bhxh("deliveries", "list")[1]

    def test_open_alerts_are_pointed_to_on_stderr(self, bhxh, database):
        assert bhxh("deliveries", "list") == (0, "✓ nothing failed\n", "")
        with writing(database) as connection:
            raise_alert(connection, Alert("zalo_oa", "1", "quota", "-211"), now())
        assert bhxh("deliveries", "list", "--json")[1:] == ("[]\n", "! 1 alerts are open: bhxh alerts list\n")

    @pytest.mark.conformance(("G68", "I14"))
    def test_an_alert_stays_until_somebody_says_that_it_was_seen_to(self, bhxh, database):
        with writing(database) as connection:
            for _ in range(2):
                raise_alert(connection, Alert("zalo_oa", "1", "quota", "-211", "out of quota", KEY.id), now())
        (shown,) = json.loads(bhxh("alerts", "list", "--json")[1])
        assert (shown["kind"], shown["times"], shown["conversation"]) == ("quota", 2, KEY.id)
        assert "out of quota" in bhxh("alerts", "list")[1]
        assert bhxh("alerts", "settle", str(shown["id"])) == (0, "✓ settled 1\n", "")
        assert bhxh("alerts", "list")[1] == "✓ no open alerts\n"
        assert bhxh("alerts", "settle", str(shown["id"]))[0] == 1
        with writing(database) as connection:
            assert raise_alert(connection, Alert("zalo_oa", "1", "quota", "-211", conversation_id=KEY.id), now())
            assert len(open_alerts(connection, 10)) == 1


class TestChannels:
    def test_the_list_says_what_is_on_and_what_is_missing(self, bhxh, variables):
        variables({"TELEGRAM_BOT_TOKEN": "7:invented", "TELEGRAM_MODE": "polling", "ZALO_OA_ID": "1"})
        status, shown, _ = bhxh("channel", "list", "--json")
        states = {one["channel"]: one["state"] for one in json.loads(shown)}
        assert (status, states) == (1, {"zalo_oa": "half configured", "zalo_bot": "off", "telegram": "on"})

    @pytest.mark.parametrize("verb", ["check", "set-webhook"])
    @pytest.mark.parametrize(
        ("name", "said"), [("signal", "unknown channel 'signal'"), ("telegram", "telegram is off")]
    )
    def test_a_channel_that_is_not_there_is_named(self, bhxh, verb, name, said):
        status, _, error = bhxh("channel", verb, name)
        assert (status, error.startswith(f"✗ {said}")) == (1, True)

    def test_a_half_configured_channel_is_not_asked(self, bhxh, variables):
        variables({"TELEGRAM_MODE": "polling"})
        status, _, error = bhxh("channel", "check", "telegram")
        assert (status, error) == (1, "✗ TELEGRAM_BOT_TOKEN: missing, but other variables of Telegram are set\n")

    @pytest.mark.parametrize("server", [ZaloOaServer, ZaloBotServer, TelegramServer])
    def test_a_check_tells_an_administrator_what_is_good_and_no_secret(self, bhxh, variables, server):
        platform = server()
        with serving_in_thread(platform):
            environment = environment_of([platform])
            variables(environment)
            status, shown, error = bhxh("channel", "check", platform.name)
            _, text, _ = bhxh("channel", "check", platform.name, "--json")
        findings = {one["what"]: one["good"] for one in json.loads(text)}
        assert findings["account"]
        assert (status == 0) == all(findings.values())
        secrets = [value for name, value in environment.items() if name.endswith(("TOKEN", "SECRET"))]
        assert not [secret for secret in secrets if secret in shown + text + error]

    @pytest.mark.conformance(("H34", "I15"))
    @pytest.mark.parametrize("server", [ZaloBotServer, TelegramServer])
    def test_a_wrong_token_is_a_finding_with_a_remedy(self, bhxh, variables, server):
        platform = server()
        with serving_in_thread(platform):
            wrong = {"ZALO_BOT_TOKEN": "4450:another", "TELEGRAM_BOT_TOKEN": "7000000001:another"}
            environment = environment_of([platform])
            variables(environment | {name: wrong[name] for name in wrong if name in environment})
            status, shown, _ = bhxh("channel", "check", platform.name)
        assert (status, "✗ account" in shown, "→" in shown) == (1, True, True)
        assert "another" not in shown

    def test_a_platform_that_is_away_is_a_finding_with_a_remedy(self, bhxh, variables):
        environment = {"TELEGRAM_BOT_TOKEN": "7:invented", "TELEGRAM_WEBHOOK_SECRET": "invented"}
        variables(environment | {"TELEGRAM_API_BASE": "http://127.0.0.1:9"})
        status, shown, _ = bhxh("channel", "check", "telegram")
        assert (status, "✗ account" in shown) == (1, True)

    def test_a_door_that_does_not_answer_is_a_finding(self, bhxh, variables):
        platform = TelegramServer()
        with serving_in_thread(platform):
            variables(environment_of([platform]) | {"BHXH_PUBLIC_URL": "http://127.0.0.1:9"})
            _, shown, _ = bhxh("channel", "check", "telegram")
        assert "✗ door: http://127.0.0.1:9/webhooks/telegram: ConnectError" in shown

    @pytest.mark.conformance(("H40", "I17"))
    @pytest.mark.parametrize("server", [ZaloBotServer, TelegramServer])
    def test_a_webhook_is_set_where_the_public_url_says(self, bhxh, variables, server):
        platform = server()
        with serving_in_thread(platform):
            variables(environment_of([platform]) | {"BHXH_PUBLIC_URL": platform.url})
            bhxh("channel", "set-webhook", platform.name)
            _, shown, _ = bhxh("channel", "check", platform.name)
        assert f"webhook: {platform.url}/webhooks/{platform.name.replace('_', '-')}" in shown

    def test_an_official_account_has_its_webhook_saved_by_hand(self, bhxh, variables):
        platform = ZaloOaServer()
        with serving_in_thread(platform):
            variables(environment_of([platform]))
            status, shown, _ = bhxh(
                "channel", "set-webhook", "zalo_oa", "--url", "https://bhxh.example/webhooks/zalo-oa"
            )
        assert (status, "by hand" in shown, "https://bhxh.example/webhooks/zalo-oa" in shown) == (1, True, True)

    @pytest.mark.parametrize("server", [ZaloBotServer, TelegramServer])
    def test_a_channel_that_is_polled_gets_no_webhook(self, bhxh, variables, server):
        platform = server()
        with serving_in_thread(platform):
            variables(environment_of([platform], "polling") | {"BHXH_PUBLIC_URL": "https://bhxh.example"})
            status, shown, _ = bhxh("channel", "set-webhook", platform.name)
        assert (status, "polling" in shown) == (1, True)

    def test_an_address_that_no_channel_would_call_is_refused_in_one_line(self, bhxh, variables):
        variables({"TELEGRAM_BOT_TOKEN": "7:invented", "TELEGRAM_WEBHOOK_SECRET": "invented"})
        status, _, error = bhxh("channel", "set-webhook", "telegram", "--url", "http://bhxh.example/webhooks/telegram")
        assert (status, error.count("\n")) == (1, 1)
