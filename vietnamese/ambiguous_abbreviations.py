"""Abbreviations with several meanings. The first reading is the likeliest where no neighbour decides."""

from vietnamese.reading import Reading, reading

_BENEFIT_NOUNS = "cap tien tc huong lanh nhan ho_so hs bh hiem khai nghi che_do cd chi nop"

AMBIGUOUS_ABBREVIATIONS: dict[str, tuple[Reading, ...]] = {
    "tn": (
        reading("thất nghiệp", after=_BENEFIT_NOUNS),
        reading("tự nguyện", after="xa_hoi bhxh hoi gia dong mua dong_bh nguyen hinh_thuc tu"),
        reading("tai nạn", after="bi vu gay", before="giao lao ld lđ gt xe"),
    ),
    "gđ": (
        reading("gia đình", after="ho vien nguoi_trong trong ca theo canh bhyt te tinh ve", before="co minh em toi"),
        reading("giám định", after="dong di kham qua phi ban hoi giay", before="y yk bhyt lai thuong suc bao"),
        reading("giám đốc", after="pho tong ong p vien ba", before="bv bhxh so cty cong benh bao_hiem"),
    ),
    "hs": (
        reading("hồ sơ", after="nop ma lam nhan tra bo so gui tra_cuu", before="gom can nop gi bhxh huu"),
        reading(
            "học sinh", after="te the con cac em bhyt cho huynh cua", before="sv sinh lop tieu thpt thcs cap , mam"
        ),
    ),
    "tt": (
        reading("thông tin", after="ve doi nhat sai cap chinh cuu nhap thieu xac_nhan dieu_chinh nhan_than ca"),
        reading("thông tư", after="theo dinh nd nđ", before="# so_# lien"),
        reading(
            "thanh toán", after="duoc dc nghi chua da muc tu ho_so dk", before="vien tien chi phi truc thuoc bhyt lai"
        ),
        reading("trung tâm", after="ra tai den o", before="dvvl dich y phuc gioi hanh gdyk truyen vl"),
        reading("thị trấn", after="xa /"),
    ),
    "ct": (
        reading("công ty", after="lam o cua trong", before="em minh cu moi"),
        reading("chương trình", after="cac theo"),
        reading("chỉ thị", before="#"),
    ),
    "nd": (
        reading("nội dung", after="# cac va", before="gi cua nay"),
        reading("nghị định", after="theo tai", before="# so cp"),
    ),
    "nv": (
        reading("nhân viên", before="cty cong bhxh van"),
        reading("nghĩa vụ", before="qs quan"),
        reading("nhiệm vụ", after="cac thuc_hien"),
    ),
    "bh": (reading("bảo hiểm"), reading("bây giờ", after="sao gi lam", only_in_context=True)),
    "vn": (reading("việt nam"), reading("vn", after="gov com edu org net", only_in_context=True)),
    "nc": (reading("nc"), reading("nói chuyện", before="voi vs truc", only_in_context=True)),
    "cb": (reading("cán bộ"), reading("chuẩn bị", after="can phai dang", before="ho hs giay gi sinh")),
    "cmt": (
        reading("chứng minh thư", after="so the anh mat doi", before="nhan nd cu"),
        reading("bình luận", after="e em minh da duoi", before="ben duoi"),
    ),
    "cc": (reading("căn cước", after="so the lam can mat ma doi anh chup chip", before="gan cong moi cu cong_dan"),),
    "tk": (
        reading("tài khoản", after="so lap tao mo quen dang_nhap", before="vssid vneid ngan nh"),
        reading("tờ khai", after="mau dien ke", before="tk1 tk1-ts thay"),
    ),
    "cs": (
        reading("cơ sở", after="hoi bhxh te", before="y kham kcb"),
        reading("chính sách", after="huong cac che_do dien gia_dinh", before="moi cua bhxh bhyt"),
        reading("chăm sóc", before="con suc"),
    ),
    "ts": (
        reading("thai sản", after="nghi do cd cđ tien cap huong hiem bh tc lanh huong_cd"),
        reading("ts", after="tk1 -", only_in_context=True),
        reading("tài sản", after="ke_khai"),
    ),
    "cd": (reading("chế độ"), reading("công đoàn", after="phi ban"), reading("cao đẳng", after="hoc truong")),
    "dn": (
        reading("doanh nghiệp", after="cac cho cua mot"),
        reading("đăng nhập", after="ko khong k bi loi cach chua", before="vssid vneid duoc dc app vao ung"),
        reading("đà nẵng", after="o tai tp pho tinh"),
    ),
    "đn": (
        reading("đăng nhập", after="ko khong k bi loi cach", before="vssid vneid app"),
        reading("đà nẵng", after="o tai tp pho"),
        reading("đồng nai", after="tinh"),
    ),
    "đt": (
        reading("điện thoại", after="so qua goi may doi", before="di ban"),
        reading("đối tượng", after="cac nhung thuoc loai ma nhom", before="tham nao huong chinh uu nay"),
    ),
    "dt": (
        reading("điện thoại", after="so qua goi may doi"),
        reading("đối tượng", after="cac nhung thuoc loai ma nhom", before="tham nao huong chinh uu nay"),
    ),
    "hđ": (reading("hợp đồng"), reading("hội đồng", before="gd gđ giam y"), reading("hoạt động", after="dang ngung")),
    "hd": (
        reading("hướng dẫn", after="nho xin cv van", before="em e minh cach toi giup giup_em ke lam"),
        reading("hợp đồng", after="ky het loai thanh_ly cham dut ki", before="ld lđ lao thu thoi # khong vo"),
    ),
    "gd": (
        reading("gia đình", after="ho vien trong ca theo canh bhyt te tinh"),
        reading("giám định", after="dong di kham qua phi ban hoi", before="y yk bhyt lai thuong suc"),
        reading("giám đốc", after="pho tong ong p vien", before="bv bhxh so cty cong benh"),
        reading("giao dịch", after="dien_tu diem phong"),
    ),
    "tg": (
        reading("thời gian", after="trong # co", before="dong huong nghi lam nao"),
        reading("tham gia", after="dang da chua muon ngay nguoi chx co_the khi", before="bhxh bhyt bh bhtn bao hgd"),
    ),
    "th": (reading("trường hợp"), reading("tháng", before="#", after="#")),
    "tv": (reading("tư vấn"), reading("thành viên", after="cac so")),
    "lh": (reading("liên hệ"), reading("lương hưu", after="huong nhan tien tra")),
    "bs": (reading("bác sĩ", after="ong cac chi_dinh", before="kham chi"), reading("bổ sung", after="can phai nop")),
    "dv": (
        reading("dịch vụ", before="cong cong_dan"),
        reading("đơn vị", after="cac cho cua o", before="em toi minh su"),
    ),
    "kt": (
        reading("kiểm tra", before="giup ho ma giup_em"),
        reading("ký thay", before="._tong ._giam ._bo ._cuc ._chu ._truong", only_in_context=True),
        reading("kinh tế"),
        reading("kết thúc", after="da"),
    ),
    "gt": (reading("giấy tờ"), reading("giới tính", after="sai doi"), reading("giới thiệu", after="giay")),
    "cn": (reading("công nhân"), reading("chủ nhật", after="thu_bay t7 7 ngay vao", before="co_lam")),
    "hn": (reading("hôm nay"), reading("hà nội", after="o tai hoi bhxh tp pho quan ve ra tinh")),
    "sn": (reading("sinh năm", before="#"), reading("sự nghiệp", after="vi don_vi dv", only_in_context=True)),
    "tl": (reading("trả lời"), reading("tiền lương", after="muc", before="dong")),
    "ldtb": (reading("lao động thương binh"),),
}
