"""Asking for a human being. Questions about having to meet staff are not such requests."""

from vietnamese.act import Act
from vietnamese.act_rule import ActRule

_STAFF = (
    r"(?:nhan vien|nhan vein|tu van vien|tong dai vien|tong dai|can bo|chuyen vien|dien thoai vien|nguoi that|con nguoi"
    r"|nguoi (?:phu trach|ho tro|truc|tu van|that|that su|nao do|khac)|ai do|nguoi nao|admin|ad|operator|agent|human|sep|quan ly|nguoi)"
)
_MEET = (
    r"(?:gap(?: truc tiep| mat)?|noi chuyen(?: truc tiep)?(?: voi)?|noi voi|chat voi|nhan tin voi|trao doi(?: truc tiep)?(?: voi)?"
    r"|ket noi(?: voi| den| toi)?|noi may(?: voi| den| toi| cho| qua)?|lien he(?: truc tiep)?(?: voi)?|lien lac(?: voi)?)"
)
_WISH = r"(?:cho|muon|can|xin|lam on|vui long|hay|de|nho|giup|dc|duoc|mong|yeu cau|doi)"
_QUESTION_ABOUT_MEETING = (
    rf"(?:co|co phai|phai|co can|can) (?:can |phai |can phai )?{_MEET}(?: \S+){{0,5}} (?:khong|ko|a khong)"
    rf"|co (?:can|phai)(?: \S+){{0,2}} {_MEET}|(?:khong|chua|chang) (?:can|muon|phai|can phai|he) {_MEET}"
    rf"|da {_MEET}|gap ai(?: de| o dau| vay)?|(?:den|len|ra|toi|qua|xuong) (?:\S+ ){{0,3}}gap|lien he ai|lien he voi ai"
    r"|(?:mang|can|chuan bi) (?:theo )?(?:giay to )?gi|o dau|may gio|gio nao|luc nao|so may|so bao nhieu|la bao nhieu"
    r"|gap (?:nguoi )?nao|can bo nao|nhan vien nao|thi (?:sao|the nao|can|phai)|co duoc khong khi"
)

PERSON_RULES: tuple[ActRule, ...] = (
    ActRule(
        "wish_to_meet",
        Act.REQUEST_PERSON,
        rf"{_WISH}(?: \S+){{0,4}} {_MEET}(?: \S+){{0,3}} {_STAFF}",
        unless=_QUESTION_ABOUT_MEETING,
    ),
    ActRule(
        "meet_first", Act.REQUEST_PERSON, rf"^(?:\S+ ){{0,3}}{_MEET} (?:\S+ )?{_STAFF}", unless=_QUESTION_ABOUT_MEETING
    ),
    ActRule(
        "pass_me_on",
        Act.REQUEST_PERSON,
        rf"(?:chuyen|noi)(?: may| cuoc goi| tin| chat)?(?: cho| qua| sang| toi| den| voi| gap)+(?: \S+){{0,2}} {_STAFF}"
        rf"|(?:keu|goi|moi|bao|cho)(?: \S+){{0,2}} {_STAFF}(?: \S+){{0,2}} (?:ra|vao|len|tra loi|ho tro|tu van|noi chuyen|tiep)"
        r"|noi may(?: di| gium| giup| voi| cho)?",
        unless=rf"{_QUESTION_ABOUT_MEETING}|chuyen (?:tien|ho so|so|don|noi)",
    ),
    ActRule(
        "no_more_bot",
        Act.REQUEST_PERSON,
        r"(?:khong|dung|thoi|chan|het|khoi)(?: \S+){0,3} (?:noi|chat|tra loi|noi chuyen|nhan)(?: \S+){0,2} (?:bot|may|robot|chatbot|tu dong)(?: nua)?"
        r"|(?:toi |em |minh )?(?:can|muon|cho) (?:mot )?(?:nguoi that|con nguoi|nguoi (?:that )?tra loi|nguoi (?:that )?tu van|nguoi (?:that )?ho tro)"
        r"|khong can (?:bot|may|robot)|talk to (?:a )?(?:human|person|agent)|speak to (?:a )?(?:human|person|agent)",
        unless=r"(?:may|bot) (?:nay )?co",
    ),
    ActRule(
        "anyone_there",
        Act.REQUEST_PERSON,
        rf"{_STAFF} (?:dau|dau roi|dau het roi)(?: \S+)?|co (?:nhan vien|can bo|tu van vien|nguoi that|nguoi)(?: nao)?(?: \S+){{0,2}} (?:o do|truc|tra loi|online|ho tro|tu van)(?: \S+){{0,2}} khong"
        r"|goi lai cho (?:toi|em|minh)|goi (?:dien )?(?:lai )?cho (?:toi|em|minh) (?:di|nhe|voi|gap|duoc khong)",
        unless=r"phai co nguoi|nguoi dau tien",
    ),
)
