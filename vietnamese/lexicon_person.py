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
    gap (ai|nguoi nao|bo phan nao|phong nao|can bo nao|nhan vien nao)
    lien he [voi] (ai|bo phan nao|co quan nao|can bo nao|so nao)
    (den|len|ra|xuong|vao) .. gap
    (di|khi|luc) gap
    (mang|chuan bi|can) [theo] [giay to|nhung] gi
    (may gio|gio nao|luc nao|so may|bao nhieu|dia chi|o dau|ngay nao)
    {staff} ... (noi|bao|yeu cau|tra loi) .. (la|rang|toi|em|khong|phai)
"""

PERSON_RULES: tuple[ActRule, ...] = (
    ActRule("wish_to_meet", Act.REQUEST_PERSON, when="{wish} ... {meet} .. {staff}", unless=_ABOUT_MEETING),
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
            cho .. {staff} .. (ra|vao|len|tra loi|ho tro|tu van|noi chuyen|tiep|giup) [toi|em|minh|di]
            noi may (di|giup|voi|cho toi|cho em|cho minh|ngay)
            ^ noi may $
            (de|can|muon|cho) (nguoi|nguoi that|nhan vien|can bo) (tra loi|tu van|ho tro|giai dap|noi chuyen|xu li)
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
            (human|live|real) (agent|person|support|operator)
        """,
        unless="""
            (may|bot) [nay] co
            (can bo|nhan vien) that nghiep
        """,
    ),
    ActRule(
        "anyone_there",
        Act.REQUEST_PERSON,
        when="""
            ^ .. (nhan vien|can bo|tu van vien|tong dai vien|nguoi that|admin) (dau|dau roi|dau het roi|o dau roi)
            co (nhan vien|can bo|tu van vien|nguoi that|nguoi|admin|ai) [nao] (o do|truc|tra loi|online|dang truc
                |ho tro|tu van|that) .. khong
            goi (dien|lai|dien lai) cho (toi|em|minh|con|chau) [di|nhe|voi|gap|duoc khong|nha]
        """,
        unless="""
            phai co nguoi
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
