import pytest

from vietnamese.expansion import expand


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("BHXH", "bảo hiểm xã hội"),
        ("BH XH", "bảo hiểm xã hội"),
        ("bảo hiểm xh", "bảo hiểm xã hội"),
        ("bh y tế", "bảo hiểm y tế"),
        ("BHTN", "bảo hiểm thất nghiệp"),
        ("TNLĐ, BNN", "tai nạn lao động, bệnh nghề nghiệp"),
        ("BHXHBB", "bảo hiểm xã hội bắt buộc"),
        ("TCTN", "trợ cấp thất nghiệp"),
        ("MSBH", "mã số bảo hiểm"),
        ("KCBBĐ", "khám chữa bệnh ban đầu"),
        ("PKĐK", "phòng khám đa khoa"),
        ("GĐYK", "giám định y khoa"),
        ("DSPHSK", "dưỡng sức phục hồi sức khỏe"),
        ("GRV và GCN", "giấy ra viện và giấy chứng nhận"),
        ("NLĐ nsdlđ dn cty", "người lao động người sử dụng lao động doanh nghiệp công ty"),
        ("CBCCVC, HSSV", "cán bộ công chức viên chức, học sinh sinh viên"),
        ("UBND P/X", "ủy ban nhân dân phường xã"),
        ("TTHC trên DVCQG", "thủ tục hành chính trên dịch vụ công quốc gia"),
        ("bộ phận TN&TKQ", "bộ phận tiếp nhận và trả kết quả"),
        ("hđlđ", "hợp đồng lao động"),
        ("KN-TC", "khiếu nại tố cáo"),
        (
            "CSDL CNTT CCHC ASXH NSNN",
            "cơ sở dữ liệu công nghệ thông tin cải cách hành chính an sinh xã hội ngân sách nhà nước",
        ),
        ("cccd, cmnd", "căn cước công dân, chứng minh nhân dân"),
        ("vss id vsid VSSID vss-id", "vssid vssid vssid vssid"),
        ("vned VNEID vne id", "vneid vneid vneid"),
        ("SĐT và STK", "số điện thoại và số tài khoản"),
        ("BTC BNV BYT", "bộ tài chính bộ nội vụ bộ y tế"),
        ("TTDVVL", "trung tâm dịch vụ việc làm"),
        ("BHXH CS", "bảo hiểm xã hội cơ sở"),
        ("TP.HCM", "thành phố hồ chí minh"),
        ("V/v", "về việc"),
        ("KT. TỔNG GIÁM ĐỐC", "ký thay. tổng giám đốc"),
    ],
)
def test_abbreviations_are_written_out(typed, meant):
    assert expand(typed).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ko đc", "không được"),
        ("hok hông khum kô", "không không không không"),
        ("lm ntn", "làm như thế nào"),
        ("lm s z", "làm sao vậy"),
        ("j gj zì", "gì gì gì"),
        ("mik vs mjnh", "mình với mình"),
        ("rùi chx cx nx", "rồi chưa cũng nữa"),
        ("mún hỏi trc", "muốn hỏi trước"),
        ("hnay fải đag thui", "hôm nay phải đang thôi"),
        ("tui ib ad", "tôi nhắn riêng admin"),
        ("tks ad", "cảm ơn admin"),
        ("oke", "đồng ý"),
        ("acc pass đki", "tài khoản mật khẩu đăng ký"),
        ("quááá lâu ơiiii", "quá lâu ơi"),
        ("koooo đượccc", "không được"),
        ("helppp", "help"),
        ("dạ vâng hihi :)) kkk =))", "dạ vâng"),
        ("thẻ 😀 hết hạn ❤️", "thẻ hết hạn"),
        ("sao vậyy ???!!!", "sao vậy ?!"),
        ("hổng biết dìa đâu", "không biết về đâu"),
        ("nhứt hổm rày", "nhất mấy hôm nay"),
        ("tháng ni lãnh tiền", "tháng này nhận tiền"),
        ("bảo hiểm rứa là răng", "bảo hiểm vậy là sao"),
        ("mần cái chi", "làm cái gì"),
        ("giùm em", "giúp em"),
        ("bão hiểm", "bảo hiểm"),
        ("giãi quyết hồ xơ", "giải quyết hồ sơ"),
        ("nạp giấy tờ", "nộp giấy tờ"),
        ("thẻ quá hạng", "thẻ quá hạn"),
        ("how to check bhxh online", "how to check bảo hiểm xã hội online"),
    ],
)
def test_chat_language_is_written_out(typed, meant):
    assert expand(typed).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("t6", "tháng 6"),
        ("T12/2024", "tháng 12/2024"),
        ("th6", "tháng 6"),
        ("10tr", "10 triệu"),
        ("5tr5", "5,5 triệu"),
        ("2 củ", "2 triệu"),
        ("2củ", "2 triệu"),
        ("500k", "500 nghìn"),
        ("7h30", "7 giờ 30"),
        ("60t", "60 tuổi"),
        ("6t", "6 tháng"),
        ("80%", "80 phần trăm"),
        ("5.000.000đ", "5.000.000 đồng"),
        ("rút 1 lần", "rút một lần"),
        ("rút 1 cục", "rút một lần"),
        ("nđ143", "nghị định 143"),
        ("cv 288", "công văn 288"),
        ("chiều t7", "chiều thứ 7"),
    ],
)
def test_quantities_and_dates_are_written_out(typed, meant):
    assert expand(typed).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "288/bhxh-vp",
        "24/qđ-bhxh",
        "143/2018/nđ-cp",
        "41/2024/qh15",
        "01/nq-cp",
        "288 bhxh vp",
        "d02-lt",
        "01b-hsb",
        "tk1-ts",
        "c14-ts",
        "31.12.2024",
        "2.340.000",
        "điểm a khoản 1",
        "điểm k mục 2",
        "a) thẻ",
        "chi trả chi phí",
        "lãnh đạo cơ quan",
        "khám răng",
        "mô hình",
        "dụng cụ hỏng",
        "củng cố",
        "https://dichvucong.gov.vn/p/home",
        "[số cccd]",
        "mục iii, chương viii, xii",
        "nghị quyết 28-nq/tw",
        "xem baohiemxahoi.gov.vn",
        "g) thẻ",
    ],
)
def test_numbers_labels_and_plain_words_are_left_alone(text):
    assert expand(text).text == text


def test_a_message_in_capitals_reads_like_any_other():
    assert expand("THẺ BHYT CỦA TÔI HẾT HẠN!!!").text == "thẻ bảo hiểm y tế của tôi hết hạn!"


def test_two_questions_in_one_message_both_stay():
    typed = "thẻ bhyt hết hạn lm s? với lại rút 1 lần cần j ạ"
    assert expand(typed).text == "thẻ bảo hiểm y tế hết hạn làm sao? với lại rút một lần cần gì ạ"


def test_words_of_spoken_numbers_stay():
    assert expand("hai triệu năm trăm nghìn").text == "hai triệu năm trăm nghìn"


def test_an_unambiguous_message_has_one_reading():
    assert expand("thẻ bhyt hết hạn").readings == ("thẻ bảo hiểm y tế hết hạn",)


def test_nothing_is_left_of_emoji_alone():
    assert expand("😀😀 :))").text == ""
