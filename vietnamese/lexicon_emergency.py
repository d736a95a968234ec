"""Danger to life, now. Benefit questions that mention illness or accidents are not emergencies."""

from vietnamese.act import Act
from vietnamese.act_rule import ActRule

_WORDS = r"(?: \S+){0,4}"
_SYMPTOM = (
    r"(?:dau (?:that )?nguc|tuc nguc|dau tim|kho tho|khong tho (?:duoc|noi)|tho khong (?:duoc|noi|ra hoi)|ngung tho"
    r"|ngat(?: xiu)?|xiu|bat tinh|hon me|co giat|len con giat|dot quy|tai bien|meo mieng|liet nua nguoi|non ra mau|ho ra mau"
    r"|chay (?:nhieu )?mau|mat mau|mau chay|dien giat|duoi nuoc|ran can|ngo doc|uong nham thuoc|bong nang|hoc (?:xuong|di vat)"
    r"|tim tai|sui bot mep|dau bung du doi|sot cao|vo oi|chuyen da|tim ngung dap|nguy kich|hap hoi|khong con tho)"
)
_PERSON = (
    r"(?:con|be|chau|me|ma|ba|bo|cha|tia|ong|chong|vo|toi|em|minh|anh|chi|bac|co|di|chu|nguoi nha|nguoi than"
    r"|dong nghiep|ban|co nguoi|nguoi ta|nguoi)"
)
_BENEFIT = (
    r"bhyt|bhxh|bao hiem|thanh toan|chi tra|huong|che do|thu tuc|ho so|giay to|giay|tro cap|luong|muc|quyen loi|dong tien"
    r"|trai tuyen|dung tuyen|chuyen tuyen|tuyen tren|tien vien phi|vien phi|boi thuong|phan tram|quy dinh|dieu kien"
)
_IN_CARE = (
    rf"dang (?:duoc )?(?:nam|dieu tri|cap cuu|nhap vien|mo|hoi suc|o (?:benh )?vien){_WORDS}|da (?:nhap|ra|xuat|di) vien"
    r"|(?:duoc|da) (?:dua|cho|chuyen) (?:di|vao|den|len) (?:cap cuu|benh vien|vien)|da khoi|da mat|qua doi|da on"
)
_PAST_OR_SUPPOSED = (
    r"hom qua|tuan truoc|thang truoc|thang (?:\d+)|nam (?:ngoai|\d{4})|hoi (?:truoc|nam)|truoc day|tung|neu|khi|truong hop|lo nhu"
    r"|tien su|benh nhan|sau khi|nguoi (?:lao dong|tham gia|bi|benh)|hay bi|thuong xuyen|thi (?:co|duoc)"
)
_NOW = (
    r"(?:lam sao(?: bay gio| gio| day)?|lam (?:gi|the nao) (?:bay gio|gio|day)|phai lam (?:gi|sao)|giup (?:voi|toi|em|minh)"
    r"|cuu (?:voi|toi|em|con|me|nguoi)|voi|gap|bay gio|ngay bay gio|goi (?:ai|cap cuu|so nao|so may))"
)
_GRAVE = (
    rf"dang (?:bi )?(?:len con )?{_SYMPTOM}|{_SYMPTOM} (?:du doi|du qua|khong ngung|khong cam|lien tuc|qua roi|rat nhieu|nhieu qua)"
    rf"|dang (?:bi )?chay mau|chay mau nhieu(?: lam| qua)?|sap chet|sap khong qua khoi|chet mat|khong qua khoi"
    rf"|(?:bat tinh|ngat|xiu|co giat|dot quy|ngung tho) roi"
)

EMERGENCY_RULES: tuple[ActRule, ...] = (
    ActRule(
        "cry_for_help",
        Act.EMERGENCY,
        rf"cuu (?:voi|toi voi|em voi|me toi|con toi|nguoi)|cap cuu (?:gap|voi|giup|nhanh)|goi (?:xe )?cap cuu (?:giup|ho|di|gap|nhanh|cho)"
        rf"|(?:can|cho|xin|nho) (?:xe )?cap cuu(?: gap| ngay)?|goi (?:xe )?cap cuu (?:so|o dau|the nao|bang)",
        unless=rf"{_BENEFIT}|{_IN_CARE}|cuu xet",
    ),
    ActRule("only_the_word", Act.EMERGENCY, r"^(?:alo |oi |a )?cap cuu(?: a| oi| di)?$|^cuu$|^sos$|^goi 115$"),
    ActRule(
        "grave_now",
        Act.EMERGENCY,
        _GRAVE,
        unless=rf"{_IN_CARE}|neu|khi|truong hop|hom qua|nam ngoai|thang truoc|sap chet (?:doi|khat)",
    ),
    ActRule(
        "symptom_and_plea",
        Act.EMERGENCY,
        rf"{_SYMPTOM}(?: \S+){{0,12}} {_NOW}|(?:cuu|giup)(?: \S+){{0,6}} {_SYMPTOM}",
        unless=rf"{_BENEFIT}|{_IN_CARE}|{_PAST_OR_SUPPOSED}",
    ),
    ActRule(
        "person_with_symptom",
        Act.EMERGENCY,
        rf"{_PERSON}(?: \S+){{0,6}} {_SYMPTOM}|^(?:bi |dang )?{_SYMPTOM}",
        unless=rf"{_BENEFIT}|{_IN_CARE}|{_PAST_OR_SUPPOSED}|bao lau|bao nhieu|nghi (?:viec|om|lam)|kham o dau|la benh gi|uong thuoc gi",
    ),
    ActRule(
        "accident_now",
        Act.EMERGENCY,
        rf"(?:{_PERSON}(?: \S+){{0,4}} )?(?:vua|moi|dang)? ?(?:bi )?(?:tai nan|dam xe|tong xe|nga tu tren cao|te xe|nga xe)"
        rf"(?: \S+){{0,8}} (?:chay mau|mau|bat tinh|hon me|nang|nguy|gay|ket|giup|cuu|lam sao|gap)"
        rf"|^(?:\S+ ){{0,3}}(?:{_PERSON})(?: \S+){{0,2}} (?:vua |moi |dang )?bi (?:tai nan|dam xe|tong xe)(?: giao thong| xe)?(?: roi| a)?$"
        rf"|^(?:co )?tai nan(?: giao thong)?(?: \S+){{0,4}} (?:o day|o cho|tai day)",
        unless=rf"{_BENEFIT}|{_IN_CARE}|{_PAST_OR_SUPPOSED}",
    ),
    ActRule(
        "violence_or_fire",
        Act.EMERGENCY,
        r"nha (?:\S+ )?(?:dang|bi) chay|dang chay nha|chay nha|dang bi (?:chong |no |ho )?(?:danh|bao hanh|xam hai|cuop|dam)",
        unless=_BENEFIT,
        marked=r"\S* ?(?:cháy|đánh|bạo hành|xâm hại|cướp|đâm)",
    ),
)

SELF_HARM_RULES: tuple[ActRule, ...] = (
    ActRule(
        "wish_to_die",
        Act.SELF_HARM,
        r"(?:chi |chi con |cu |that su |that |qua |em |toi |minh |con )muon chet(?: di| quach| cho xong| luon)?|^muon chet(?: qua| di)?$"
        r"|muon chet (?:di|quach|cho xong|cho roi|that)|khong (?:con )?(?:muon|thiet) song(?: nua)?|chan song|song khong noi(?: nua)?"
        r"|khong song noi(?: nua)?|song (?:lam gi|de lam gi) nua|chet (?:quach|cho xong|di cho)|het duong song roi|tim den cai chet",
        unless=r"cho muon chet|doi muon chet|luong(?: \S+){0,4} song khong noi|khong biet lam sao de muon",
    ),
    ActRule(
        "plan_to_die",
        Act.SELF_HARM,
        r"(?:muon|dinh|se|di|nghi den|nghi toi|chi con|tinh|toan|y dinh) (?:tu tu|tu van|tu sat|tu ket lieu)|toi tu tu|em tu tu|con tu tu"
        r"|ket (?:thuc|lieu) (?:cuoc doi|cuoc song|doi (?:minh|toi|em)|ban than|tat ca)|(?:muon|dinh|se|di) (?:nhay (?:cau|lau)|treo co|cat tay)"
        r"|uong thuoc (?:sau|ngu|tru sau) (?:chet|tu tu|cho xong)",
        unless=r"huong|tro cap|tuat|chi tra|bao hiem|bhxh|tu van vien|duoc tu van|tu van (?:giup|cho|ve)",
        marked=r"\S* ?(?:tự tử|tự vẫn|tự vận|tự sát|kết liễu|kết thúc|nhảy|treo cổ|cắt tay|thuốc)",
    ),
)
