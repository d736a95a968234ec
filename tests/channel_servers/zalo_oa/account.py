"""Who the simulated Official Account is. Nothing here opens anything anywhere."""

from dataclasses import dataclass


@dataclass
class ZaloOaAccount:
    """`secret` signs webhooks, `app_secret` belongs to OAuth: two different secrets."""

    oa_id: str = "2300000000000000001"
    app_id: str = "3600000000000000001"
    secret: str = "webhook-secret-of-the-fake-oa"
    app_secret: str = "app-secret-of-the-fake-oa"
    access_token: str = "fake-access-token-0"
    refresh_token: str = "fake-refresh-token-0"
    name: str = "BHXH (mô phỏng)"
