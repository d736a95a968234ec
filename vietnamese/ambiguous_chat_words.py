"""Chat words with several meanings. The first reading is the likeliest where no neighbour decides."""

from vietnamese.reading import Reading, reading

# After these a single letter names a part of a document: "điểm a khoản 1".
_LABELS = "diem khoan muc diem_# phu_luc luc mau nhom phan chuong bang loai hang vitamin to y_tieu"
_VERBS = "duoc dc đc co biet bit bik phai can thay dong di lam nhan hieu bi vao con he muon dang thuoc thi dk đk"


def _letter(letter: str, words: str, after: str = "", before: str = "") -> tuple[Reading, ...]:
    """A letter that is a chat word unless it names a point or clause."""
    return (reading(words, after, before), reading(letter, after=_LABELS, before=")", only_in_context=True))


def _day_or_month(number: int) -> tuple[Reading, ...]:
    """T2 to T7 are months in these texts; the days of the week only beside words for a day."""
    return (
        reading(f"tháng {number}"),
        reading(
            f"thứ {number}", after="sang chieu trua toi ngay thu", before="cn va_cn , hang_tuan", only_in_context=True
        ),
    )


AMBIGUOUS_CHAT_WORDS: dict[str, tuple[Reading, ...]] = {
    "k": (
        reading("không", before=_VERBS + " a ah nhi vay v z ? em e anh chi"),
        reading("nghìn", after="#", only_in_context=True),
        reading("k", after=_LABELS, before=")", only_in_context=True),
    ),
    "kg": (reading("không", before=_VERBS), reading("kg", after="#", only_in_context=True)),
    "o": (reading("o"), reading("không", before="dc đc biet bit bik phai_la", only_in_context=True)),
    "a": (
        reading("a"),
        reading(
            "anh", after="cho cua hoi chao voi nho may thua nha", before="oi chi c cho giup e", only_in_context=True
        ),
    ),
    "e": _letter("e", "em"),
    "c": (
        reading("c"),
        reading("chị", after="cho cua hoi chao anh nho thua nha", before="oi cho giup e", only_in_context=True),
    ),
    "b": (
        reading("b", after=_LABELS, before=")", only_in_context=True),
        reading("bạn", after="cho cua chao cac voi nhe", before="oi a nhe ban cho"),
    ),
    "m": (reading("m"), reading("mình", after="cho cua voi nha", before="hoi muon dang bi co dong lam")),
    "t": (
        reading("tôi", after="cho cua voi", before="hoi muon dang bi co dong lam nghi quen"),
        reading("tháng", before="#"),
        reading("t", after=_LABELS, only_in_context=True),
    ),
    "s": (
        reading("s"),
        reading("sao", after="lam tai vi thi la", before="k ko khong vay v z a lai", only_in_context=True),
    ),
    "h": (
        reading("giờ", before="lam sao phai em minh toi muon lay nop nghi", after="bay bh #"),
        reading("h", after=_LABELS, before=")", only_in_context=True),
    ),
    "v": (
        reading("vậy", after="sao the nhu gi lam dau nhieu luc sap"),
        reading("v", after=_LABELS, before=") ^_.", only_in_context=True),
    ),
    "p": (
        reading("phải", after="co thi toi em", before="lam nop dong di k ko khong chiu mang den ra co"),
        reading("phường", before="#", after=", / quan tp"),
        reading("p", after=_LABELS, before=")", only_in_context=True),
    ),
    "q": (
        reading("q"),
        reading("quận", before="# ."),
    ),
    "d": (reading("d"), reading("đồng", after="# trieu nghin ngan")),
    "đ": (reading("đ", after=_LABELS, before=")", only_in_context=True), reading("đồng", after="# trieu nghin ngan")),
    "g": (
        reading("g", after=_LABELS, before=")"),
        reading("gì", after="lam la cai nhung can to lm bi", before="k ko v z a vay"),
    ),
    "củ": (reading("củ"), reading("triệu", after="#", only_in_context=True)),
    "tỏi": (reading("tỏi"), reading("tỷ", after="#", only_in_context=True)),
    "ng": (reading("người", before="ta lao phu than tham nha ld lđ khac nao dai"), reading("nghìn", after="#")),
    "tr": (reading("triệu", after="#"), reading("trang", before="#")),
    "bn": (
        reading(
            "bao nhiêu",
            after="la duoc dc mat het dong huong nhan lanh muc tu",
            before="tien % phan nam thang ngay tuoi lau",
        ),
        reading("bạn", after="cho cac chao cua voi nhe ban", before="oi cho tu giup co_the noi dang minh ben"),
    ),
    "dk": (
        reading("được", after="co ko khong k chua van se thi dc duoc la", before="k ko khong chua huong nhan a"),
        reading(
            "đăng ký",
            after="cach de muon di nho tu tuc noi lich hd toi em minh xin can_phai dang_nhap phieu",
            before="tk tai vssid vneid app online kcb kham noi thai tham mua ung dv dich lai so qua thu nguoi npt bhyt",
        ),
        reading("điều kiện", after="du cac dap man kem ve nhung theo_cac", before="de ve nao nghi gi"),
    ),
    "đk": (
        reading("được", after="co ko khong k chua van se thi la", before="k ko khong chua nhan a"),
        reading(
            "đăng ký",
            after="cach de muon di nho tu tuc noi lich hd toi em minh xin phieu",
            before="tk tai vssid vneid app online kcb kham noi thai tham mua ung dv dich lai so qua thu nguoi npt bhyt",
        ),
        reading("điều kiện", after="du cac dap man kem ve nhung", before="de ve nao nghi gi"),
    ),
    "đc": (
        reading("được"),
        reading("địa chỉ", after="sai ghi doi xin", before="co_quan bhxh nha o_dau", only_in_context=True),
    ),
    "mk": (
        reading("mình", after="cho cua voi nha", before="hoi muon dang co dong lam bi oi nghi cung"),
        reading(
            "mật khẩu",
            after="quen doi mat cap lai lay nhap dat sai ten lo otp",
            before="vssid vneid dang_nhap dang moi cu app tk wifi la bhxh",
        ),
    ),
    "mn": (
        reading("mọi người", after="chao cho nho cac", before="oi cho a giup cho_hoi"),
        reading(
            "muốn", after="em e minh toi m mk t con me vo", before="hoi rut lam dong mua dang doi biet xin tham huong"
        ),
    ),
    "ck": (
        reading("chuyển khoản"),
        reading("chồng", after="vk vo cua cho", before="e em minh toi tui di bi mat lam dang da va vk vo tao"),
    ),
    "vs": (reading("với"), reading("vssid", before="id", only_in_context=True)),
    "hi": (reading("xin chào"), reading("hi", before="vong sinh huu", only_in_context=True)),
    "củng": (reading("cũng"), reading("củng", before="co", only_in_context=True)),
    "bữa": (reading("bữa"), reading("hôm", before="nay truoc qua kia ni", only_in_context=True)),
    "ni": (reading("ni"), reading("này", after="thang nam bua cai dip chu lan the nhu hom", only_in_context=True)),
    "mô": (reading("mô"), reading("đâu", after="o di ben cho den toi can", only_in_context=True)),
    "chi": (
        reading("chi"),
        reading("gì", after="cai can_cai nhung_cai cai_loai", before="rua vay", only_in_context=True),
    ),
    "răng": (reading("răng"), reading("sao", after="man", before="rua ri chu", only_in_context=True)),
    "lãnh": (
        reading("lãnh"),
        reading(
            "nhận",
            after="duoc dc muon di",
            before="luong tien tro mot # bhxh bhtn tn bao duoc dc luon nhieu het o tai that ts thai bn",
            only_in_context=True,
        ),
    ),
    "mun": (
        reading("mun"),
        reading("muốn", after="khong ko em e k toi minh", before="hoi rut doi lam", only_in_context=True),
    ),
    "thiệt": (reading("thật"), reading("thiệt", before="hai thoi mang", only_in_context=True)),
    "hong": (
        reading("hong"),
        reading("không", before="biet duoc dc phai co_biet", after="duoc dc", only_in_context=True),
    ),
    "vl": (reading("vl"), reading("việc làm", after="tam dich_vu tim mat giai_quyet")),
    "tui": (reading("tôi"),),
    "nhiu": (reading("bao nhiêu"), reading("nhiêu", after="bao", only_in_context=True)),
    "nhiêu": (reading("bao nhiêu"), reading("nhiêu", after="bao phong", only_in_context=True)),
    **{f"t{number}": _day_or_month(number) for number in range(2, 8)},
}
