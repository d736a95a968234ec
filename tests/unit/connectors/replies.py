"""Replies as the dialogue engine really gives them; the names in them are of public documents."""

from connectors.message import Button, Citation, Reply

FAQ_PAGE = "/hoi-dap/huu-tri-so-nam-dong"
ARTICLE = "Điều 5 khoản 6, Điều 64, 65, 98 Luật Bảo hiểm xã hội số 41/2024/QH15"
SECTION = "dòng 11 nhóm II Phụ lục kèm theo Quyết định 24/QĐ-BHXH ngày 19/01/2024"
NOTE = "Văn bản chỉ đạo nội bộ ngành; chỉ tiêu, nhiệm vụ và thời hạn là của năm 2024."
DIRECTIVE_PAGE = "/van-ban/24-QD-BHXH?doan=Ph%E1%BB%A5%20l%E1%BB%A5c%20II.11#phu-luc-II.11"


def citation(label, validity="", date="", url=FAQ_PAGE):
    return Citation(label.rsplit(maxsplit=1)[-1], "", label, date, validity, url, "faq/1")


PENSION = Reply(
    "Từ đủ 15 năm đóng BHXH và đủ tuổi nghỉ hưu thì được hưởng lương hưu.",
    "answered",
    (citation(ARTICLE, "Có hiệu lực từ ngày 01/07/2025.", "2025-07-01"),),
    feedback=True,
)
LATE_DOSSIER = Reply(
    "Cơ quan BHXH phải gửi Phiếu xin lỗi và hẹn lại ngày trả kết quả.",
    "answered",
    (
        citation("Mục 3 Công văn số 1568/BHXH-PC"),
        citation("Điều 13 khoản 6 Quyết định số 2192/QĐ-BHXH"),
        citation("Mục 3 Công văn số 1568/BHXH-PC"),
    ),
)
TET = Reply(
    f"Theo {SECTION}:\nChi trả gộp tháng 1, tháng 2-2024 vào kỳ tháng 1-2024.\n"
    f"(trích; bấm vào nguồn để xem toàn văn)\n{NOTE}",
    "answered",
    (citation(SECTION, NOTE, "2024-01-19", DIRECTIVE_PAGE),),
)
ASK_BACK = Reply(
    "Tôi chưa chắc đã hiểu đúng ý anh/chị. Ý anh/chị là…?",
    "clarification",
    buttons=(
        Button("Bảo hiểm y tế hộ gia đình đóng mấy tháng một lần?", '/choose_option{"option": "faq/2"}'),
        Button("Mua bảo hiểm y tế hộ gia đình hết bao nhiêu tiền một năm?", '/choose_option{"option": "faq/3"}'),
        Button("Gặp nhân viên", "/request_person"),
    ),
)
REQUESTED = Reply(
    "Vâng, tôi hiểu anh/chị cần gặp cán bộ bảo hiểm xã hội.",
    "handed_off_requested",
    handoff="requested",
)
