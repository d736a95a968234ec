"""Anger: complaints about the service, insults, threats."""

from vietnamese.act import Act
from vietnamese.act_rule import ActRule

THREAT_RULES: tuple[ActRule, ...] = (
    ActRule(
        "violence",
        Act.THREAT,
        when="""
            (phong hoa|dot chay|dot quach|dot tru so|dot co quan|dot nha|dot bao hiem|dot cai|dot het|cho chay|dot me)
            (dam|chem|giet|ban|thiu|xien) (chet|chet me|may|bo|bon may|chung may|thang|con|nguoi|het|no|nhan vien
                |can bo|het bon)
            (toi|tao|ong|bo) .. (se|den|len|toi|qua) .. (dam|chem|giet|dap pha|dap nat|dot|pha nat|cho no)
            (dap pha|dap nat|pha nat|san bang|dat bom|no bom|danh bom|quang bom|cai bom) [tru so|co quan|cua|bao hiem
                |cho|cai]
            (danh|dam|tat|da) (chet|vo mat|vo mom|bo me|cho mot tran|gay|cho may)
            (xach|mang|cam) (dao|sung|bua|xang|rua|ma tau) (den|len|toi|qua|vao)
            cho (may|no|bon may|chung may) (biet tay|mot tran|nhap vien|chet)
            (coi chung|lieu hon|lieu than hon|can than) [day] (tao|ong|bo|cai mang|cai mat|do)
            (tao|ong|bo) biet (nha|mat|cho) (may|bon may|chung may)
            (co|xay ra|gay) an mang
            (tao|ong|bo) (dam|chem|giet|dot|ban)
            (lam|se lam|quyet) .. (mot mat mot con|song chet|ca chet luoi rach)
        """,
        unless="""(bi|dang bi|doa|so bi) (danh|chem|dam)
            (tai nan|bao hiem|tro cap|che do|chi tra) ... (huong|khong)
            say xe""",
        marked="""(đốt|phóng hỏa|đâm|đấm|chém|giết|bắn|xiên|đập|phá|san bằng|bom|đánh|tát|đá|xách|mang|cầm|cho
            |coi chừng|liệu|cẩn thận|mất|sống|cá|án mạng|biết)""",
    ),
)

COMPLAINT_RULES: tuple[ActRule, ...] = (
    ActRule(
        "angry_at_service",
        Act.COMPLAINT,
        when="""
            (buc minh|buc xuc|buc qua|buc boi|buc that|tuc qua|tuc that|that vong|chan qua|qua te|tệ quá|qua dang
                |het chiu noi|chiu het noi|khong chiu noi)
            (lam an|lam viec|phuc vu|lam) (kieu gi|kieu do|nhu the nay|the nay|nhu vay|the a|nhu cut|nhu ha|chan|te
                |lom dom|au|vo trach nhiem|thieu trach nhiem|tac trach|cau tha|cham chap|cham nhu)
            (may nguoi|cac nguoi|bon may|may ong|cac ong|cac ba|cac anh chi|may anh chi|bao hiem) .. co chiu lam viec
            (may nguoi|cac nguoi|bon may|may ong|cac ong|cac ba|cac anh chi|may anh chi) .. co lam viec khong
            (may nguoi|cac nguoi|may anh chi|cac ong|cac ba|bao hiem) (lam gi ma|ngoi choi)
            (phuc vu|lam viec|thai do|dich vu) ... te qua
            (vo trach nhiem|quan lieu|tac trach|hach sach|cua quyen|cua quien|hanh dan|hanh ha|nhung nhieu|voi vinh
                |gay kho de|gay kho khan|lam kho|hoanh hoe|hong hach|hach dich|vo cam|coi thuong dan|bo be)
            (thai do) .. (kem|te|loi lom|khong tot|coi thuong|kho chiu|cau|hach|vo le|bat lich su|gat gong|lo la
                |phuc vu)
            (noi chuyen|tra loi|noi nang) .. (coc loc|khong ton trong|kho chiu|hach dich|cau gat|vo le|bat lich su
                |gat gong)
            (dun day|da bong|day qua day lai|da qua da lai|chi qua chi lai|vong vo)
            (doi|an|nhan|vi|xin|vong vinh) [tien] (hoi lo|phong bi|boi duong|lot tay|ca phe|tra nuoc)
            (nhan vien|can bo) .. (noi chuyen|noi nang|noi|tra loi|lam viec) .. (nhu|lanh lung|cau co|cut ngun
                |cham chap|quat)
        """,
        unless="""
            (la gi|nhu the nao la|the nao la|qui dinh|xu li the nao|bi xu li)
            cong ti .. (gay kho|lam kho|hanh ha)
            (gui|phan anh|kien nghi|to cao|khieu nai|thua|bao) ... (o dau|di dau|cho nao|toi dau|cach nao|the nao
                |ve dau)
            phan anh ... (thai do|lam kho) .... khi nop
            (chan qua) [bot]
        """,
    ),
    ActRule(
        "waiting",
        Act.COMPLAINT,
        when="""
            (cho|doi) (mai|hoai|dai co|moi mon|qua lau|lau qua|lau lam roi|met moi|muon chet|dai ca co|ca thang
                |may thang|ca nam|nua nam|hon # thang|# thang nay|hoai khong|hoai chua|# thang roi|# tuan roi
                |hon thang roi|dai co) [roi]
            (tre hen|qua hen|sai hen|loi hen) ... (roi|chua|van|ma|mai|nay|ngay|khong)
            (qua han|qua hen) .. chua .. (giai quyet|tra|co ket qua)
            hen [ngay|hom|den|tra|thang] .... (van|ma|nay|hom nay) .. (chua|khong) .. (ket qua|tra|thay|co|giai quyet
                |xong)
            sao .. (giai quyet|lam|xu li|tra|cho) .. lau (the|vay|qua|du)
            (nop|gui) .... (tu|lau roi|# thang|may thang|ca thang|hon thang|may tuan|# tuan) .... (van|ma|mai|toi gio
                |den gio|den nay) .. (chua|khong) .. (thay|co|duoc|nhan|giai quyet|tra|xong|tin)
            (goi|nhan tin|dien) .. (mai|hoai|ca ngay|ca buoi|ca sang|ca tuan|# lan|may lan|bao nhieu lan|nhieu lan
                |suot) .. (khong|chua|chang) .. (ai|nghe|bat|tra loi|duoc|nhac)
            (goi|tong dai|so dien thoai|hotline) .. khong (ai|co ai|nguoi) (nghe|bat|tra loi|nhac)
            (di|chay|len|len xuong|di lai|toi lui) .. (# lan|may lan|bao nhieu lan|nhieu lan|toi lui|len xuong
                |tram lan|chuc lan) .. (roi|van|ma|khong|chua)
            (khong|chua) [thay] (ai|dua nao|co ai) (giai quyet|tra loi|xu li|phan hoi|ngo ngang)
        """,
        unless="""
            (qui dinh|thi sao|neu|truong hop|co bi phat|bi phat|dong cham|cham dong|phat cham)
            thi (sao|lam sao|lam gi|the nao)
            (co duoc|xin loi|phai lam sao|qui dinh)
            (gui|phan anh|kien nghi|to cao|khieu nai) ... (o dau|di dau|cho nao|toi dau|cach nao|the nao|ve dau)
            qua han .. (nop|dong|bao|khai|thi|co|#)
            (chuyen tuyen|doi the|dong) .. qua han
        """,
    ),
    ActRule(
        "wants_to_complain",
        Act.COMPLAINT,
        when="""
            (toi|em|minh) .. (khieu nai|to cao|phan anh|kien|thua|bao cao|phan nan) .... (can bo|nhan vien|thai do
                |bao hiem xa hoi|co quan|bao hiem|giai quyet cham|cham|phuc vu|bot|tong dai|cach lam viec)
            (khieu nai|to cao|phan anh) (thai do|cach lam viec|nhan vien|can bo|viec cham|cham tre|bot|tong dai)
        """,
        unless="""
            {howto}
            (cho nao|toi dau|di dau|ve dau)
            (la gi|thoi hieu|thoi han|gui den dau|gui ve dau|mau|don|bao nhieu ngay|khac nhau|co quyen|tham quyen
                |ai giai quyet|cong ti)
        """,
    ),
)

INSULT_RULES: tuple[ActRule, ...] = (
    ActRule(
        "swearing",
        Act.INSULT,
        when="""
            (dm|dmm|dcm|dkm|dkmm|dit|dit me|djt|du ma|du me|duma|vcl|vkl|vcc|vlz|vloz|vailon|clgt|cmm|clm|cdm|dcmm
                |loz|cai lon|vai lon|cai cac|con cac|con cec|dell|deo|deo me|me kiep|bo me may|to su)
            vl $
            (cho chet|oc cho|do cho|thằng chó|con chó|lũ chó|như chó|suc vat|mat day|mat lon|vo hoc|vo giao duc
                |khon nan|kon nan|khon kiep|chet tiet|chet di|bien thai)
        """,
        unless="(co the|hop dong|con) dell\ncho (chet|con) .. (thi|huong|duoc|nhan)\n{asks}",
        marked="""
            (đm|đmm|dm|dmm|đcm|dcm|đkm|dkm|địt|đụ|đụ má|vl|vcl|vkl|vcc|clgt|cmm|clm|loz|lồn|cặc|kẹc|đell|dell|đéo
                |đếch|kiếp|bố mẹ mày|tổ sư)
            (chó|súc vật|mất dạy|mặt lồn|vô học|vô giáo dục|khốn nạn|khốn kiếp|chết tiệt|chết đi|biến thái)
        """,
    ),
    ActRule(
        "calls_stupid",
        Act.INSULT,
        when="""
            (do|qua|bot|may|con|thang|lu|bon|sao|that|dung|hoi|rat|cuc|nhin|toan|lai) (ngu|ngu vl|ngu ngoc|ngu vay
                |ngu the|ngu qua|dan don)
            ngu (nhu|vl|vcl|the|vay|qua|ngoc|xuan|si|lam|vai|roi|a|thiet|that|hon|dot|nguoi)
            ^ [do] ngu [a|qua] $
            (bon|lu|quan|do|dam) (an hai|an bam|lua dao|an cap|an cuop|tham nhung|vo dung|vo tich su|khon|lua|bat tai
                |ban|rac ruoi|hut mau|vo luong tam|te bac|dieu)
            (vo dung|vo tich su|rac ruoi|do bo|do dieu|do dien|khung dien|dien a|bi dien|bi khung|than kinh a|dan don
                |toi da|lao toet|xam lon|noi lao|nham nhi|vo van)
            (bot|may|tro li|ban) .. (nhu cut|nhu rac|rac|do|vo dung|te hai|ngao|khung|xao|dom|phe|kem coi|kem the)
            (cut|bien) (di|me|xeo|ra|cho|khoi|ngay) [may|di]
            (im|cam|ngam) (mom|mieng|cai mom|mo mom) [di|lai]
            ^ (cut|bien|ngu|dien|khung) $
        """,
        unless="""
            {asks}
            (bao hiem|ngu phap|dan ngu)
            (bien|bi) di (lam|benh vien)
            (benh|kham|roi loan) .. (than kinh|dien|khung)
        """,
        marked="""
            (ngu|ngốc|ngu ngốc|đần độn|ăn hại|ăn bám|lừa đảo|lừa|ăn cắp|ăn cướp|tham nhũng|khốn|bất tài|bẩn|rác
                |rác rưởi|hút máu|vô lương tâm|tệ bạc|điêu)
            (vô dụng|vô tích sự|đồ bỏ|đồ điêu|đồ điên|điên|khùng|thần kinh|tồi|láo|xàm|nhảm|vớ vẩn|cứt|dở|tệ|xạo|dỏm
                |phế|kém|ngáo)
            (cút|biến|im|câm|ngậm)
        """,
    ),
    ActRule(
        "insult_to_insurance",
        Act.INSULT,
        when="""
            (bon|lu|quan|do|dam) bao hiem .. (ngu|an hai|an cuop|lua dao|khon nan|cho|vo dung|mat day|an bam|dieu)
            bao hiem .. (nhu cho|nhu cut|nhu cac|an cuop|lua dao dan)
        """,
        unless="{asks}",
    ),
)
