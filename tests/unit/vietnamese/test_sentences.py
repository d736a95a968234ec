import pytest

from vietnamese.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Thẻ hết hạn rồi. Giờ làm sao?", ("Thẻ hết hạn rồi.", "Giờ làm sao?")),
        ("mình nghỉ việc rồi. giờ sao ạ", ("mình nghỉ việc rồi.", "giờ sao ạ")),
        ("Chưa có tiền!!! Sao lâu vậy??", ("Chưa có tiền!!!", "Sao lâu vậy??")),
        ("Nghỉ rồi.Giờ sao", ("Nghỉ rồi.", "Giờ sao")),
        ("dòng một\ndòng hai", ("dòng một", "dòng hai")),
        ('Có "thẻ mới." Rồi sao', ('Có "thẻ mới."', "Rồi sao")),
        ("Đến hết năm 2024. Từ nay khác.", ("Đến hết năm 2024.", "Từ nay khác.")),
        ("Thẻ, sổ, v.v. Sau đó nộp.", ("Thẻ, sổ, v.v.", "Sau đó nộp.")),
        ("chờ mãi... Không thấy", ("chờ mãi...", "Không thấy")),
        ("Theo quy định tại Điều 5. Ngoài ra, phải nộp.", ("Theo quy định tại Điều 5.", "Ngoài ra, phải nộp.")),
    ],
)
def test_sentences_end_where_people_end_them(text, sentences):
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Điều 5. Người lao động được hưởng",
        "Khoản 2. Mức hưởng",
        "1. Hồ sơ gồm",
        "1.2. Trình tự",
        "II. Nội dung",
        "a. Giấy ra viện",
        "a) Giấy ra viện",
        "đ) Sổ bảo hiểm",
        "Nghị quyết số 01/NQ-CP ngày 05.01.2024 của Chính phủ",
        "đến ngày 31.12.2024 là hết",
        "mức 2.340.000 đồng một tháng",
        "thẻ, sổ, v.v. và giấy tờ khác",
        "BHXH TP.HCM thông báo",
        "BHXH TP. Hồ Chí Minh",
        "Ông Nguyễn Văn A. ký",
        "xem https://baohiemxahoi.gov.vn/tin.html nhé",
        "gửi về a.b@example.vn nhé",
        "P. Tuyên truyền",
        "Ths. Trần B chủ trì",
        "gồm: 1. Thẻ",
    ],
)
def test_points_inside_a_sentence_do_not_end_it(text):
    assert split_sentences(text) == (text,)


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_has_no_sentences(text):
    assert split_sentences(text) == ()
