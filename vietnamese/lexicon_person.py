"""Asking for a human being. Questions about having to meet staff are not such requests."""

from vietnamese.act import Act
from vietnamese.act_rule import ActRule

_ABOUT_MEETING = """
    (co|phai) (can|phai|can phai|bat buoc) .. {meet}
    (can|phai|duoc|nen) {meet} ... khong
    co {meet} ... khong
    (khong|chua|chang|khoi|dau) (can|muon|phai|can phai|he|phai la|duoc|thich) [phai] {meet} .. {staff}
    (khong|chua|chang|khoi|dau) (can|muon|phai|can phai|he|phai la|duoc|thich) [phai] {meet} .. ai
    khong {meet} duoc
    (da|tung|vua|moi) {meet}
    gap (nguoi nao|bo phan nao|phong nao|can bo nao|nhan vien nao)
    gap ai (de|o|vay|thi|a|ha|nao|hoi|lam|nop|xin|khi)
    gap ai $
    lien he [voi] (ai|bo phan nao|co quan nao|can bo nao|so nao)
    (den|len|ra|xuong|vao) .. gap
    (di|khi|luc) gap
    (mang|chuan bi|can) [theo] [giay to|nhung] gi
    (may gio|gio nao|luc nao|so may|bao nhieu|dia chi|o dau|ngay nao)
    {strict_staff} .. (noi|bao|yeu cau|huong dan) (la|rang|toi|em|minh|phai|chua|khong|nop|bo sung|ve|can)
    {strict_staff} .. tra loi (la|rang)
    nguoi that nghiep
    (ra sao|so nao|goi so)
"""

PERSON_RULES: tuple[ActRule, ...] = (
    ActRule("wish_to_meet", Act.REQUEST_PERSON, when="{wish} ... {meet} .. {staff}", unless=_ABOUT_MEETING),
    ActRule("meet_anywhere", Act.REQUEST_PERSON, when="{meet} .. {strict_staff}", unless=_ABOUT_MEETING + "thi"),
    ActRule("meet_first", Act.REQUEST_PERSON, when="^ .. {meet} .. {staff}", unless=_ABOUT_MEETING),
    ActRule(
        "meet_last",
        Act.REQUEST_PERSON,
        when="{meet} [voi] {staff} [that] [di|voi|a|nhe|nha|ngay|gap] $",
        unless=_ABOUT_MEETING,
    ),
    ActRule(
        "pass_me_on",
        Act.REQUEST_PERSON,
        when="""
            (chuyen|noi) [may|cuoc goi|tin|tin nhan|chat] (cho|qua|sang|toi|den|voi|gap|cho toi|cho em|cho toi gap
                |toi gap) .. {staff}
            (keu|goi|moi|kiu) .. {staff} .. (ra|vao|len|tra loi|ho tro|tu van|noi chuyen|tiep|giup|cho toi|cho em)
            cho .. {strict_staff} .. (ra day|vao day|tra loi|ho tro|tu van|noi chuyen|tiep|giup) [toi|em|minh|di]
            (ho tro|tu van|tra loi|giai dap|phuc vu) .. (tu|boi|bang) (nguoi|nguoi that|con nguoi|nhan vien|can bo)
            (admin|nhan vien|tu van vien|can bo|nguoi) [oi] (vao|ra|ra day|vao day|dau ra|dau vao) .. (tra loi|tu van
                |ho tro|noi chuyen|day|hoi|giup)
            (nho|cho|bao|keu|de|yeu cau|nhan|noi|nhan tin) .. (nhan vien|can bo|tu van vien|ai do|tong dai
                |nguoi) goi [dien|lai|dien lai] [lai] cho (toi|em|minh|con)
            (xin|cho|lam on|vui long|hay|giup|nho) .. (chuyen may|noi may)
            {strict_staff} (tra loi|tu van|ho tro|noi chuyen|giai dap) (di|giup|voi|ngay|toi di|em di|em voi|toi voi
                |minh voi)
            (anh chi|anh|chi|ban|ai|admin) nao .. (truc|o do|ranh|online|phu trach) .. (tra loi|tu van|ho tro|giup)
            noi may (di|giup|voi|cho toi|cho em|cho minh|ngay)
            ^ (noi|chuyen) may [di|voi|a] $
            (gap|noi chuyen|trao doi|tu van) truc tiep [di|a|voi|duoc khong|nhe|nha] $
            (de|can|muon|cho) (nguoi|nguoi that|con nguoi|nhan vien|can bo) (tra loi|tu van|ho tro|giai dap
                |noi chuyen|xu li)
        """,
        unless=_ABOUT_MEETING + "chuyen (tien|ho so|so|don|noi|vien)",
    ),
    ActRule(
        "no_more_bot",
        Act.REQUEST_PERSON,
        when="""
            (khong|dung|thoi|chan|het|khoi|ngung) .. (noi|chat|tra loi|noi chuyen|nhan tin|tro chuyen) .. (bot|may
                |robot|chatbot|tu dong|may moc)
            (khong|chang) (can|muon|thich|them) (bot|may|robot|chatbot|may tra loi)
            (can|muon|cho|cho toi|cho em|gap) [mot] (nguoi that|con nguoi)
            (talk|speak|chat) (to|with) [a|an|the] [real] (human|person|agent|staff|operator|someone)
            (connect|transfer|put) me .. (agent|human|person|someone|operator|staff|through)
            (need|want) [a|an|to talk to a|to speak to a] [real|live] (human|person|agent|staff|operator)
            customer (service|support)
            (human|live|real) (agent|person|support|operator)
        """,
        unless="""
            (may|bot) [nay] co
            (can bo|nhan vien|nguoi) that nghiep
        """,
    ),
    ActRule(
        "anyone_there",
        Act.REQUEST_PERSON,
        when="""
            ^ .. (nhan vien|can bo|tu van vien|tong dai vien|nguoi that|admin|nguoi|ho tro vien) (dau|dau roi
                |dau het roi|o dau roi|dau ra)
            co (ai|nguoi) (tu van|ho tro|tra loi|giai dap|noi chuyen) truc tiep ... khong
            co (nhan vien|can bo|tu van vien|nguoi that|nguoi|admin|ai) [nao] [dang|con] (o do|truc|tra loi|online
                |dang truc|ho tro|tu van|that) .. khong
            goi (dien|lai|dien lai) cho (toi|em|minh|con|chau) [di|nhe|voi|gap|duoc khong|nha]
        """,
        unless="""
            phai co nguoi
            (chu nhat|thu bay|thu 7|cuoi tuan|ngay le|nghi le|le tet|tet|ngay nghi|ki nghi|ngoai gio|ban dem|buoi toi
                |buoi trua|may gio|luc nghi|ngay thuong)
            (goi|dien|alo) ... (tong dai|duong day nong|hotline)
            nguoi that nghiep
            nguoi (dau tien|dau nganh)
            (cong ti|nguoi la|ho|co nguoi|ai do) ... goi
            (hom qua|hom nay|vua|da|moi|khong|chua) .. goi
        """,
    ),
    ActRule(
        "bare_name",
        Act.REQUEST_PERSON,
        when="""
            ^ [alo|cho|can|xin|toi can|em can|minh can] (nhan vien|tu van vien|tong dai vien|nguoi that) [a|oi|voi|di
                |nhe] $
            ^ [alo|cho|can|xin|toi can|em can|minh can] nhan vien (tu van|ho tro) [a|oi|voi|di|nhe] $
        """,
    ),
)
