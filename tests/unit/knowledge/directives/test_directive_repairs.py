"""Each damage of the sources, by what must be read in its place."""

import pytest

REPAIRED = [
    ("09-BHXH-TDKT", "thể thức", "BHXH các tỉnh, thành phố trực thuộc Trung ương."),
    ("09-BHXH-TDKT", "mở đầu", "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng, Chỉ thị số 19/CT-TTg"),
    ("09-BHXH-TDKT", "mở đầu", "thi đua thực hiện thắng lợi nhiệm vụ"),
    ("09-BHXH-TDKT", "mở đầu", "ở châu Âu có thể ảnh hưởng"),
    ("09-BHXH-TDKT", "mở đầu", "những điều đó sẽ tác động ảnh hưởng"),
    ("09-BHXH-TDKT", "mở đầu", "chuyên nghiệp, hiệu quả”."),
    ("09-BHXH-TDKT", "II.1", "II. NỘI DUNG CHỦ YẾU PHONG TRÀO THI ĐUA NĂM 2023\n1. Quán triệt, tuyên truyền"),
    ("09-BHXH-TDKT", "III.1", "III. TỔ CHỨC THỰC HIỆN\n1. Vụ Thi đua - Khen thưởng"),
    ("288-BHXH-VP", "thể thức", "Hà Nội, ngày 31 tháng 01 năm 2024"),
    ("288-BHXH-VP", "mở đầu", "“lấy người dân, doanh nghiệp làm chủ thể, trung tâm phục vụ”, đẩy mạnh"),
    ("288-BHXH-VP", "1.h", "Kế hoạch phát triển kinh tế - xã hội và dự toán"),
    ("288-BHXH-VP", "3", "3. Trung tâm Dịch vụ hỗ trợ - Chăm sóc khách hàng:\nHướng dẫn, bố trí"),
    ("288-BHXH-VP", "8", "8. Các đơn vị trực thuộc, BHXH các tỉnh căn cứ"),
    ("288-BHXH-VP", "8", "Ngành BHXH Việt Nam; phân công cán bộ, lãnh đạo trực"),
    ("771-BHXH-TTKT", "1.-1", "1. Về công tác thu, cấp sổ BHXH\n- Chấn chỉnh và thường xuyên"),
    ("24-QD-BHXH", "I.2", "Nghị quyết số 01/NQ-CP, cụ thể: Số người"),
    ("24-QD-BHXH", "mở đầu(2)", "(sau đây gọi chung là Nghị quyết số 01/NQ-CP), Bảo hiểm xã hội (BHXH) Việt Nam"),
    ("24-QD-BHXH", "III.1", "tại các Nghị quyết [1]."),
    ("24-QD-BHXH", "III.4.a", "Luật BHXH; Luật BHYT; Luật Việc làm; Luật An toàn, vệ sinh lao động; Luật Dược và các"),
    ("24-QD-BHXH", "III(2).3", "thực hiện tốt Luật BHXH, Luật BHYT và các nhiệm vụ trọng tâm"),
    ("24-QD-BHXH", "Điều 1", "Điều 1. Ban hành kèm theo Quyết định này"),
    (
        "24-QD-BHXH",
        "thể thức",
        "QUYẾT ĐỊNH\nBAN HÀNH CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA BẢO HIỂM XÃ HỘI VIỆT NAM THỰC HIỆN NGHỊ QUYẾT SỐ 01",
    ),
]
KEPT_TYPOS = [
    ("09-BHXH-TDKT", "II.6", "đê xây dựng kế hoạch"),
    ("09-BHXH-TDKT", "II.2", "2,91 %"),
    ("24-QD-BHXH", "Phụ lục IV.6", "130/QĐ BYT"),
    ("24-QD-BHXH", "Phụ lục IV.9", "số dư kiến chi"),
    ("24-QD-BHXH", "Chú thích 1", "28-NQ/TW ngày 25/3/2018"),
    ("288-BHXH-VP", "2.a", "VNEID"),
    ("24-QD-BHXH", "I.2", "VneID"),
]


@pytest.mark.parametrize(("slug", "label", "words"), REPAIRED)
def test_broken_text_is_whole_again(slug, label, words, directives):
    assert words in directives[slug].section(label).text


@pytest.mark.parametrize(("slug", "label", "words"), KEPT_TYPOS)
def test_typos_of_the_source_are_kept(slug, label, words, directives):
    assert words in directives[slug].section(label).text


def test_no_punctuation_is_left_alone(directives):
    texts = [section.text for directive in directives.values() for section in directive.sections]
    assert not [text for text in texts for orphan in (" ,", " ;", " )", " . ", "( ") if orphan in text]


def test_the_footnote_is_no_row_of_the_table(programme):
    note = programme.section("Chú thích 1")
    assert note.row is None
    assert note.text.startswith("1 Nghị quyết số 28-NQ/TW")
    assert note.headings == ("Nhiệm vụ và giải pháp",)


def test_the_two_parts_that_share_a_number_are_told_apart(programme):
    assert programme.section("III.1").headings == ("Nhiệm vụ và giải pháp",)
    assert programme.section("III(2).1").headings == ("Tổ chức thực hiện",)


def test_site_chrome_is_nowhere(directives):
    texts = "\n".join(section.text for directive in directives.values() for section in directive.sections)
    assert "Tải Văn bản" not in texts
    assert "Đang tải" not in texts
