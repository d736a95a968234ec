from app.stack import StackPorts, plan_stack

SECRETS = {
    "TELEGRAM_BOT_TOKEN": "7:token",
    "ZALO_OA_APP_SECRET": "app secret",
    "ZALO_BOT_TOKEN": "4:token",
    "BHXH_SECRET_KEY": "key",
    "BHXH_WEB_SECRET": "web",
}


def test_only_the_gateway_sees_the_secrets_of_channels(monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    plans = {plan.name: plan.environment for plan in plan_stack(StackPorts(1, 2, 3, 4), "127.0.0.1")}
    assert SECRETS.items() <= plans["gateway"].items()
    for name in ("rasa", "action-server", "workshop"):
        assert not SECRETS.keys() & plans[name].keys()
        assert plans[name]["PATH"]
