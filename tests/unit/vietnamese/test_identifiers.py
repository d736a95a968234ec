"""Numbers here are invented: repeated or rising digits."""

import pytest

from vietnamese.identifiers import IdentifierKind, find_identifiers, mask_identifiers


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("cccd 001234567890", IdentifierKind.CCCD, "001234567890"),
        ("căn cước 001 234 567 890 ạ", IdentifierKind.CCCD, "001 234 567 890"),
        ("001234567890", IdentifierKind.CCCD, "001234567890"),
        ("CMND: 123456789", IdentifierKind.CMND, "123456789"),
        ("cmt 123 456 789", IdentifierKind.CMND, "123 456 789"),
        ("số 234567891 ạ", IdentifierKind.CMND, "234567891"),
        ("mã bhxh 7912345678", IdentifierKind.BHXH_CODE, "7912345678"),
        ("mã số BHXH của em là 0312345678", IdentifierKind.BHXH_CODE, "0312345678"),
        ("MSBH 0912345678", IdentifierKind.BHXH_CODE, "0912345678"),
        ("số sổ 0112345678", IdentifierKind.BHXH_CODE, "0112345678"),
        ("0312345678 là mã bhxh của tôi", IdentifierKind.BHXH_CODE, "0312345678"),
        ("sđt 0912345678", IdentifierKind.PHONE, "0912345678"),
        ("gọi em 0912 345 678", IdentifierKind.PHONE, "0912 345 678"),
        ("0912.345.678", IdentifierKind.PHONE, "0912.345.678"),
        ("+84912345678", IdentifierKind.PHONE, "+84912345678"),
        ("0387654321 nhé", IdentifierKind.PHONE, "0387654321"),
        ("đt 02412345678", IdentifierKind.PHONE, "02412345678"),
        ("thẻ DN4010123456789", IdentifierKind.BHYT_CARD, "DN4010123456789"),
        ("thẻ GD 4 01 0123456789 ạ", IdentifierKind.BHYT_CARD, "GD 4 01 0123456789"),
        ("hs4010123456789", IdentifierKind.BHYT_CARD, "hs4010123456789"),
        ("mail nguyen.van.a@example.com", IdentifierKind.EMAIL, "nguyen.van.a@example.com"),
        ("stk 19012345678901 tcb", IdentifierKind.BANK_ACCOUNT, "19012345678901"),
        ("số tài khoản 0123 4567 8901", IdentifierKind.BANK_ACCOUNT, "0123 4567 8901"),
        ("tài khoản vietcombank: 12345678", IdentifierKind.BANK_ACCOUNT, "12345678"),
        ("sinh ngày 01/02/1990", IdentifierKind.BIRTH_DATE, "01/02/1990"),
        ("sinh 1.2.1990", IdentifierKind.BIRTH_DATE, "1.2.1990"),
        ("ngày sinh: 5-6-1985", IdentifierKind.BIRTH_DATE, "5-6-1985"),
        ("sn 01/02/1990", IdentifierKind.BIRTH_DATE, "01/02/1990"),
        ("sinh ngày 1 tháng 2 năm 1990", IdentifierKind.BIRTH_DATE, "1 tháng 2 năm 1990"),
        ("mã hồ sơ 12345/2024/01234", IdentifierKind.DOSSIER_CODE, "12345/2024/01234"),
        ("mã hồ sơ G22.99.12-240501-0001", IdentifierKind.DOSSIER_CODE, "G22.99.12-240501-0001"),
        ("H01.02-240101-00012", IdentifierKind.DOSSIER_CODE, "H01.02-240101-00012"),
    ],
)
def test_an_identifier_is_found_with_its_kind(text, kind, written):
    (found,) = find_identifiers(text)
    assert (found.kind, text[found.start : found.end]) == (kind, written)


@pytest.mark.parametrize(
    "text",
    [
        "Công văn 288/BHXH-VP ngày 31/01/2024",
        "24/QĐ-BHXH, 143/2018/NĐ-CP, 41/2024/QH15",
        "ngày 31.12.2024, 01-07-2025, 1/7",
        "lương 10.000.000 đồng, 12.500.000đ, 123.456.789 đồng",
        "lương 100000000 một năm",
        "đóng 123456789 đồng",
        "từ năm 2019 2020 2021 2022 2023",
        "giai đoạn 2024-2025",
        "tổng đài 1900 9068, 19009068, 1900.9068, 1800 1234",
        "sinh năm 1990",
        "sinh con ngày 01/02/2025",
        "vợ em sinh bé ngày 01/02/2025",
        "mẫu 01B-HSB, D02-LT, C70a-HD",
        "20 năm 6 tháng, mức 4,5%, 2.340.000",
        "điểm e mục 1 khoản 2 Điều 5",
        "1 2 3 4 5 6 7",
        "",
    ],
)
def test_numbers_that_name_nobody_are_spared(text):
    assert find_identifiers(text) == ()
    assert mask_identifiers(text) == text


def test_every_identifier_in_a_message_is_masked():
    text = "Em tên A, sinh ngày 01/02/1990, cccd 001234567890, mã bhxh 7912345678, sđt 0912345678, mail a@example.com"
    assert mask_identifiers(text) == (
        "Em tên A, sinh ngày [ngày sinh], cccd [số CCCD], mã bhxh [mã số BHXH], sđt [số điện thoại], "
        "mail [địa chỉ email]"
    )


def test_the_nearest_word_names_the_number():
    text = "sđt 0912345678 mã bhxh 0312345678"
    assert [found.kind for found in find_identifiers(text)] == [IdentifierKind.PHONE, IdentifierKind.BHXH_CODE]


def test_a_year_beside_a_phone_number_is_not_part_of_it():
    assert mask_identifiers("năm 2024 0912345678") == "năm 2024 [số điện thoại]"


def test_two_numbers_with_a_blank_between_are_two():
    assert mask_identifiers("0912345678 0387654321") == "[số điện thoại] [số điện thoại]"
