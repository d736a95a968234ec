"""Answers in the shape that the product gives them, on invented documents, and what tests do again and again."""

CITATION = {
    "document": "999/BHXH-VP",
    "section": "1.e",
    "label": "điểm e mục 1 Công văn 999/BHXH-VP ngày 31/01/2024",
    "date": "2024-01-31",
    "validity": "Văn bản gắn với dịp nghỉ lễ năm 2024.",
    "url": "/van-ban/999-BHXH-VP?doan=1.e#doan-1-e",
    "passage_id": "999-BHXH-VP/1.e",
}
FAQ_CITATION = {
    "document": "cap-lai-the",
    "section": "",
    "label": "Điều 11 Nghị định 000/2025/NĐ-CP",
    "date": "2025-07-01",
    "validity": "Đang có hiệu lực (từ ngày 01/07/2025).",
    "url": "/hoi-dap/cap-lai-the",
    "passage_id": "faq/cap-lai-the",
}
QUESTION = "Nghỉ lễ có gia hạn thẻ BHYT được không?"
CITED_ANSWER = {
    "status": "answered",
    "text": "Theo điểm e mục 1 Công văn 999/BHXH-VP ngày 31/01/2024:\nCơ quan bảo hiểm xã hội tiếp nhận ngay:\n"
    "- hồ sơ của người tăng mới\n- hồ sơ gia hạn thẻ khi người dân đến nộp tiền trực tiếp",
    "citations": [CITATION, FAQ_CITATION],
    "feedback": True,
}
CLARIFICATION = {
    "status": "clarification",
    "text": "Tôi chưa chắc đã hiểu đúng ý anh/chị. Ý anh/chị là…?",
    "buttons": [
        {"title": "Mất thẻ BHYT thì xin cấp lại thế nào?", "payload": '/choose_option{"option": "faq/cap-lai-the"}'},
        {"title": "Gia hạn thẻ BHYT ở đâu?", "payload": '/choose_option{"option": "faq/gia-han"}'},
    ],
}
EMERGENCY = {
    "status": "handed_off_emergency",
    "text": "Việc này khẩn cấp: hãy gọi cấp cứu 115 hoặc đưa người bệnh đến cơ sở khám bệnh, chữa bệnh gần nhất ngay.",
}
ABSTENTION = {
    "status": "unanswerable_low_score",
    "text": "Tôi chưa tìm thấy thông tin đủ chắc chắn để trả lời, nên không đoán. Anh/chị gọi tổng đài 1900 9068.",
}
QUEUED = {
    "role": "system",
    "status": "desk_queued",
    "text": "Tôi đã chuyển anh/chị đến cán bộ trực. Anh/chị đang ở vị trí số 2, thời gian chờ khoảng 4 phút. Trong lúc "
    "chờ, anh/chị cứ nhắn thêm nội dung cần hỏi. Không muốn chờ nữa, anh/chị nhắn “tiếp tục với trợ lý”.",
}
CLAIMED = {
    "role": "system",
    "status": "desk_claimed",
    "text": "Cán bộ Lan đã vào cuộc trò chuyện và sẽ trả lời anh/chị.",
}
GIVEN_BACK = {
    "role": "system",
    "status": "desk_given_back",
    "text": "Cán bộ đã trả lời xong. Trợ lý tự động tiếp tục hỗ trợ anh/chị.",
}
SCORES = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")
RATING = {
    "role": "system",
    "status": "satisfaction_asked",
    "text": "Anh/chị hài lòng với phần hỗ trợ của cán bộ ở mức nào, từ 1 (rất không hài lòng) đến 5 (rất hài lòng)? "
    "Không muốn đánh giá, anh/chị cứ bỏ qua.",
    "buttons": [{"title": title, "payload": f"/rating episode-1 {n}"} for n, title in enumerate(SCORES, 1)],
}


def open_form(page):
    """As who asks for a person while nobody is there."""
    page.get_by_role("button", name="Gặp cán bộ").click()
    page.get_by_role("button", name="Để lại cách liên hệ").last.click()


def composer(page):
    return page.get_by_role("textbox", name="Câu hỏi của anh/chị")


def ask(page, words):
    composer(page).fill(words)
    composer(page).press("Enter")


def citizen_messages(page):
    return page.locator(".message-citizen")


def assistant_messages(page):
    return page.locator(".message-assistant")


def shown(page):
    """Texts of all messages on the page, in order."""
    return page.locator(".message .message-text").all_inner_texts()
