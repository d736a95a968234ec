"""Danger to life, now: emergencies and self-harm. Benefit questions that mention illness are neither."""

from vietnamese.act import Act
from vietnamese.act_rule import ActRule

SELF_HARM_RULES: tuple[ActRule, ...] = (
    ActRule(
        "wish_to_die",
        Act.SELF_HARM,
        when="""
            (chi|chi con|cu|that su|that|qua|em|toi|minh|con|roi|thoi|biet|nghi) muon chet
            muon chet (di|quach|cho xong|cho roi|that|luon)
            ^ muon chet [qua]
            khong [con] [con gi] (muon|thiet) song
            (toi|em|minh|con) chan song
            song khong noi
            khong song noi
            tha chet
            song khong bang chet
            khong con [li do|gi] .. de song
            khong (muon|thiet) .. (ton tai|song tiep|tiep tuc song)
            (bien mat|ra di) (khoi|mai mai) .. (the gioi|coi doi)
            song (lam gi|de lam gi|con y nghia gi) [nua]
            chet (quach|cho xong|cho roi|di cho)
            (tim|nghi) (den|toi) cai chet
            (toi|em|minh|con|chau) (se|sap) chet cho
        """,
        unless="""
            cho muon chet
            doi muon chet
            (mong|dong|nong|doi|re|lau) muon chet
            luong ... song khong noi
            khong muon chet
            nguoi [da] chet
        """,
    ),
    ActRule(
        "plan_to_die",
        Act.SELF_HARM,
        when="""
            (muon|dinh|se|di|nghi den|nghi toi|chi con|tinh|toan|y dinh|vua|dang) (tu tu|tu sat|tu ket lieu)
            (tự vẫn|tự vận)
            (toi|em|con|minh|chau|nguoi than|ban toi|chong|vo) (tu tu|tu sat) [mat|day|thoi|bay gio]
            (nghi|nghi den|nghi toi|y nghi|co y dinh) .. (tu tu|tu sat|cai chet)
            (chac|hay la|hay) .. (nhay lau|nhay cau|nhay song|treo co|tu tu) [cho|quach|thoi|qua|roi]
            ket (thuc|lieu) [cho] (cuoc doi|cuoc song|doi|ban than|mang song) [minh|toi|em|nay]
            (muon|dinh|se|di|sap) (nhay cau|nhay lau|nhay song|treo co|cat tay|cat co tay|uong thuoc ngu)
            uong thuoc (sau|ngu|tru sau|chuot) (chet|tu tu|cho xong|cho roi)
        """,
        unless="""
            (huong|tro cap|tuat|chi tra|bao hiem|tu van vien|che do)
            (duoc|nho|can|xin) tu van
            tu van (giup|cho|ve|gium|them|ho tro|mien phi|mua|tham gia|truc tiep|thu tuc|vien|a|voi)
        """,
        marked="(tự tử|tự vẫn|tự vận|tự sát|kết liễu|kết thúc|nhảy cầu|nhảy lầu|nhảy sông|treo cổ|cắt tay|thuốc)",
    ),
)

EMERGENCY_RULES: tuple[ActRule, ...] = (
    ActRule(
        "cry_for_help",
        Act.EMERGENCY,
        when="""
            cuu [toi|em|con|me|chong|vo|bo|chau|be|nguoi|nguoi nha] voi
            cuu (nguoi|mang|cuu)
            (xe cap cuu|cap cuu|cuu thuong) .. (goi so|so may|so nao|so dien thoai|goi dau)
            cap cuu (gap|voi|giup|nhanh|ngay)
            goi [xe] cap cuu (giup|ho|di|gap|nhanh|cho|ngay|so|o dau|the nao|bang)
            (can|cho|xin|nho|goi|muon) [goi] [xe] (cap cuu|cuu thuong)
            (so|so dien thoai) [goi] [xe] (cap cuu|cuu thuong)
        """,
        unless="{benefit}\n{in_care}\n(vssid|ung dung|tai khoan|dang nhap|so bao|mat the|cuu xet)",
    ),
    ActRule(
        "only_the_word",
        Act.EMERGENCY,
        when="""
            ^ [alo|oi|a] cap cuu [a|oi|di|cap cuu] $
            ^ (cuu|sos) $
            (goi|alo) 115
        """,
    ),
    ActRule(
        "grave_now",
        Act.EMERGENCY,
        when="""
            (dang|tu nhien|bong nhien|dot nhien|bong dung) [bi] [len con] {acute}
            {acute} (du doi|du qua|khong ngung|khong cam|lien tuc|qua roi|rat nhieu|nhieu qua|roi)
            chay mau (nhieu|qua|o at)
            (sap chet|sap khong qua khoi|nguy cap|thap tu nhat sinh)
        """,
        unless="""
            {in_care}
            (neu|khi|truong hop|hom qua|nam ngoai|thang truoc|nghi viec|giam dinh|nghi om)
            sap chet (doi|khat|ngat|met)
        """,
    ),
    ActRule(
        "symptom_and_plea",
        Act.EMERGENCY,
        when="""
            {symptom} .... {plea}
            (cuu|giup) ... {symptom}
        """,
        unless="{benefit}\n{in_care}\n{supposed}",
    ),
    ActRule(
        "person_with_symptom",
        Act.EMERGENCY,
        when="""
            {person} ... {symptom}
            {person} ... chuyển dạ
            (vo|chi|em|toi|chau|con dau) [toi|em] (dang|sap|bi) chuyen da
            ^ [bi|dang|dang bi] {symptom}
        """,
        unless="""
            {benefit}
            {in_care}
            {supposed}
            (bao lau|bao nhieu|o dau|benh gi|thuoc gi|khoa nao|benh vien nao|an gi|kieng gi|bac si nao|bi gi
                |nguy hiem khong)
        """,
    ),
    ActRule(
        "accident_now",
        Act.EMERGENCY,
        when="""
            (vua|dang|vua moi|moi) bi (tai nan|dam xe|tong xe|xe tong|xe dam|xe can)
            bi (tai nan|dam xe|tong xe|xe tong|xe dam|te xe|nga xe) ... (chay mau|bat tinh|hon me|nang lam|nang qua
                |nguy kich)
            bi (tai nan|dam xe|tong xe|xe tong|xe dam|te xe|nga xe) ... {plea}
            ^ .. {person} .. bi (tai nan|dam xe|tong xe|xe tong|xe dam|xe can) [giao thong|xe] [roi] [a|oi] $
            tai nan [giao thong|xe|lien hoan] ... (o day|cho nay|tai day|truoc mat|bi thuong|chay mau|o quoc lo
                |o nga tu)
        """,
        unless="{benefit}\n{in_care}\n{supposed}",
    ),
    ActRule(
        "violence_or_fire",
        Act.EMERGENCY,
        when="""
            nha .. (dang chay|bi chay|bi hoa hoan|chay roi|chay lon|chay to)
            co (ke|nguoi|thang|dua|mot nguoi|may nguoi|cuop) ... (cam dao|dam|chem|danh) .. (nguoi|nhau|chau|toi|em
                |hang xom)
            (dang chay|chay) nha
            dang bi .. (danh|bao hanh|xam hai|cuop|dam|bat coc)
        """,
        unless="{benefit}",
        marked="(cháy|đánh|bạo hành|xâm hại|cướp|đâm|hỏa hoạn|bắt cóc)",
    ),
)
