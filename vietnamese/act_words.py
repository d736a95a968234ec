"""Word classes that act lexicons share, as they stand in the accent-free key (y folded: "dot qui", "ki")."""

WORD_CLASSES: dict[str, str] = {
    "me": "toi|em|minh|con|chau|me|ma|ba|bo|cha|vo|chong|ong|anh|chi|be|gia dinh|nha|nguoi nha|bac|co|chu|di|cau",
    "speaker": "toi|em|minh|con|chau|tao|anh|chi|bac|co|chu|ba con",
    "person": """
        con|be|chau|me|ma|ba|bo|cha|tia|ong|chong|vo|toi|em|minh|anh|chi|bac|co|di|chu|cau|mo|nguoi nha|nguoi than
        dong nghiep|ban|nguoi|ai do|hang xom|no|ong ay|ba ay|bo me|ba noi|ong noi|ba ngoai|ong ngoai
    """,
    "symptom": """
        dau nguc|dau that nguc|dau tuc nguc|tuc nguc|dau tim|kho tho|tho kho|khong tho duoc|khong tho noi|khong tho
        tho khong duoc|tho khong noi|tho khong ra hoi|tho thoi thop|ngung tho|ngung tim|tim ngung dap|ngat xiu|ngat di
        ngat lim|bi ngat|ngat roi|xiu roi|bi xiu|xiu di|bat tinh|hon me|co giat|len con co giat|dot qui|tai bien
        meo mieng|liet nua nguoi|non ra mau|oi ra mau|ho ra mau|chay mau|chay nhieu mau|ra mau|bang huyet
        mat nhieu mau|mau chay|ra nhieu mau|dien giat|duoi nuoc|hoc xuong|hoc di vat|ran can|ran doc can
        ngo doc|uong nham thuoc|bong nang
        tim tai|sui bot mep|dau bung du doi|sot cao|vo nuoc oi|vo oi|nguy kich|hap hoi|khong con tho|mat y thuc|lim di
        khong tinh lai|nhoi mau co tim|nga tu tren cao|dut tay|dut chan|bi dam|tu tai
    """,
    "acute": """
        dau nguc|dau that nguc|tuc nguc|dau tuc nguc|kho tho|khong tho duoc|tho khong duoc|ngung tho|co giat|bat tinh
        ngat xiu|chay mau|chay nhieu mau|dien giat|duoi nuoc|hoc xuong|hoc di vat|sui bot mep|nguy kich|hap hoi|tim tai
        bi ngat|ngat|dot qui|ra nhieu mau|ra mau nhieu|bang huyet|nhoi mau co tim
    """,
    "benefit": """
        bao hiem|thanh toan|chi tra|huong|che do|thu tuc|ho so|giay|giay to|tro cap|luong|quyen loi|trai tuyen
        dung tuyen|chuyen tuyen|thong tuyen|tuyen tren|vien phi|boi thuong|phan tram|qui dinh|dieu kien|tien|the
        tham gia|muc|cong ti|nghi viec|nghi om|nghi lam|bao luu|thang luong|tinh la|duoc coi la|hoan lai|lam them
    """,
    "in_care": """
        dang nam|dang dieu tri|dang duoc dieu tri|dang cap cuu|dang duoc cap cuu|dang nhap vien|dang o vien
        dang o benh vien|dang o trong vien|dang hoi suc|dang mo|da nhap vien|da ra vien|da xuat vien|da di vien
        duoc dua di|duoc dua vao|duoc dua den|da dua di|da dua vao|da cho di|nam vien|nhap vien|ra vien|xuat vien
        da khoi|da mat|qua doi|da on|da chet|da di cap cuu|hom do|luc do
    """,
    "supposed": """
        neu|khi|truong hop|lo nhu|gia su|sau khi|tien su|benh nhan|nguoi lao dong|nguoi tham gia|nguoi benh
        kinh nien|man tinh|di chung|bam sinh
        hay bi|thuong xuyen|thi co|thi duoc|thi phai|hom qua|tuan truoc|thang truoc|nam ngoai|hoi truoc|truoc day
        nam truoc|da tung|tung bi|cach day|la gi|nghia la
    """,
    "plea": """
        lam sao|lam sao bay gio|lam sao gio|sao bay gio|lam gi bay gio|phai lam gi|phai lam sao|lam the nao|giup voi
        giup toi|giup em|giup minh|giup con|cuu|cuu voi|voi|gap|bay gio|goi ai|goi cap cuu|goi so nao|goi so may
        xin giup|hoang qua|so qua|nhanh len|nhanh
    """,
    "staff": """
        nhan vien|nhan vein|nhan vie|nhan vin|nhan vien tu van|nhan vien ho tro|tu van vien|tong dai vien|tong dai
        can bo|chuyen vien|dien thoai vien|nguoi that|nguoi thiet|con nguoi|nguoi phu trach|nguoi ho tro|nguoi truc|nguoi tu van
        nguoi nao do|nguoi khac|ai do|nguoi nao|admin|operator|agent|human|sep|quan li|nguoi|nguoi cua bao hiem
        giao dich vien|anh chi nhan vien|bo phan ho tro|bo phan tu van|cham soc khach hang|hotline|truc ban
    """,
    "meet": """
        gap|gap truc tiep|gap mat|noi chien voi|noi chuyen|noi chuyen voi|noi chuyen truc tiep voi|noi chuyen truc tiep|noi voi
        chat voi|chat truc tiep voi|nhan tin voi|trao doi voi|trao doi truc tiep voi|ket noi|ket noi voi|ket noi den
        ket noi toi|noi may|noi may voi|noi may den|noi may cho|noi may qua|lien he|lien he voi|lien he truc tiep voi
        lien lac voi|tro chuyen voi|tu van truc tiep voi|duoc tu van boi
    """,
    "wish": "cho|muon|can|xin|lam on|vui long|hay|de|nho|giup|mong|yeu cau|doi|duoc|phai",
    "howto": """
        cach|cach nao|cach thuc|huong dan|nhu the nao|the nao|lam sao|lam the nao|bang cach|o dau|can gi|can nhung gi
        giay to gi|giay gi|ho so gi|thu tuc|qui trinh|chi giup|chi cho|co duoc|duoc khong|dieu kien|qui dinh
        mat phi|mat bao lau|bao lau|may ngay|tra cuu o|kenh nao|dau vay|dau a|bang gi|can mang|phai lam gi
    """,
    "what_for": "thi sao|thi lam|thi phai|thi co|thi can|thi duoc|thi bi|thi bao|thi nop|thi the",
    "state": """
        bao hiem xa hoi|bao hiem y te|bao hiem that nghiep|tro cap|luong huu|thai san|that nghiep|om dau|tu tuat
        bao hiem nha nuoc|bao hiem bat buoc|bao hiem tu nguyen|the bao hiem|so bao hiem|vssid|mai tang|bao luu
    """,
    "gets": """
        nhan|huong|linh|lanh|rut|duoc|nop|dong|nhan duoc|duoc nhan|duoc huong|thi duoc|huong duoc|rut duoc|lay duoc
        nhan ve|thi|tra|duoc lanh|duoc rut|lanh duoc|linh duoc|duoc tra|se duoc|con|het
    """,
    "stranger": """
        nguoi khac|hang xom|nguoi yeu|nguoi yeu cu|vo cu|chong cu|dong nghiep|nhan vien toi|sep|giam doc|nguoi nay
        ban toi|ban em|mot nguoi|nguoi la|ca si|nguoi no|con no|thang|ba hang xom|ong hang xom|doi thu|nhan vien cong ti
        ban gai|ban trai|nguoi quen|nguoi ten|ong chu|ba chu|chu no|doi tac|khach hang|co ay
    """,
    "want_way": "cach|cach nao|lam sao|lam sao de|lam the nao|lam cach nao|chi cach|chi toi|chi em|huong dan|bay|muon",
    "asks": """
        o dau|bao nhieu|bao lau|lam sao|the nao|can giay to gi|giay to gi|khi nao|duoc khong|co duoc|thu tuc|cho hoi
        lam the nao|can nhung gi|can gi
    """,
}
