"""The kinds of personal identifiers, and what stands in their place once masked."""

from enum import Enum


class IdentifierKind(str, Enum):
    """Values are stable and may be stored. (enum.StrEnum needs Python 3.11; Rasa runs on 3.10.)"""

    CCCD = "cccd"
    CMND = "cmnd"
    BHXH_CODE = "bhxh_code"
    BHYT_CARD = "bhyt_card"
    PHONE = "phone"
    EMAIL = "email"
    BANK_ACCOUNT = "bank_account"
    BIRTH_DATE = "birth_date"
    DOSSIER_CODE = "dossier_code"

    def __str__(self) -> str:
        return self.value


PLACEHOLDERS: dict[IdentifierKind, str] = {
    IdentifierKind.CCCD: "[số CCCD]",
    IdentifierKind.CMND: "[số CMND]",
    IdentifierKind.BHXH_CODE: "[mã số BHXH]",
    IdentifierKind.BHYT_CARD: "[số thẻ BHYT]",
    IdentifierKind.PHONE: "[số điện thoại]",
    IdentifierKind.EMAIL: "[địa chỉ email]",
    IdentifierKind.BANK_ACCOUNT: "[số tài khoản]",
    IdentifierKind.BIRTH_DATE: "[ngày sinh]",
    IdentifierKind.DOSSIER_CODE: "[mã hồ sơ]",
}
