"""Fraud that citizens report, and requests that must be refused."""

from vietnamese.act import Act
from vietnamese.act_rule import ActRule

SCAM_RULES: tuple[ActRule, ...] = (
    ActRule(
        "asked_for_code",
        Act.SCAM,
        when="""
            (doi|xin|yeu cau|hoi|bat|bao|keu|de nghi|buoc|bi|lo) .. (cung cap|doc|gui|cho|dua|nhap) .. (otp
                |ma xac thuc|ma xac nhan)
            (doi|xin|hoi|lay) [ma] (otp|ma xac thuc|ma xac nhan)
            (cung cap|doc|gui|dua|lo doc|lo cung cap) [ma] (otp|ma xac thuc) .. cho (nguoi|ho|no|ai|so|dau)
        """,
        unless="""
            (khong|chua) [thay] (nhan|nhan duoc|ve|gui|thay) .. (otp|ma)
            (otp|ma) (khong|chua) (ve|den|gui)
            (vssid|vneid|ung dung|he thong|web|cong dich vu cong|may) .. (doi|yeu cau|bat|hoi|bao) .. (otp
                |ma xac thuc)
            (dang ki|dang nhap|quen mat khau) .. (doi|yeu cau|hoi) [nhap] otp
        """,
    ),
    ActRule(
        "stranger_calls",
        Act.SCAM,
        when="""
            (co nguoi|ai do|nguoi la|số lạ|so dien thoai la|dau so la|so may la) .... (goi|nhan tin|nhan|dien|tu xung
                |xung|ket ban|lien he|bao|yeu cau) .... (cai|tai|cap nhat|bam|chuyen tien|chuyen khoan|link
                |duong link|thong tin|can cuoc|mat khau|otp|tai khoan|the|nop tien|dong tien|phi|vneid|vssid|bao hiem)
            (keu|bao|bat|yeu cau|doi|huong dan) .. (tai|cai) .. (file|apk|phan mem|ung dung la|teamviewer|ultraviewer)
            (gia lam|gia vo|gia mao) .. (can bo|nhan vien|cong an|nguoi) [cua] (bao hiem|bao hiem xa hoi|nha nuoc
                |co quan)
            so la (goi|nhan tin|dien) ... (bao|noi|yeu cau|keu|bat|doi)
            (tu xung|tu nhan la|mao danh|gia danh|gia mao|mao nhan|xung la) ... (bao hiem|nhan vien|can bo|co quan
                |cong an|bao hiem xa hoi)
            (goi|goi dien|nhan tin|nhan|dien thoai) ... (bao|yeu cau|keu|bat|doi|noi|huong dan) .... (cai|tai|bam vao
                |click|truy cap) .. (ung dung|phan mem|link|duong link|lien ket|vssid|vneid|web|file)
            (goi|goi dien|nhan tin) ... (bao|yeu cau|keu|bat|doi|noi) .... (chuyen tien|chuyen khoan|nop phi|dong phi
                |cung cap mat khau|chup can cuoc)
        """,
        unless="""(bot|tong dai 1900) .. (huong dan|bao)
            (cach|lam sao|lam the nao|lam sao de) .. (nhan biet|nhan ra
            |phan biet|biet)""",
    ),
    ActRule(
        "odd_link",
        Act.SCAM,
        when="""
            (nhan|nhan duoc|gui|bam|bam vao|click|click vao|truy cap|vao) .. (link|duong link|lien ket|duong dan) [la
                |nay|do|tu|gia|khong]
            (link|duong link|lien ket|web|tin nhan|cuoc goi|ung dung) [nay|do] .. (la khong|gia|gia mao|lua dao
                |co that khong|co phai that|co an toan)
            (tin nhan|cuoc goi|cuoc dien thoai) (la|lua dao|gia mao|dang ngo)
        """,
        unless="""(cho|xin|gui) [toi|em|minh] [xin] (link|duong link|duong dan)
            link (dang ki|dang nhap|tai|nop|tra cuu)
            link .. (bi loi|khong vao|khong mo)""",
    ),
    ActRule(
        "cheated",
        Act.SCAM,
        when="""
            (bi|vua bi|so bi|nghi|nghi bi|co phai|day la|la|chieu tro) lua dao
            (bi) lua .. (tien|chuyen khoan|tai khoan|mat)
            (mat|bay|bi tru) [het] (tien|# trieu) .. (trong tai khoan|tai khoan|ngan hang) .. (sau khi|do|vi|vua)
            (lua dao|gia mao|mao danh) (bao hiem xa hoi|can bo bao hiem|bao hiem|nhan vien bao hiem)
        """,
        unless="(bon|lu|do|bot|may|quan) ... lua dao\ncong ti .. lua dao",
    ),
)

UNSAFE_RULES: tuple[ActRule, ...] = (
    ActRule(
        "override_instructions",
        Act.UNSAFE_INPUT,
        when="""
            (bo qua|quen|quen het|lo|huy|vo hieu hoa|xoa|phot lo|dung theo|khong can theo) .. (huong dan|chi dan
                |qui tac|lenh|cau lenh|prompt|gioi han|chi thi|luat le) [truoc|tren|cua ban|cua may|he thong|o tren
                |truoc do|nay]
            (ignore|disregard|forget|bypass|override) .. (instructions|instruction|rules|prompt|prompts|previous
                |guidelines)
            (system|initial|hidden) (prompt|message|instruction|instructions)
            (in|hien|hien thi|cho xem|dua|tiet lo|lap lai|doc) .. (prompt|cau lenh he thong|huong dan he thong
                |cau hinh he thong|ma nguon|api key|token)
            (jailbreak|dan mode|developer mode|che do nha phat trien|che do admin|root access)
            (you are now|act as|pretend to be|pretend you)
            (gia vo|dong vai|hay lam|nhap vai) .. (la|lam) .. (hacker|admin|quan tri|ai khong|giam doc|tong giam doc)
            (drop table|select from|union select|or 1 1|script alert|delete from|insert into)
            (hack|tan cong|xam nhap|be khoa|do mat khau) .. (he thong|tai khoan|web|may chu|vssid|co so du lieu
                |mat khau|bao hiem)
        """,
        unless="(bi|nghi bi|so bi) hack",
    ),
    ActRule(
        "secrets",
        Act.UNSAFE_INPUT,
        when="""
            (cho|cho toi|cho em|xin|dua|gui|doc|xem|cho xem|biet|lay|cung cap|in ra|noi) .. (mat khau
                |tai khoan quan tri) .. (cua nguoi|nhan vien|he thong|admin|quan tri|can bo|nguoi khac|co so du lieu
                |may chu|giam doc|sep|tong dai|bot)
            (cho|cho toi) xem mat khau
            mat khau (admin|quan tri|he thong|cua nhan vien|cua can bo|may chu)
            (danh sach|du lieu|co so du lieu|file) ... (nguoi tham gia|khach hang|nguoi dung|so dien thoai
                |can cuoc cong dan|ca nhan) .. (cho toi|gui|ban|xin|tai|cua)
            (cho|gui|xin|cung cap|lay|ban|mua) .. danh sach ... (so dien thoai|nguoi tham gia|khach hang
                |can cuoc cong dan|nguoi dung)
            (mua|ban|xin|cho) .. (du lieu|data) (ca nhan|khach hang|bao hiem|nguoi dung)
        """,
        unless="""
            (quen|doi|cap lai|lay lai) .. mat khau
            bi lo
            (cong ti|don vi|nop|mau|bao tang|bao giam|cho bao hiem|cho co quan) ... danh sach
            danh sach ... (cong ti|don vi|nop|mau|bao tang|cho bao hiem|cho co quan)
        """,
    ),
    ActRule(
        "other_people",
        Act.UNSAFE_INPUT,
        when="""
            (tra|tra cuu|xem|lay|cho biet|cung cap|tim|kiem tra|biet|xin|doc|cho toi|cho em) .... (thong tin|luong
                |muc luong|ma so|so dien thoai|can cuoc|ho so|qua trinh dong|dia chi|so so|benh an|so the
                |bao hiem) ... cua .. {stranger}
            {stranger} .. (dang lam o dau|luong bao nhieu|dong bao hiem o dau|dong muc nao|o dia chi nao)
        """,
        unless="(uy quyen|co duoc|duoc khong|co bi|lo|ro ri|bao mat|tai sao|thi|neu|tuat|than nhan)",
    ),
    ActRule(
        "dodge_the_law",
        Act.UNSAFE_INPUT,
        when="""
            (lach|qua mat) (luat|qui dinh)
            {want_way} ... (lach|ne|qua mat) (luat|qui dinh|bao hiem|bao hiem xa hoi|dong|kiem tra|thanh tra)
            {want_way} ... (tron dong|ne dong|khong phai dong|khoi dong|khoi phai dong|tron|khai man|khai gian
                |khai khong|gian lan|truc loi|lam gia|che giau|khong bi phat hien|qua mat)
            (lam|mua|ban|xin|co|can mua|cung cap|nhan lam) .. (giay|ho so|so|chung tu|giay nghi om|giay ra vien
                |hop dong|giay kham|the|giay nghi|dau) .. (giay gia|khong can kham)
            lam gia (giay|ho so|so|the|giay to|chung tu|hop dong)
            (lam|mua|ban) (giay|ho so|so bao hiem|giay nghi om|giay ra vien|giay chung sinh|the bao hiem
                |giay nghi huong bao hiem xa hoi|don thuoc) (gia|khong can kham)
            (mua|ban) (giay nghi om|giay ra vien|giay nghi huong bao hiem xa hoi|giay chung sinh|giay kham)
            (ma|de|sao cho) khong (bi|ai) (phat hien|phat|biet|truy thu|thu hoi)
            (lam|khai|ki|lap) (hop dong|giay to|ho so|sinh con|thai san) (khong|gia) de (huong|nhan|lay|rut|an)
            (vua|dang) di lam ... (van|de|vua) .. (nhan|huong|linh) .. that nghiep .. (duoc khong bi|khong bi|giau
                |lau|chui)
        """,
        unless="""
            (thi sao|pham phap|vi pham|co phai tron|thi bi|bi phat bao|bi phat tien|bi phat the|bi phat nhu
                |bi phat gi|bi phat khong|bi phat ra|xu phat|xu li|muc phat|co bi|to cao|to giac|bao cho ai|phan anh
                |hau qua|bi gi|the nao la|la gi|trach nhiem)
            ^ .. (cong ti|doanh nghiep|chu|sep|nguoi ta|ho) .. (tron|khai|lam gia|gian lan|ne|lach|khong dong)
            (biet|phat hien) .. (cong ti|doanh nghiep)
        """,
        marked="(lách|né|trốn|giả|khống|mua|bán|không|gian lận|gian|man|trục lợi|khỏi|qua mặt|giấu|lậu|chui)",
    ),
)
