"""Matters of other bodies: private insurers, police, tax, land, communes, doctors."""

from vietnamese.act import Act
from vietnamese.act_rule import ActRule

OTHER_BODY_RULES: tuple[ActRule, ...] = (
    ActRule(
        "private_insurer",
        Act.OTHER_BODY,
        when="""
            (prudential|pru|manulife|aia|dai ichi|daiichi|dai ichi life|bao viet|chubb|fwd|generali|sun life|sunlife
                |hanwha|hanwha life|mb ageas|ageas|bao minh|pjico|bao long|liberty|cathay|pvi|shinhan life
                |bao hiem nhan tho|nhan tho|techcom life|phu hung life)
        """,
        unless="{state}",
    ),
    ActRule(
        "property_insurance",
        Act.OTHER_BODY,
        when="""
            bao hiem (xe|o to|oto|xe may|xe hoi|vat chat|du lich|chay no|khoan vay|nha cua|nha o|tai san
                |trach nhiem dan su|hang hoa|tu nhan|phi nhan tho|tau ca|cay trong|than vo|moto|mo to|the chap|lai xe)
        """,
        unless="{state}",
    ),
    ActRule(
        "police",
        Act.OTHER_BODY,
        when="""
            (lam|cap|xin|doi|mat|lam lai|cap lai|cap doi|gia han|dang ki lam) [the|giay] (can cuoc|can cuoc cong dan
                |chung minh|chung minh nhan dan|chung minh thu|ho chieu|visa)
            (ho chieu|passport|visa|thi thuc)
            (nhap|cat|tach|chuyen|lam|so|cap lai|xoa) [so] ho khau
            (dang ki|giay|so|lam|khai bao|gia han|xac nhan|xin) (tam tru|tam vang|thuong tru|luu tru)
            (bang lai|gplx|giay phep lai xe|bang lai xe|dang ki xe|phat nguoi|dang kiem|ca vet|bien so xe
                |vi pham giao thong)
            (li lich tu phap|xac nhan dan su|can cuoc dien tu muc)
            (kich hoat|dang ki|lam) [tai khoan] (dinh danh dien tu|dinh danh muc|dinh danh)
        """,
        unless="{state}\n(vssid|bao hiem|huong|dong|the bao hiem|kham|tro cap|cap nhat|dieu chinh|rut)",
    ),
    ActRule(
        "tax",
        Act.OTHER_BODY,
        when="""
            (quyet toan|khai|ke khai|hoan|tra cuu|ma so|no|dong|nop|tinh|tron|giam|mien|hoa don) thue
            thue (thu nhap|thu nhap ca nhan|tncn|dat|mon bai|gtgt|vat|gia tri gia tang|tieu thu|thu nhap doanh nghiep
                |ho kinh doanh|mon|xe)
            (giam tru gia canh|chi cuc thue|cuc thue|co quan thue|etax)
        """,
        unless="{state}\n(bao hiem|luong huu|tro cap)",
        marked="(thuế|giảm trừ|etax)",
    ),
    ActRule(
        "land_and_civil_status",
        Act.OTHER_BODY,
        when="""
            (lam|cap|sang ten|mat|cap lai|vay|the chap|ra|tach) so (do|hong)
            (quyen su dung dat|dat dai|tranh chap dat|tach thua|mua ban dat|sang ten dat|sang ten nha|den bu dat
                |giai phong mat bang|qui hoach|giay phep xay dung|boi thuong dat)
            (dang ki|giay|lam|thu tuc|xac nhan) (ket hon|li hon|doc than|hon nhan|tinh trang hon nhan|nhan con nuoi)
            (dang ki|lam|cap|cap lai|thu tuc) [giay] (khai sinh|khai tu)
            (li hon|chia tai san|di chuc|thua ke dat)
            (dang ki|thanh lap|giai the|giay phep) (kinh doanh|ho kinh doanh|doanh nghiep|cong ti)
            (vay tien|vay von|vay tin chap|vay ngan hang|the tin dung|lai suat|mo the ngan hang
                |mo tai khoan ngan hang)
            (nghia vu quan su|kham nghia vu|nhap ngu)
        """,
        unless="""{state}
            (bao hiem|lien thong|tro cap|huong|the bao hiem|dong|tu tuat|mai tang|thai san|luong huu
            |chua lam|chung sinh|tien|rut|uy quyen)""",
    ),
    ActRule(
        "commune_support",
        Act.OTHER_BODY,
        when="""
            (xet|xin|lam|dang ki|cong nhan|so|giay|vao|duoc|xac nhan) [ho so] [dien] (ho ngheo|ho can ngheo|can ngheo)
            (tro cap|chinh sach) (nguoi cao tuoi|xa hoi hang thang|bao tro|khuyet tat|nguoi co cong|thuong binh
                |liet si)
            (hoc bong|hoc phi|tuyen sinh|diem thi|nhap hoc|chuyen truong)
            (tien dien|tien nuoc|rac thai|cap dien|cup dien)
        """,
        unless="{state}\n(bao hiem|the|kham chua benh|dong|muc dong|ho tro dong|huu tri xa hoi|tro cap huu tri)",
    ),
    ActRule(
        "medical_advice",
        Act.OTHER_BODY,
        when="""
            (benh vien|bac si|phong kham|vien|co so) nao .. (tot|gioi|uy tin|kham tot|re|chat luong|la tot|thi tot
                |tot nhat|mo gioi|chuyen)
            nen (kham|mo|dieu tri|sinh|de|chua|di kham|phau thuat|di sinh) o (benh vien|dau|vien|phong kham)
            (kham|mo|chua|dieu tri|sinh|de) ... o dau (tot|uy tin|gioi|re)
            (uong|dung|boi|mua) [nhung|loai] thuoc (gi|nao|nao tot)
            thuoc (nao|gi) (tot|chua|tri|de|cho)
            nen (an|kieng|uong|tap|bo sung) (gi|nhu the nao|the nao)
            (co|bi) nguy hiem khong
            (trieu chung|dau hieu|bieu hien) ... (la benh gi|benh gi|bi gi|bi sao|co phai benh)
            (bi|la|mac) benh gi
            (phac do|lieu luong|lieu dung|tac dung phu|cach chua|chua khoi|chua the nao|dieu tri the nao
                |tri nhu the nao|chua benh nhu the nao)
            co nen (mo|uong|tiem|phau thuat|sinh mo|xet nghiem|hoa tri|xa tri)
        """,
        unless="""(bao hiem|duoc huong|chi tra|thanh toan|danh muc|che do|dang ki kham chua benh|tuyen|nghi|tro cap
            |giam dinh|vssid)""",
    ),
)
