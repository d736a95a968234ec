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
LEAVE_MESSAGE = {
    "status": "handed_off_requested",
    "text": "Vâng, anh/chị để lại tên, cách liên hệ và câu hỏi.",
    "form": "leave_message",
}


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
