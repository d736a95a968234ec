"""Tokens with several meanings: the neighbours choose, the others stay possible."""

import pytest

from vietnamese.expansion import expand


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("BHXH TN", "bảo hiểm xã hội tự nguyện"),
        ("trợ cấp TN", "trợ cấp thất nghiệp"),
        ("TC TN", "trợ cấp thất nghiệp"),
        ("lãnh tiền TN", "nhận tiền thất nghiệp"),
        ("bị TN giao thông", "bị tai nạn giao thông"),
        ("TN lđ", "tai nạn lao động"),
        ("đóng tn", "đóng tự nguyện"),
        ("dk hưởng lương hưu", "được hưởng lương hưu"),
        ("có đk ko", "có được không"),
        ("e muốn dk vssid", "em muốn đăng ký vssid"),
        ("cách đk kcb", "cách đăng ký khám chữa bệnh"),
        ("đủ dk nghỉ hưu", "đủ điều kiện nghỉ hưu"),
        ("cho mk hỏi", "cho mình hỏi"),
        ("quên mk vssid", "quên mật khẩu vssid"),
        ("đổi mk", "đổi mật khẩu"),
        ("bn tiền", "bao nhiêu tiền"),
        ("được bn", "được bao nhiêu"),
        ("bn % lương", "bao nhiêu phần trăm lương"),
        ("chào bn", "chào bạn"),
        ("bn ơi cho hỏi", "bạn ơi cho hỏi"),
        ("số cmt cũ", "số chứng minh thư cũ"),
        ("e cmt bên dưới", "em bình luận bên dưới"),
        ("500 k 1 tháng", "500 nghìn 1 tháng"),
        ("k biết", "không biết"),
        ("đóng từ 2020 k được nghỉ", "đóng từ 2020 không được nghỉ"),
        ("có được k", "có được không"),
        ("điểm k", "điểm k"),
        ("sao v", "sao vậy"),
        ("chương v", "chương v"),
        ("a ơi", "anh ơi"),
        ("điểm a", "điểm a"),
        ("số đt của em", "số điện thoại của em"),
        ("các đt tham gia", "các đối tượng tham gia"),
        ("hộ gđ", "hộ gia đình"),
        ("gđ yk", "giám định y khoa"),
        ("phó gđ bhxh", "phó giám đốc bảo hiểm xã hội"),
        ("nộp hs", "nộp hồ sơ"),
        ("hs, sinh viên", "học sinh, sinh viên"),
        ("thẻ bhyt hs sv", "thẻ bảo hiểm y tế học sinh sinh viên"),
        ("tt 56 năm 2017", "thông tư 56 năm 2017"),
        ("được tt viện phí", "được thanh toán viện phí"),
        ("cập nhật tt", "cập nhật thông tin"),
        ("ra tt dvvl", "ra trung tâm dịch vụ việc làm"),
        ("ct em", "công ty em"),
        ("theo nd 143", "theo nghị định 143"),
        ("cho mn hỏi", "cho mọi người hỏi"),
        ("em mn hỏi", "em muốn hỏi"),
        ("nghỉ ts", "nghỉ thai sản"),
        ("lm s bh", "làm sao bây giờ"),
        ("ng lao động", "người lao động"),
        ("20 tr", "20 triệu"),
        ("hn có làm việc không", "hôm nay có làm việc không"),
        ("ở hn", "ở hà nội"),
        ("ko đn được", "không đăng nhập được"),
        ("thẻ căn cước hay cc", "thẻ căn cước hay căn cước"),
    ],
)
def test_the_neighbours_choose_the_best_reading(typed, best):
    assert expand(typed).text == best


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("BHXH TN", "bảo hiểm xã hội thất nghiệp"),
        ("dk vssid", "được vssid"),
        ("đổi mk", "đổi mình"),
        ("bn tiền", "bạn tiền"),
        ("số cmt cũ", "số bình luận cũ"),
        ("gđ", "giám định"),
        ("tt", "thanh toán"),
        ("hs", "học sinh"),
        ("số đt", "số đối tượng"),
    ],
)
def test_other_readings_are_kept_for_search(typed, also):
    assert also in expand(typed).readings[1:]


def test_many_ambiguous_tokens_give_at_most_eight_readings():
    assert len(expand("tn gđ hs tt dk mk bn cmt " * 20).readings) == 8
