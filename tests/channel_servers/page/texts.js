// All words of the page that are not in index.html.

export const CHANNELS = {
  zalo_oa: {
    path: "/zalo-oa", name: "Zalo OA", title: "BHXH – Zalo OA", user: (number) => `24684588352919790${number}`,
    linked: "Đang quan tâm", unlinked: "Chưa quan tâm", link: "Quan tâm", unlink: "Bỏ quan tâm",
  },
  zalo_bot: {
    path: "/zalo-bot", name: "Zalo Bot", title: "Bot BHXH – Zalo Bot", user: (number) => `zalo-bot-nguoi-dan-${number}`,
    linked: "Trò chuyện với bot", unlinked: "Đã chặn bot", link: "Bỏ chặn", unlink: "Chặn",
  },
  telegram: {
    path: "/telegram", name: "Telegram", title: "BHXH – Telegram", user: (number) => String(900000000 + Number(number)),
    linked: "Trò chuyện với bot", unlinked: "Chưa bắt đầu hoặc đã chặn", link: "Bắt đầu", unlink: "Chặn",
  },
};

export const FAULTS = {
  hang_up: "Mất kết nối: lệnh gọi bị ngắt giữa chừng",
  delay: "Chậm: trả lời sau 4 giây",
  stall: "Treo: nhận tin rồi im lặng 60 giây",
  server_error: "Lỗi máy chủ (HTTP 500)",
  rate_limit: "Gửi quá nhanh: bị yêu cầu chờ",
  quota: "Hết hạn mức tin nhắn",
};

export const WORDS = {
  ready: "Sản phẩm đang chạy",
  starting: "Sản phẩm chưa sẵn sàng",
  gone: "Mất kết nối với máy chủ mô phỏng",
  empty: "Chưa có tin nhắn. Anh/chị gõ câu hỏi đầu tiên ở bên dưới.",
  expire: "Hết hạn token (một lần)",
  message_to: "Tin nhắn gửi",
  not_sent: "Không gửi được. Anh/chị thử lại.",
  new_messages: "có tin mới",
};

export const EVENTS = {
  follow: "Người dân quan tâm, bắt đầu trò chuyện",
  unfollow: "Người dân bỏ quan tâm hoặc chặn",
  edited: "Người dân sửa tin nhắn",
};

export const DELIVERIES = {
  waiting: "đang chuyển…",
  delivered: "đã nhận",
  given_up: "không chuyển được",
  cancelled: "đã hủy",
};

export const FATES = {
  stall: "Người dân đã nhận, nhưng bên gửi không được báo lại",
  lose_answer: "Người dân đã nhận, nhưng bên gửi không được báo lại",
  garbled: "Người dân đã nhận, nhưng bên gửi nhận câu trả lời hỏng",
};

const LONG_SENTENCE = "Tôi làm ở công ty may từ tháng 3 năm 2015, đã nghỉ việc hai lần, có lần chốt sổ có lần chưa, "
  + "nay muốn hỏi thời gian đóng được cộng dồn như thế nào và cần mang giấy tờ gì. ";
export const LONG_TEXT = LONG_SENTENCE.repeat(20).trim();
