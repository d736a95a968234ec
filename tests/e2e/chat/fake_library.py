"""One directive and one FAQ, invented, with every kind of block the document page knows."""

from datetime import date

from console.chat.documents import Block, BlockRole, DirectiveView, FaqView, LegalBasisView, RelatedFaq

HEADERS = ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện")


def block(anchor, section, role, text, level=1, label=""):
    return Block(anchor, section, label or section, role, level, text)


def row(number, task):
    cells = (number, task, "Ban Quản lý Thu - Sổ, Thẻ", "Bảo hiểm xã hội tỉnh, thành phố", "Thường xuyên")
    return Block(
        f"phu-luc-{number}",
        f"Phụ lục I.{number}",
        f"mục {number} nhóm I Phụ lục",
        BlockRole.ROW,
        2,
        task,
        tuple(zip(HEADERS, cells, strict=True)),
    )


LONG = "Bố trí cán bộ tiếp nhận hồ sơ, hướng dẫn người dân và trả kết quả đúng hạn trong những ngày nghỉ lễ. " * 4
POINT_E = (
    "e) Cấp, đổi, gia hạn thẻ bảo hiểm y tế kịp thời; tiếp nhận ngay hồ sơ của người tăng mới "
    "hoặc gia hạn thẻ khi người dân đến cơ quan bảo hiểm xã hội nộp tiền."
)
DIRECTIVE = DirectiveView(
    slug="999-BHXH-VP",
    number="999/BHXH-VP",
    kind="Công văn",
    subject="V/v phục vụ người dân trong dịp nghỉ lễ (văn bản thử)",
    issuer="Bảo hiểm xã hội Việt Nam",
    issued_on=date(2024, 1, 31),
    signer="Nguyễn Văn Thử",
    signer_title="Phó Tổng Giám đốc",
    addressees=("Các đơn vị trực thuộc", "Bảo hiểm xã hội các tỉnh, thành phố"),
    effective_from=None,
    effective_to=None,
    validity_note="Văn bản gắn với dịp nghỉ lễ năm 2024.",
    blocks=(
        block("mo-dau", "mở đầu", BlockRole.PARAGRAPH, "Thực hiện chỉ đạo, các đơn vị tập trung những nội dung sau:"),
        block("doan-1", "1", BlockRole.HEADING, "1. Bảo hiểm xã hội các tỉnh, thành phố:", label="mục 1"),
        *[
            block(f"doan-1-{letter}", f"1.{letter}", BlockRole.POINT, f"{letter}) {LONG}", 2, f"điểm {letter} mục 1")
            for letter in "abcd"
        ],
        block("doan-1-e", "1.e", BlockRole.POINT, POINT_E, 2, "điểm e mục 1"),
        block("phu-luc", "", BlockRole.HEADING, "PHỤ LỤC"),
        row("1", "Xây dựng kịch bản phát triển người tham gia."),
        row("2", "Nâng cao chất lượng Ban Chỉ đạo các cấp."),
        block("chu-thich-1", "Chú thích 1", BlockRole.FOOTNOTE, "1 Ghi chú về chỉ tiêu."),
        block("noi-nhan", "", BlockRole.FURNITURE, "Nơi nhận: như trên; lưu VT."),
    ),
)
FAQ = FaqView(
    id="cap-lai-the",
    topic="Thẻ bảo hiểm y tế",
    question="Mất thẻ BHYT thì xin cấp lại thế nào?",
    answer="Dùng ngay bản điện tử.\n- Trên ứng dụng VssID\n- Trên ứng dụng VNeID\nBản giấy được cấp khi có đề nghị.",
    legal_basis=(
        LegalBasisView("Nghị định 000/2025/NĐ-CP", "Điều 11", date(2025, 7, 1), None),
        LegalBasisView("Nghị định cũ 000/2018/NĐ-CP", "", date(2018, 12, 1), date(2025, 6, 30)),
    ),
    audience=("citizen", "employer"),
    secondary_source=True,
    review_by=date(2027, 6, 30),
    related=(RelatedFaq("cap-lai-the", "Thẻ BHYT điện tử có thay bản giấy không?"),),
)


class FakeLibrary:
    def directive(self, slug):
        return DIRECTIVE if slug == DIRECTIVE.slug else None

    def faq(self, faq_id):
        return FAQ if faq_id == FAQ.id else None
