import time

import pytest

from desk.links import link_rule

RULE = link_rule(["baohiemxahoi.gov.vn", "dichvucong.gov.vn", " VSS.gov.vn. ", ""])


@pytest.mark.parametrize(
    "words",
    [
        "https://bit.ly/3x",
        "xem tại bhxh-gov.com nhé",
        "HTTPS://EVIL.VN",
        "(www.evil.com)",
        "zalo.me/123",
        "t.me/x.",
        "//evil.com/x",
        "https:/evil.com",
        "https:evil.com",
        "https:\\\\evil.com",
        "http://1.2.3.4/a",
        "1.2.3.4:8080",
        "http://[::1]/",
        "ftp://baohiemxahoi.gov.vn/x",
        "javascript:alert(1)",
        "tel:+84900",
        "gửi về a@gmail.com",
        "bảohiểm.vn",
        "xn--bohim-abc.vn",
    ],
)
def test_addresses_of_others_are_found(words):
    assert RULE.foreign(words) is not None


@pytest.mark.parametrize(
    "words",
    [
        "https://baohiemxahoi.gov.vn@evil.com/x",
        "https://baohiemxahoi.gov.vn.evil.com",
        "baohiemxahoi.gov.vn.evil.com",
        "fakebaohiemxahoi.gov.vn",
        "https://evil.com?x=baohiemxahoi.gov.vn",
        "https://evil.com#.baohiemxahoi.gov.vn",
        "https://evil.com\\.baohiemxahoi.gov.vn",
        "https://baohiemxahoi.gov.vn, evil.com",
        "https://evil\u3002com",
        "ev\u200bil.com/x",
        "\uff45\uff56\uff49\uff4c.com",
        "https://baohiemxahoi.gov.vn\u202e.evil.com",
    ],
)
def test_addresses_in_disguise_are_found(words):
    assert "evil" in (RULE.foreign(words) or "") or "fake" in words


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Theo 595/QĐ-BHXH ngày 01/02/2024, mức 1.500.000 đồng.",
        "xem https://baohiemxahoi.gov.vn/a?b=c.",
        "dichvucong.gov.vn",
        "https://dichvucong.baohiemxahoi.gov.vn:443/x",
        "vào www.baohiemxahoi.gov.vn nhé",
        "https://pakn.dichvucong.gov.vn/",
        "hotro@vss.gov.vn",
        "Điều 5.2.3 và 1.2.3, phiên bản 1.2.3.4 nhé",
        "Anh/chị chờ.Cảm ơn",
        "8:00, 10h.30, Tp.HCM, Nguyễn V.A, C70a-HD, v.v.",
        "Nội dung: đã nhận; kết quả: chưa có",
    ],
)
def test_ordinary_words_and_our_own_addresses_pass(words):
    assert RULE.foreign(words) is None


def test_the_link_is_named_and_cut():
    assert RULE.foreign("Vào https://evil.com/" + "a" * 500) == ("https://evil.com/" + "a" * 500)[:80]


@pytest.mark.parametrize(
    "words", ["a." * 3_000, "a-" * 3_000, "1." * 3_000, "x@" * 3_000, "http:" * 1_200, "ạ.c" * 2_000]
)
def test_endless_words_take_no_time(words):
    started = time.process_time()
    RULE.foreign(words)
    assert time.process_time() - started < 1.0
