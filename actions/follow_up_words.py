"""Accent-free words by which a follow-up is told from a question that stands on its own."""

from __future__ import annotations


def phrases(text: str) -> tuple[str, ...]:
    """The comma-separated phrases of a table."""
    return tuple(phrase.strip() for phrase in text.split(","))


CONNECTIVES = frozenset(
    phrases(
        """
    a, con, da, nhung, ok, roi, the, thi, ua, uh, va, vang, vay
    """
    )
)
"""At the beginning they tie the message to what was said before."""

CASE_STARTS = (("truong", "hop"), ("doi", "voi"), ("voi",), ("gia", "su"), ("con",), ("neu",), ("lo",))
"""After the connectives: another case of the same question follows."""

CASE_ENDS = (
    ("thi", "nhu", "the", "nao"),
    ("thi", "the", "nao"),
    ("thi", "sao"),
    ("nhu", "the", "nao"),
    ("the", "nao"),
    ("sao",),
)

PARTICLES = frozenset(
    phrases(
        """
    a, ad, ah, anh, ban, chi, di, em, ha, nha, nhe, nhi, oi, the, vay, voi
    """
    )
)
"""At the end they only make the tone."""

ASPECTS = phrases(
    """
    bao nhieu phan tram, bao nhieu, phan tram, bao lau, bao gio, the nao, ra sao, lam sao, khi nao, cho nao,
    o dau, bat dau, ho so, giay to, to khai, mau don, thu tuc, dieu kien, truc tuyen, buu dien, thoi han,
    thoi gian, le phi, chi phi, muc huong, muc dong, toi da, toi thieu, bat buoc, ap dung, hieu luc, giai quyet,
    ket qua, co quan, ban chinh, ban sao, cong chung, dia chi, ai, bang, can, cac, chua, co, dau, den, dong, duoc,
    gi, gom, gui, huong, khi, khong, ky, la, lai, lan, lau, lay, loai, mang, mat, may, muc, nam, nao, ngay, nghi,
    nhan, nhieu, nhu, nhung, noi, nop, nua, o, online, phai, phi, qua, sao, thang, them, thi, tien, tuan, tu, xin,
    xong
    """
)
"""Longest first. A message made of these alone asks how much, how long, where, with which papers, and not of what."""

ASKED = phrases(
    """
    la bao nhieu phan tram, la bao nhieu, la khi nao, la may, bao nhieu phan tram, bao nhieu tien, bao nhieu ngay,
    bao nhieu, bao lau, bao gio, mat may ngay, may ngay, may thang, gom nhung giay to gi, gom giay to gi,
    can giay to gi, gom nhung gi, gom gi, can nhung gi, can gi, la gi, la bao lau, nhu the nao, the nao, o dau,
    khi nao, tu khi nao, la ai, nop o dau, ho so, giay to, thu tuc, dieu kien, co duoc khong, duoc khong,
    phai khong, ra sao, lam sao
    """
)
"""Dropped from the earlier question when another of its sides is asked for; longer phrases are tried first."""

PEOPLE = phrases(
    """
    nguoi su dung lao dong, chu su dung lao dong, nguoi lao dong, nguoi nuoc ngoai, nguoi cao tuoi,
    chu ho kinh doanh, ho kinh doanh, ho can ngheo, ho ngheo, ho gia dinh, hoc sinh sinh vien, hoc sinh,
    sinh vien, doanh nghiep, cong ty, don vi, lao dong nam, lao dong nu, tre em, nong dan, vien chuc, cong chuc,
    nguoi chong, nguoi vo, chong, vo, nam gioi, nu gioi, nu, nam, cha, me, bo, con
    """
)
"""Longest first: whose case it is."""

INSURANCES = phrases(
    """
    bao hiem xa hoi tu nguyen, bao hiem xa hoi bat buoc, bao hiem xa hoi mot lan, bao hiem that nghiep,
    bao hiem y te, bhxh tu nguyen, bhxh bat buoc, tu nguyen, bat buoc, tro cap that nghiep, that nghiep, thai san,
    om dau, huu tri, luong huu, tu tuat, tai nan lao dong, benh nghe nghiep
    """
)
"""Longest first: which insurance or benefit it is."""
