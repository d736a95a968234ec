"""Asking to look into, change or compute one's own record. General questions in the first person are not that."""

from vietnamese.act import Act
from vietnamese.act_rule import ActRule

_RECORD = (
    "(ho so|ma so|so|the|qua trinh|qua trinh dong|tai khoan|tien|thong tin|luong huu|tro cap|bao hiem xa hoi"
    "|bao hiem y te|bao hiem|so bao hiem|ma dinh danh|don|yeu cau|ket qua|mat khau)"
)
_OWNER = (
    """(cua|cho) (toi|em|minh|con|chau|me|ma|ba|bo|vo|chong|con toi|con em|be|gia dinh|nguoi nha|nha em|nha toi
        |cong ti em"""
    "|cong ti toi|me em|me toi|bo em|bo toi|ba em|ba toi|vo em|vo toi|chong em|chong toi|anh|chi|bac|co)"
)
_CHECK = "(kiem tra|tra cuu|tra|xem|coi|check|do|tim|ra soat|xac minh|kiem tra lai|xem lai|tra lai|do lai|xem xet)"
_CHANGE = (
    "(doi|cap lai|cap|reset|lay lai|mo khoa|mo|sua|cap nhat|dieu chinh|huy|xoa|gia han|dang ki|lam|lam lai|noi|gop"
    "|chot|chot so|duyet|giai quyet|khoa|thay doi|bo sung|nop|in|in lai|chuyen|xac nhan|doi lai|kich hoat)"
)
_HELP = "(giup|ho|cho|nho|nhe|voi|ti|xiu)"
_SELF = "(toi|em|minh|con|chau|me em|me toi|vo toi|chong toi)"
_GENERAL = """{howto}
            {what_for}
            (neu|khi|truong hop|muon hoi|tu van|tai sao|vi sao|co nen)
            (bao gio|khi nao) (thi|moi
        |duoc)"""

OWN_CASE_RULES: tuple[ActRule, ...] = (
    ActRule(
        "look_it_up",
        Act.OWN_CASE,
        when=f"""
            {_CHECK} (giup|ho|giup cho|giup dum) {_SELF} ... {_RECORD}
            {_CHECK} (giup|giup voi|giup di|giup cai)
            {_CHECK} .. {_RECORD} .. (giup|ho) [{_SELF.strip("()")}|voi]
            (giup|nho|ho|phien|lam on) .. {_CHECK} ... {_RECORD}
            (giup|nho) {_SELF} (kiem tra|tra cuu|check|tra)
            {_CHECK} ... {_RECORD} ... {_OWNER}
            cho {_SELF} (biet|hoi|xem|xin) .. (ma so|so so|qua trinh dong|qua trinh tham gia) ... {_OWNER}
            {_CHECK} cho {_SELF} ... {_RECORD}
        """,
        unless=_GENERAL + "\n(cong ti|chu|ai|nguoi khac) co the",
    ),
    ActRule(
        "state_of_my_record",
        Act.OWN_CASE,
        when=f"""
            {_RECORD} ... {_OWNER} ... (con han|het han chua|den ngay nao|den khi nao|den bao gio|den thang nao
                |con gia tri|con hieu luc)
            {_RECORD} ... {_OWNER} ... (duyet chua|xong chua|co chua|toi dau|den dau|sao roi|the nao roi|ra chua
                |duoc chua|bi gi)
            {_RECORD} ... {_OWNER} ... (da duyet|da giai quyet|da xong|da co|giai quyet|chuyen|da chuyen|da ve
                |da chot|da cap) .... chua
            {_RECORD} {_OWNER} [da|dang] (bi tu choi|bi tra|bi treo|bi khoa|dang xu li|o dau roi)
            {_RECORD} ... {_OWNER} ... (dang o|o) (buoc nao|giai doan nao|khau nao|dau roi|dau vay|bo phan nao)
            {_RECORD} ... {_OWNER} [da|dang] dong (toi|den) (thang may|thang nao|dau|nam nao)
            (luong huu|tien|tro cap|che do) .. {_OWNER} [la|duoc|nhan duoc|duoc huong] bao nhieu [tien|mot thang]
            (tien|luong huu|tro cap) ... {_OWNER} [van|sao] chua (ve|co|thay|nhan duoc)
            {_RECORD} {_OWNER} la (bao nhieu|gi|so may|so nao|may)
            ho so (nop|em nop|toi nop) .... (xong chua|duyet chua|giai quyet chua|co chua|den dau|toi dau|sao roi
                |the nao roi|ket qua chua)
            ho so .. (#|may) .... (xong chua|duyet chua|co ket qua chua|giai quyet xong chua)
        """,
        unless="(thi|neu|khi|cach|co duoc|muon biet cach|lam sao|nhu the nao)",
    ),
    ActRule(
        "has_money_come",
        Act.OWN_CASE,
        when=f"""
            {_SELF} .. (da|co|co duoc|nhan duoc|da co|da nhan) [duoc] [tien|luong huu|tro cap] [luong|thai san
                |that nghiep|bao hiem] chua
            (thang nay|thang #|dot nay|hom nay|ki nay) .... (co|ve|nhan|nhan duoc|da co|chuyen|tra) ... (tien
                |luong huu|luong|tro cap) .... (chua|ve chua)
            (thang nay|thang #|dot nay|hom nay|ki nay) ... (tien|luong huu|tro cap) ... (chua|co chua|ve chua)
            (tien|luong huu|tro cap) [thai san|that nghiep|om dau|bao hiem|mot lan|bao hiem xa hoi
                |bao hiem xa hoi mot lan] {_OWNER} ... (bao gio|khi nao
                |hom nao|ngay nao|chua) [co|ve|nhan|duoc]
            (tien|tro cap) [thai san|that nghiep|om dau|duong suc] [thang #|thang nay] [da] (ve|co|chuyen) chua
            sao (toi|em|minh|me toi|bo toi) [van] chua (nhan|nhan duoc|co|thay) ... (tien|luong huu|tro cap)
        """,
        unless="(neu|lam sao de|thu tuc|khieu nai|thi sao)",
    ),
    ActRule(
        "my_paid_time",
        Act.OWN_CASE,
        when=f"""
            {_SELF} [da] (dong|tham gia|dong bao hiem|dong bao hiem xa hoi
                |tham gia bao hiem xa hoi) [duoc] (bao nhieu|may) (nam|thang) [roi]
            {_SELF} .. con [duoc] (bao nhieu|may) (thang|nam) (bao luu|that nghiep|bao hiem)
            cong ti [cu|moi] [{_SELF.strip("()")}] [da|co] (dong|bao|chot|chot so|dong bao hiem|nop
                |dong bao hiem xa hoi) ... [cho] {_SELF} ... (chua|den thang may)
            cong ti [cu|moi] {_SELF} [da|co] (dong|bao tang|bao giam|chot|chot so|nop) ... chua
            {_SELF} bi (trung|sai|lech|thieu) .. (ma so|qua trinh|thong tin|ngay sinh|ho ten) ... (kiem tra|xu li
                |sua) giup
        """,
        unless="""{howto}
            {what_for}
            (neu|khi nao thi|phai dong|can dong|de duoc|moi duoc|muon|thieu|nhung
            |toi thieu)""",
    ),
    ActRule(
        "do_it_for_me",
        Act.OWN_CASE,
        when=f"""
            {_CHANGE} ... {_RECORD} ... (giup|ho) [{_SELF.strip("()")}|voi|cai]
            {_CHANGE} ... (vssid|vneid|ngay sinh|ho ten|so dien thoai|noi kham|can cuoc cong dan|dia chi
                |otp) ... (giup|ho) [{_SELF.strip("()")}|voi|cai]
            (giup|ho|nho) {_SELF} {_CHANGE} .. ({_RECORD.strip("()")}|vssid|ngay sinh|ho ten|so dien thoai|noi kham)
            {_CHANGE} (giup|ho) {_SELF} ... ({_RECORD.strip("()")}|vssid|ngay sinh|ho ten|so dien thoai|noi kham
                |bao hiem)
            {_CHANGE} .. {_RECORD} .. cho {_SELF} (voi|di|nhe|nha|ngay|gap|duoc khong)
            {_CHANGE} giup {_SELF} [di|voi|nhe]
        """,
        unless="""
            (cach|huong dan|nhu the nao|the nao|lam sao|o dau|can gi|thu tuc|chi giup|tu van|hoi)
            {what_for}
            (neu|khi|cong ti|tai sao|bao lau|bao gio|co phai)
        """,
    ),
    ActRule(
        "my_sum",
        Act.OWN_CASE,
        when="""
            (tinh|tinh toan) (giup|ho|cho|thu|gium|dum) .. (toi|em|minh|con|me|xem|luong|tien
                |muc) .... (tien|luong|tro cap|bao nhieu|muc|duoc)
            (luong|muc luong|muc dong|thu nhap|dong|luong dong) .. (#|may) .. (trieu|nghin|000
                |dong) .... {gets} .. (bao nhieu|may dong|may trieu|nhieu tien)
            (#) (trieu|000 000|nghin) .... {gets} .. (bao nhieu|may dong|may trieu|nhieu tien) [tien]
            dong [duoc] [bao hiem|bao hiem xa hoi|bao hiem that nghiep] [duoc] (#) (nam
                |thang) .... {gets} .. (bao nhieu|nhieu) tien
            dong [duoc] [bao hiem|bao hiem xa hoi|bao hiem that nghiep] [duoc] (#) (nam|thang) ... (rut|nhan|linh
                |lanh) .. [duoc] bao nhieu
            (toi|em|minh|me toi|bo toi) .... (#) nam .... (luong huu|rut|mot lan|tro cap) .. (duoc|la|tam
                |khoang) bao nhieu
            {gets} bao nhieu .... (luong|muc luong|muc dong) .. (#) .. (trieu|000|nghin)
        """,
        unless="""
            (luong co so|muc tham chieu|luong toi thieu|muc luong co so|phan tram|chuan ngheo|tran|toi da|toi thieu)
            bao nhieu (phan tram|nam|thang|ngay|lan|tuoi|tuan|phan)
            (cach tinh|cong thuc|tinh nhu the nao|nguoi lao dong co|vi du)
        """,
    ),
)
