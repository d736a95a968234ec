"""Accent-free phrases that make a message a question about insurance, whatever else its words look like."""

from __future__ import annotations


def phrases(text: str) -> tuple[str, ...]:
    """The comma-separated phrases of a table."""
    return tuple(phrase.strip() for phrase in text.split(","))


TOPICS = phrases(
    """
    luong huu, huu tri, nghi huu, tuoi huu, ve huu duoc, thai san, sinh con, kham thai, tu tuat, tien tuat,
    tuat hang thang, mai tang, om dau, nghi om, con om, duong suc, that nghiep, tai nan lao dong,
    benh nghe nghiep, mot lan, bao hiem y te ho gia dinh, the bao hiem, the bhyt, so bao hiem, so bhxh, chot so,
    vssid, vneid, muc dong, muc huong, ty le dong, dong bao nhieu, dong bao hiem, dong bhxh, tham gia bao hiem,
    tham gia bhxh, luong co so, muc tham chieu, mau tk1, mau d02, bao luu, truy dong, cham dong, tron dong,
    no bao hiem, tron bao hiem, tim kiem viec lam, tim viec, dung tuyen, trai tuyen, vuot tuyen, chuyen tuyen,
    chuyen vien, kham chua benh, kham ban dau, benh vien nao duoc, bao tang, bao giam, thu viec, ma so bhxh,
    nghi may ngay, nghi bao nhieu ngay, nghi may thang
    """
)
"""Subjects of our field, in words that no other body uses for its own."""

PAPERWORK = phrases(
    """
    ho so, thu tuc, giay to, to khai, phu luc, nhiem vu, chi tieu, chu tri, phieu xin loi, tiep cong dan, mau so,
    phu cap, thanh toan, chi tra, che do, tro cap, kham benh, hop dong lao dong, dinh danh, ho tro bao nhieu,
    dieu kien, thoi han, duoc huong, tong dai co, mot cua
    """
)
"""Words of offices: talk never holds them, other bodies' business may."""

OUR_NAMES = phrases(
    """
    bao hiem xa hoi, bao hiem y te, bao hiem that nghiep, bao hiem tu nguyen, bao hiem bat buoc, bhxh, bhyt, bhtn
    """
)
"""Our own field by name: never another body's business by statistics alone. Rules may still say so."""

HOW_TO = phrases(
    """
    phai lam sao, lam sao, lam the nao, nhu the nao, the nao, cach, o dau, can gi, nhung gi, gom gi, giay to gi,
    ho so gi, thu tuc, dieu kien, quy dinh, co bi phat, khi nao thi, truong hop, nhung nhom, thi sao
    """
)
"""Asks for a rule or a way, which has an answer, not for the state of somebody's file."""

QUESTION_FORMS = phrases(
    """
    bao nhieu, the nao, nhu the nao, o dau, khi nao, may ngay, may thang, la gi, gom gi, nhung gi, can gi,
    co phai nop, duoc huong, ra sao, tai mau
    """
)
"""Asks for a number, a place, a time: somebody in danger or in anger does not."""

TIME_LIMIT = phrases(
    """
    trong may ngay, trong bao lau, trong bao nhieu ngay, may ngay thi, bao lau thi, bao nhieu ngay thi,
    mat may ngay, mat bao lau, mat bao nhieu ngay, thoi han giai quyet, thoi han tra, thoi gian giai quyet
    """
)
"""Asks how long something takes by the rules; whoever complains of a delay tells how long it took."""

NOT_WANTING_A_PERSON = phrases(
    """
    co can gap, co phai gap, can phai gap, khong can gap, co can len gap, co phai len gap, khong phai gap,
    khong muon gap, mang theo, mang gi, can mang, nhan ho, nop thay, nop ho, nhan thay, uy quyen, lich tiep,
    dong bhxh, dong bao hiem
    """
)
"""People are named, but what is asked is how the procedure goes."""

COVER_QUESTION = phrases(
    """
    duoc huong, chi tra, thanh toan, che do, muc huong, bhyt, bhxh, bao hiem, tro cap, ho so, giay to, the nao la
    """
)
"""An accident or illness told to ask what the insurance pays. Rules decide emergencies that name insurance."""


def holds_any(key: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands in the accent-free key as whole words."""
    padded = f" {key} "
    return any(f" {phrase} " in padded for phrase in phrases)
