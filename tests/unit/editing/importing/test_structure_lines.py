"""Which section a line of the source is shown with."""

from editing.bodies.directive import DirectiveBody
from editing.importing.directive_file import DirectiveFile, read_directive
from editing.importing.structure import source_lines
from tests.fakes.brought_files import LETTER

HEAD = "\n".join(LETTER[:6])
BODY = (
    "I. QUY TRÌNH",
    "1. Tiếp nhận đơn.",
    "a) Hồ sơ gồm đơn đề nghị.",
    "b) Giấy hẹn ghi ngay.",
    "Điều 5. Tên điều",
    "Nội dung của điều.",
)


def shown():
    text = "\n".join((HEAD, *BODY)) + "\n"
    directive = read_directive(DirectiveFile("thu", DirectiveBody(text, {}, {}))).directive
    return {line.text: line for line in source_lines(text, directive, {})}


def test_headings_of_larger_parts_are_told_from_the_section_that_they_are_read_with():
    lines = shown()
    assert [(lines[text].section, lines[text].is_above, lines[text].opens) for text in BODY[:4]] == [
        ("I.1.a", True, False),
        ("I.1.a", True, False),
        ("I.1.a", False, True),
        ("I.1.b", False, True),
    ]


def test_the_heading_of_a_section_itself_opens_it():
    line = shown()["Điều 5. Tên điều"]
    assert (line.section, line.is_above, line.opens) == ("Điều 5", False, True)
