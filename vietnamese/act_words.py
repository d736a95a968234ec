"""Word classes that act lexicons share, as they stand in the accent-free key (y folded: "dot qui", "ki")."""

WORD_CLASSES: dict[str, str] = {
    "me": "toi|em|minh|con|chau|me|ma|ba|bo|cha|vo|chong|ong|anh|chi|be|gia dinh|nha|nguoi nha|bac|co|chu|di|cau",
    "speaker": "toi|em|minh|con|chau|tao|anh|chi|bac|co|chu|ba con",
    "person": """
        con|be|chau|me|ma|ba|bo|cha|tia|ong|chong|vo|toi|em|minh|anh|chi|bac|co|di|chu|cau|mo|nguoi nha|nguoi than
        dong nghiep|ban|nguoi|ai do|hang xom|no|ong ay|ba ay|bo me|ba noi|ong noi|ba ngoai|ong ngoai
    """,
    "symptom": """
        dau nguc|dau that nguc|dau tuc nguc|tuc nguc|dau tim|len con dau tim|nhoi mau co tim|tim ngung dap|ngung tim
        kho tho|tho kho|khong tho duoc|khong tho noi|khong tho|khong con tho|tho khong duoc|tho khong noi
        tho khong ra hoi|tho thoi thop|tho doc|nghet tho|tac tho|ngung tho|len con hen|hen suyen cap
        ngat xiu|ngat di|ngat lim|bi ngat|ngat roi|sap ngat|dang ngat|xiu roi|bi xiu|xiu di|ngat giua duong
        bat tinh|hon me|khong tinh lai|goi khong tinh|goi khong day|mat y thuc|lim di|li bi|me man
        co giat|dong kinh|tay chan co quap|sui bot mep|tron mat|tim tai|tim het nguoi|tim nguoi lai
        dot qui|tai bien|dot tu|meo mieng|liet nua nguoi|te liet nua nguoi|te nua nguoi|noi khong duoc|yeu liet
        chay mau|chay nhieu mau|mau chay|ra mau|ra nhieu mau|mat nhieu mau|nhieu mau|be bet mau|bang huyet|ra huyet
        non ra mau|oi ra mau|ho ra mau|vo oi|vo nuoc oi|dau de|dau bung de|dau bung sinh|sap sinh roi|sap de roi
        dau bung du doi|dau dau du doi
        sot cao|sot 40|sot 41|sot 39|sot li bi|soc phan ve|di ung nang|tut huyet ap|tut duong huyet|ngo doc|ngat khi
        uong nham thuoc|uong thuoc tru sau|uong thuoc sau|uong thuoc chuot|uong thuoc ngu|uong hoa chat|uong axit
        nuot phai|nuot dong xu|nuot pin|hoc xuong|hoc di vat|hoc hat|hoc thuc an|hoc com
        dien giat|dien giut|duoi nuoc|chet duoi|ran can|ran doc can|ong dot|bong nang|bong nuoc soi|bi bong|phong nang
        nga cau thang|te cau thang|nga gian giao|te gian giao|nga tu tren cao|te tu tren cao|te lau|nga lau|roi tu
        vo dau|dap dau|be dau|gay chan|gay tay|gay co|dut tay|dut chan|bi dam|bi chem|bi thuong nang|bi thuong
        nguy kich|hap hoi|nguoi cung do
    """,
    "acute": """
        dau nguc|dau that nguc|tuc nguc|dau tuc nguc|kho tho|khong tho duoc|tho khong duoc|ngung tho|co giat|bat tinh
        ngat xiu|chay mau|chay nhieu mau|dien giat|duoi nuoc|hoc xuong|hoc di vat|sui bot mep|hap hoi|tim tai
        nghet tho|len con hen|hoc hat|ngo doc
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
        anh chi tu van|chi tu van|anh tu van|anh chi ho tro|anh chi nao|ho tro vien|lanh dao|nguoi dai dien|giam doc
        bo phan cham soc khach hang|nguoi co tham quyen|nguoi co trach nhiem|ban tu van|tu van
        nhan vien|nhan vein|nhan vie|nhan vin|nhan vien tu van|nhan vien ho tro|tu van vien|tong dai vien|tong dai
        can bo|chuyen vien|dien thoai vien|nguoi that|nguoi thiet|con nguoi|nguoi phu trach|nguoi ho tro
        nguoi truc|nguoi tu van
        nguoi nao do|nguoi khac|ai do|nguoi nao|admin|operator|agent|human|sep|quan li|nguoi|nguoi cua bao hiem
        giao dich vien|anh chi nhan vien|bo phan ho tro|bo phan tu van|cham soc khach hang|hotline|truc ban
    """,
    "meet": """
        gap|gap truc tiep|gap mat|noi chien voi|noi chuyen
        noi chuyen voi|noi chuyen truc tiep voi|noi chuyen truc tiep|noi voi
        chat voi|chat truc tiep voi|nhan tin voi|trao doi voi|trao doi truc tiep voi|ket noi|ket noi voi|ket noi den
        ket noi toi|noi may|noi may voi|noi may den|noi may cho|noi may qua|lien he|lien he voi|lien he truc tiep voi
        lien lac voi|tro chuyen voi|tu van truc tiep voi|duoc tu van boi
    """,
    "strict_staff": """
        anh chi tu van|chi tu van|anh tu van|anh chi ho tro|anh chi nhan vien|ho tro vien|lanh dao|nguoi dai dien
        cong tac vien|tro li con nguoi|nguoi that su|nguoi co tham quyen|nguoi co trach nhiem
        nhan vien|nhan vein|nhan vin|tu van vien|tong dai vien|tong dai|can bo|chuyen vien|dien thoai vien|nguoi that
        nguoi thiet|con nguoi|nguoi ho tro|nguoi tu van|nguoi truc|nguoi phu trach|admin|operator|agent|human
        bo phan ho tro|bo phan tu van|cham soc khach hang|bo phan cham soc khach hang|quan li|giam doc
    """,
    "wish": "cho|muon|can|xin|lam on|vui long|hay|de|nho|giup|mong|yeu cau|doi|duoc|phai",
    "record": """
        ho so|ma so|so|the|qua trinh|qua trinh dong|tai khoan|tien|thong tin|luong huu|tro cap|bao hiem xa hoi
        bao hiem y te|bao hiem|so bao hiem|ma dinh danh|don|yeu cau|ket qua|mat khau
    """,
    "detail": "vssid|vneid|ngay sinh|ho ten|so dien thoai|noi kham|can cuoc cong dan|dia chi|bao hiem|otp",
    "kin": """
        toi|em|minh|con|chau|me|ma|ba|bo|vo|chong|con toi|con em|be|gia dinh|nguoi nha|nha em|nha toi|cong ti em
        cong ti toi|me em|me toi|bo em|bo toi|ba em|ba toi|vo em|vo toi|chong em|chong toi|anh|chi|bac|co
    """,
    "self": "toi|em|minh|con|chau|me em|me toi|vo toi|chong toi",
    "check": "kiem tra|tra cuu|xem|check|ra soat|xac minh|kiem tra lai|xem lai|tra lai|xem xet",
    "check_for_me": "kiem tra|tra cuu|tra|xem|coi|check|do|tim|ra soat|xac minh|kiem tra lai|xem lai|tra lai",
    "change": """
        doi|cap lai|cap|reset|lay lai|mo khoa|mo|sua|cap nhat|dieu chinh|huy|xoa|gia han|dang ki|lam|lam lai|noi|gop
        chot|chot so|duyet|giai quyet|khoa|thay doi|bo sung|nop|in|in lai|chuyen|xac nhan|doi lai|kich hoat
    """,
    "how_much": "bao nhieu|may dong|may trieu|nhieu tien",
    "for_me": """
        giup|giup toi|giup em|giup minh|giup con|giup voi|giup cai|ho toi|ho em|ho minh|ho con|ho voi|ho cai|ho me toi
        giup me toi|giup me em
    """,
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
        ban toi|ban em|mot nguoi|nguoi la|ca si|nguoi no|con no|thang|ba hang xom|ong hang xom|doi thu
        nhan vien cong ti
        ban gai|ban trai|nguoi quen|nguoi ten|ong chu|ba chu|chu no|doi tac|khach hang|co ay
    """,
    "want_way": """
        cach|cach nao|lam sao|lam sao de|lam the nao|lam cach nao|chi cach|chi toi|chi em|huong dan|bay
        muon
    """,
    "asks": """
        o dau|bao nhieu|bao lau|lam sao|the nao|can giay to gi|giay to gi|khi nao|duoc khong|co duoc|thu tuc|cho hoi
        lam the nao|can nhung gi|can gi
    """,
}
