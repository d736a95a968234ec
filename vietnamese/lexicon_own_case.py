"""Asking to look into, change or compute one's own record. General questions in the first person are not that."""

from vietnamese.act import Act
from vietnamese.act_rule import ActRule

_GENERAL = """
    {howto}
    {what_for}
    (neu|khi|truong hop|muon hoi|tu van|tai sao|vi sao|co nen)
    (bao gio|khi nao) (thi|moi|duoc)
    (cong ti|chu|ai|nguoi khac) co the
    (vao|tren|mo) (vssid|ung dung|web)
"""

OWN_CASE_RULES: tuple[ActRule, ...] = (
    ActRule(
        "look_it_up",
        Act.OWN_CASE,
        when="""
            {check_for_me} (giup|ho|giup cho|giup dum) {self} ... {record}
            {check_for_me} (giup|giup voi|giup di|giup cai)
            {check_for_me} .. {record} .. {for_me}
            (giup|nho|ho|phien|lam on) .. {check_for_me} ... {record}
            tra .. (ma so|ma bao hiem|ma bao hiem xa hoi|so so) .. cho {self}
            (giup|nho) {self} (kiem tra|tra cuu|check|tra)
            {check} ... {record} ... (cua|cho) {kin}
            cho {self} (biet|hoi|xem|xin) .. (ma so|so so|qua trinh dong|qua trinh tham gia) ... (cua|cho) {kin}
            {check} cho {self} ... {record}
        """,
        unless=_GENERAL,
    ),
    ActRule(
        "state_of_my_record",
        Act.OWN_CASE,
        when="""
            {record} ... (cua|cho) {kin} ... (con han|het han chua|den ngay nao|den khi nao|den bao gio|den thang nao)
            {record} ... (cua|cho) {kin} ... (con gia tri|con hieu luc)
            {record} ... (cua|cho) {kin} ... (duyet chua|xong chua|co chua|toi dau|den dau|sao roi|the nao roi
                |ra chua)
            {record} ... (cua|cho) {kin} ... (duoc chua|bi gi)
            {record} ... (cua|cho) {kin} ... (da duyet|da giai quyet|da xong|da co|giai quyet|chuyen
                |da chuyen) .... chua
            {record} ... (cua|cho) {kin} ... (da ve|da chot|da cap) .... chua
            {record} (cua|cho) {kin} [da|dang] (bi tu choi|bi tra|bi treo|bi khoa|dang xu li|o dau roi)
            {record} ... (cua|cho) {kin} ... (dang o|o) (buoc nao|giai doan nao|khau nao|dau roi|dau vay|bo phan nao)
            {record} ... (cua|cho) {kin} [da|dang] dong (toi|den) (thang may|thang nao|dau|nam nao)
            {record} (cua|cho) {kin} la (bao nhieu|gi|so may|so nao|may)
            (luong huu|tien|tro cap|che do) .. (cua|cho) {kin} [la|duoc|nhan duoc|duoc huong] bao nhieu [tien
                |mot thang]
            (tien|luong huu|tro cap) ... (cua|cho) {kin} [van|sao] chua (ve|co|thay|nhan duoc)
            ho so (nop|em nop|toi nop) .... (xong chua|duyet chua|giai quyet chua|co chua|den dau|toi dau|sao roi)
            ho so (nop|em nop|toi nop) .... (the nao roi|ket qua chua)
            ho so .. (#|may) .... (xong chua|duyet chua|co ket qua chua|giai quyet xong chua)
        """,
        unless="""
            (thi|neu|khi|cach|co duoc|muon biet cach|lam sao|nhu the nao|truoc khi mat)
            (nganh|co quan|bao hiem xa hoi|nha nuoc) .. (chi dao|qui dinh|yeu cau|cam ket)
            chua (ve|co|thay|nhan duoc) .. trieu
        """,
    ),
    ActRule(
        "has_money_come",
        Act.OWN_CASE,
        when="""
            {self} .. (da|co|co duoc|nhan duoc|da co|da nhan) [duoc] [tien|luong huu|tro cap] chua
            {self} .. (da|co|co duoc|nhan duoc|da co|da nhan) [duoc] tien (luong|thai san|that nghiep|bao hiem) chua
            (thang nay|thang #|dot nay|hom nay|ki nay) .... (co|ve|nhan|nhan duoc|da co) ... (tien
                |luong huu) .... chua
            (thang nay|thang #|dot nay|hom nay|ki nay) ... (tien|luong huu|tro cap) ... (chua|co chua|ve chua)
            (tien|luong huu|tro cap|mot lan|thai san|that nghiep) (cua|cho) {kin} ... (bao gio|khi nao) [moi] (co|ve
                |nhan)
            (tien|luong huu|tro cap|mot lan|thai san|that nghiep) (cua|cho) {kin} ... (hom nao|ngay nao) [moi] (co|ve
                |nhan)
            (tien|tro cap) [thai san|that nghiep|om dau|duong suc] [thang #|thang nay] [da] (ve|co|chuyen) chua
            sao {self} [van] chua (nhan|nhan duoc|co|thay) ... (tien|luong huu|tro cap)
        """,
        unless="(neu|lam sao de|thu tuc|khieu nai|thi sao|truoc khi mat)",
    ),
    ActRule(
        "my_paid_time",
        Act.OWN_CASE,
        when="""
            {self} [da] (dong|tham gia) [bao hiem|bao hiem xa hoi] [duoc] (bao nhieu|may) (nam|thang) [roi]
            {self} .. con [duoc] (bao nhieu|may) (thang|nam) (bao luu|that nghiep|bao hiem)
            cong ti [cu|moi] {self}? [da|co] (dong|bao|chot|chot so|nop) ... [cho] {self} ... (chua|den thang may)
            cong ti [cu|moi] {self} [da|co] (dong|bao tang|bao giam|chot|chot so|nop) ... chua
            {self} bi (trung|sai|lech|thieu) .. (ma so|qua trinh|thong tin|ngay sinh|ho ten) ... (kiem tra|xu li
                |sua) giup
        """,
        unless=_GENERAL + "(phai dong|can dong|de duoc|moi duoc|muon|thieu|nhung|toi thieu)",
    ),
    ActRule(
        "do_it_for_me",
        Act.OWN_CASE,
        when="""
            {change} ... {record} ... {for_me}
            {change} ... {detail} ... {for_me}
            (giup|ho|nho) {self} {change} .. {record}
            (giup|ho|nho) {self} {change} .. {detail}
            {change} (giup|ho) {self} ... {record}
            {change} (giup|ho) {self} ... {detail}
            {change} .. {record} .. cho {self} (voi|di|nhe|nha|ngay|gap|duoc khong)
            {change} giup {self} [di|voi|nhe]
        """,
        unless="""
            {what_for}
            (cach|huong dan|nhu the nao|the nao|lam sao|o dau|can gi|thu tuc|chi giup|tu van|hoi)
            (neu|khi|cong ti|tai sao|bao lau|bao gio|co phai)
            (nguoi khac|nguoi than|nguoi nha|dich vu) ... (giup|ho)
            nho (vo|chong|anh|chi|em|me|ba|bo|con|chau|ban|ho hang|hang xom) .. (nop|nhan|lanh|linh|lam|di|ki) ... (giup
                |ho)
        """,
    ),
    ActRule(
        "my_sum",
        Act.OWN_CASE,
        when="""
            (tinh|tinh toan) (giup|ho|cho|thu|dum) .. (toi|em|minh|con|me|xem|luong|tien|muc) .... (tien|luong
                |tro cap|duoc)
            (luong|muc luong|muc dong|thu nhap|dong|luong dong) ... (#|may) .. (trieu|nghin|000
                |dong) .... {gets} .. {how_much}
            {self} .... dong [duoc] [bao hiem|bao hiem xa hoi|bao hiem that nghiep] [duoc] # (nam
                |thang) .... {gets} .. {how_much}
            {self} .... # nam .... (luong huu|rut|mot lan|tro cap) .. (duoc|la|tam|khoang) bao nhieu
            {gets} bao nhieu .... (luong|muc luong|muc dong) .. (#) .. (trieu|000|nghin)
        """,
        unless="""
            (luong co so|muc tham chieu|luong toi thieu|muc luong co so|phan tram|chuan ngheo|tran|toi da|toi thieu)
            bao nhieu (phan tram|nam|thang|ngay|lan|tuoi|tuan|phan)
            (cach tinh|cong thuc|tinh nhu the nao|nguoi lao dong co|vi du)
        """,
    ),
)
