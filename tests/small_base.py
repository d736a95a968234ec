"""A small invented knowledge base."""

from knowledge.passage import Collection, Passage
from knowledge.settings import CalibrationWeights, FusionWeights, SearchSettings

WEIGHTS = FusionWeights(whole=1.0, questions=0.3, dense_text=1.0, dense_questions=0.5, topic=0.3, named_document=0.3)
CALIBRATION = CalibrationWeights(intercept=-6.0, topic=3.0, margin=2.0, coverage=3.0, pair_coverage=1.0, length=1.0)
SEARCH = SearchSettings(fusion=WEIGHTS, calibration=CALIBRATION)


def faq(name, title, text, *questions):
    return Passage(f"faq/{name}", Collection.FAQ, name, "", title, text, context="Thẻ và sổ", questions=questions)


def section(label, text, *, document="999/BHXH-VP", answerable=True, near_duplicates=(), questions=()):
    slug = document.replace("/", "-")
    return Passage(
        f"{slug}/{label}",
        Collection.DIRECTIVES,
        document,
        label,
        f"Mục {label}",
        text,
        context=f"Công văn {document} ngày 05/01/2030 về trực hè",
        questions=questions,
        answerable=answerable,
        near_duplicates=near_duplicates,
    )


LOST_CARD = faq(
    "mat-the",
    "Mất thẻ bảo hiểm y tế thì làm sao?",
    "Ông/bà nộp tờ khai để được cấp lại thẻ bảo hiểm y tế.",
    "làm rơi thẻ bhyt rồi",
    "xin cấp lại thẻ khám bệnh",
)
LOST_BOOK = faq(
    "mat-so",
    "Mất sổ bảo hiểm xã hội có xin lại được không?",
    "Ông/bà được cấp lại sổ theo số đã cấp.",
    "rớt mất sổ bhxh",
    "sổ bị ướt hết chữ",
)
SUMMER_DUTY = section("1.a", "Các đơn vị phân công trực hè vào thứ bảy; báo cáo trước ngày 10/6/2030.")
SUMMER_REPORT = section("2", "Văn phòng tổng hợp báo cáo trực hè và gửi Tổng Giám đốc trong tháng 8.")
RECIPIENTS = section("thể thức", "Nơi nhận: các đơn vị trực hè thứ bảy; lưu văn thư.", answerable=False)
PASSAGES = (LOST_CARD, LOST_BOOK, SUMMER_DUTY, SUMMER_REPORT, RECIPIENTS)
