"""Everyday words for matters that the law names otherwise: "rút một cục" is bảo hiểm xã hội một lần."""

from functools import lru_cache

from vietnamese.act_pattern import Pattern, read_words, translate
from vietnamese.keys import plain_key

# Official term → how people say it, over the words of the accent-free key (the language of act_pattern).
_SPOKEN: dict[str, str] = {
    "bảo hiểm xã hội một lần": """
        (rut|lay|lanh|nhan|huong) .. mot lan
        rut .. (bao hiem|so|tien bao hiem)
        (lay|nhan|lanh) het tien bao hiem
    """,
    "xác nhận thời gian đóng": "(chot|tra|tat toan|lay) [lai] so",
    "trợ cấp thất nghiệp": """
        (tien|lanh|nhan|huong|an|lam|khai|dang ki|bao hiem) that nghiep
        (di|den ngay|phai) khai bao
    """,
    "thông báo tìm kiếm việc làm": "(khai bao|trinh dien|diem danh|khai) .. (that nghiep|viec lam|hang thang)",
    "chế độ thai sản": """
        (tien|che do|bao hiem) (de|sinh|bau|sinh con|thai)
        (nghi|di) (de|sinh|sinh con|bau)
        (nghi|huong) 6 thang .. (sinh|de|con)
    """,
    "lương hưu": "(luong ve huu|tien huu|tien ve huu|luong nghi huu|nghi huu|ve huu)",
    "tử tuất": "(tien tuat|mat|qua doi|chet) .. (huong|duoc|nhan|lanh|che do|tien)\ntien tuat",
    "mai táng": "(dam ma|dam tang|ma chay|chon cat|tien dam)",
    "không đúng nơi đăng ký khám chữa bệnh ban đầu": """
        (trai tuyen|vuot tuyen|thong tuyen|khac tuyen|sai tuyen|ngoai tinh)
    """,
    "chuyển người bệnh": "(giay chuyen vien|chuyen vien|giay chuyen tuyen|chuyen tuyen)",
    "thẻ bảo hiểm y tế": "(the bao hiem|the kham benh|so kham bao hiem)",
    "sổ bảo hiểm xã hội": "so bao hiem",
    "cấp lại": "(lam lai|mat|rach|hong|hu|that lac) .. (the|so)",
    "truy đóng": """
        (dong bu|truy thu)
        (dong lai|dong them) .. (thieu|con thieu|thang|nam|bao hiem)
    """,
    "bảo hiểm xã hội cơ sở": "(bao hiem|bao hiem xa hoi) (quan|huyen|phuong|xa|thanh pho|thi xa)",
    "giấy tiếp nhận hồ sơ và hẹn trả kết quả": "(giay hen|phieu hen|giay bien nhan)",
    "khiếu nại, tố cáo, phản ánh kiến nghị": "(don kien|thua kien|di thua|mec|phan anh|to giac)",
}


def official_terms(text: str) -> tuple[str, ...]:
    """Official names of what the message speaks of, those left out that it already uses; () when none is known.

    To widen a search: the terms are added to the query, they do not replace the citizen's words.
    """
    key = read_words(plain_key(text))
    return tuple(term for term, bare, spoken in _table() if f" {bare} " not in key.text and spoken.found_in(key))


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, str, Pattern], ...]:
    return tuple((term, plain_key(term), translate(spoken, {})) for term, spoken in _SPOKEN.items())
