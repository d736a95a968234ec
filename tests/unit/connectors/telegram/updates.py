"""What each captured update is expected to become."""

from connectors.message import InboundKind

IGNORED = {
    "text_blank": "empty",
    "pinned": "service",
    "unknown_content": "service",
    "edited_late": "edited_late",
    "edited_live_location": "edited",
    "channel_post": "channel_post",
    "edited_channel_post": "channel_post",
    "channel_added": "channel",
    "group_promoted": "membership",
    "press_inline": "press_inline",
    "press_without_message": "press_without_message",
    "press_game": "press_without_data",
    "group_talk": "not_addressed",
    "group_mention_of_another": "not_addressed",
    "group_mention_alone": "empty",
    "group_reply_to_person": "not_addressed",
    "group_command_of_another": "not_addressed",
    "group_command_bare": "not_addressed",
    "group_member_joined": "not_addressed",
    "group_migrates_to": "migrated",
    "group_migrates_from": "migrated",
    "group_anonymous_admin": "anonymous",
    "from_bot": "from_bot",
    "without_sender": "no_sender",
    "unknown_reaction": "unknown",
    "unknown_future": "unknown",
}
ATTACHMENTS = {
    "photo": ("photo", ""),
    "album_later": ("photo", ""),
    "voice": ("voice", ""),
    "audio": ("audio", "ghi-am.mp3"),
    "video": ("video", "quay.mp4"),
    "video_note": ("video_note", ""),
    "animation": ("animation", "vui.mp4"),
    "sticker": ("sticker", ""),
    "location": ("location", ""),
    "venue": ("venue", ""),
    "contact": ("contact", ""),
    "document": ("document", "to-khai.pdf"),
    "dice": ("dice", ""),
    "poll": ("poll", ""),
}
CAPTIONS = {
    "photo_caption": ("photo", "Tờ này là mẫu nào ạ?"),
    "album_first": ("photo", "Hồ sơ của tôi đủ chưa?"),
    "document_caption": ("document", "Tờ khai này điền đúng chưa?"),
    "edited_caption": ("photo", "Mẫu TK1-TS phải không ạ?"),
    "group_photo_mention": ("photo", "mẫu này là gì?"),
}
TEXTS = {
    "text": "Thủ tục hưởng bảo hiểm thất nghiệp cần giấy tờ gì ạ?",
    "text_with_bot_in_the_middle": "Trang abc/bot có phải của cơ quan không?",
    "text_link": "Xem https://vidu.vn/ giúp tôi",
    "command_start": "/start",
    "command_start_payload": "/start to_roi_2026",
    "command_start_named": "/start",
    "command_help": "/help",
    "command_restart": "/restart",
    "reply": "Ý tôi hỏi mục này",
    "forward_from_channel": "Thông báo lịch chi trả",
    "forward_from_person": "Lương hưu có tăng không?",
    "edited_text": "Thủ tục hưởng thai sản cần giấy tờ gì?",
    "group_mention": "mất sổ BHXH thì làm sao?",
    "group_mention_within": "🙏 nhờ mất sổ thì làm sao?",
    "group_reply": "Còn giấy tờ gì nữa?",
    "group_command": "/help",
}
MEMBERSHIPS = {
    "blocked": InboundKind.LEFT,
    "group_removed": InboundKind.LEFT,
    "unblocked": InboundKind.FOLLOWED,
    "group_added": InboundKind.FOLLOWED,
}
PRESSES = {"press": "o15.2", "press_again": "o15.2", "press_inaccessible": "o3.1", "press_forged": "/restart"}
BROKEN = {
    "broken_without_chat_id": "message.chat.id",
    "broken_without_chat": "message.chat",
    "broken_without_message_id": "message.message_id",
    "broken_chat_id_as_text": "message.chat.id",
    "broken_text_as_number": "message.text",
    "broken_press_without_chat_id": "callback_query.message.chat.id",
}
