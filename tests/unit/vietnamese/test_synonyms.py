import pytest

from vietnamese.synonyms import official_terms


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("rút 1 cục được không", "bảo hiểm xã hội một lần"),
        ("muốn rút sổ bảo hiểm", "bảo hiểm xã hội một lần"),
        ("lãnh một lần", "bảo hiểm xã hội một lần"),
        ("cty chưa chốt sổ", "xác nhận thời gian đóng"),
        ("lãnh thất nghiệp ở đâu", "trợ cấp thất nghiệp"),
        ("tiền đẻ bao lâu có", "chế độ thai sản"),
        ("lương về hưu", "lương hưu"),
        ("tien dam ma", "mai táng"),
        ("đi khám vượt tuyến", "không đúng nơi đăng ký khám chữa bệnh ban đầu"),
        ("giấy chuyển viện", "chuyển người bệnh"),
        ("mất thẻ làm sao", "cấp lại"),
        ("đóng bù 3 tháng", "truy đóng"),
        ("bảo hiểm quận ở đâu", "bảo hiểm xã hội cơ sở"),
        ("mất phiếu hẹn", "giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        ("đơn kiện", "khiếu nại, tố cáo, phản ánh kiến nghị"),
    ],
)
def test_an_everyday_word_brings_its_official_term(said, term):
    assert term in official_terms(said)


def test_a_term_already_used_is_not_repeated():
    assert official_terms("lương hưu của người nghỉ hưu") == ()


@pytest.mark.parametrize("said", ["", "xin chào", "ai ký công văn 288"])
def test_other_messages_bring_none(said):
    assert official_terms(said) == ()
