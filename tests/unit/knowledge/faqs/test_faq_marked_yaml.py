import time
import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.faqs.marked_yaml import MAX_FILE_BYTES, Mapping, Scalar, Sequence, parse_marked_yaml, read_marked_yaml
from knowledge.faqs.problem import ContentError, ProblemKind


def the_only_finding(error):
    (finding,) = error.value.findings
    return finding.kind, finding.line


def test_every_node_knows_its_line():
    tree = parse_marked_yaml("a: 1\nb:\n  - x\n  - y\n", "thu.yml")
    assert tree == Mapping(
        1,
        (
            (Scalar(1, "a"), Scalar(1, "1")),
            (Scalar(2, "b"), Sequence(3, (Scalar(3, "x"), Scalar(4, "y")))),
        ),
    )


def test_scalars_stay_text():
    tree = parse_marked_yaml("[no, 1e3, null, 2026-07-01]", "thu.yml")
    assert [item.text for item in tree.items] == ["no", "1e3", "null", "2026-07-01"]


def test_an_empty_file_is_an_empty_scalar():
    assert parse_marked_yaml("", "thu.yml") == Scalar(1, "")


def test_text_is_read_in_composed_form():
    tree = parse_marked_yaml(unicodedata.normalize("NFD", "Bảo hiểm xã hội"), "thu.yml")
    assert tree.text == unicodedata.normalize("NFC", "Bảo hiểm xã hội")


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("a: 1\nb: [1, 2\n", ProblemKind.YAML_SYNTAX, 3),
        ("a: 1\n b: 2\n", ProblemKind.YAML_SYNTAX, 2),
        ("a: 'không đóng\n", ProblemKind.YAML_SYNTAX, 2),
        ("a: &x 1\nb: *x\n", ProblemKind.YAML_ALIAS, 1),
        ("a: 1\nb: *x\n", ProblemKind.YAML_ALIAS, 2),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", ProblemKind.YAML_TAG, 2),
        ("a: 1\n---\nb: 2\n", ProblemKind.YAML_SEVERAL_DOCUMENTS, 2),
        ("a: 1\na: 2\n", ProblemKind.DUPLICATE_KEY, 2),
        ("? [a, b]\n: 1\n", ProblemKind.WRONG_TYPE, 1),
        ("a: 1\nb: x\0y\n", ProblemKind.CONTROL_CHARACTER, 2),
        ('a: 1\nb: "x\\0y"\n', ProblemKind.CONTROL_CHARACTER, 2),
        ("a: x\u200by\n", ProblemKind.CONTROL_CHARACTER, 1),
        ("a: 1\nb: x\u202ey\n", ProblemKind.CONTROL_CHARACTER, 2),
        ("[" * 10_000, ProblemKind.YAML_TOO_DEEP, 1),
        ("- 1\n" * 30_000, ProblemKind.YAML_TOO_MANY_NODES, 20_000),
    ],
)
def test_what_is_not_plain_data_is_refused_with_its_line(text, kind, line):
    with pytest.raises(ContentError) as error:
        parse_marked_yaml(text, "thu.yml")
    assert the_only_finding(error) == (kind, line)


def test_an_alias_bomb_is_refused_at_once():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    started = time.perf_counter()
    with pytest.raises(ContentError):
        parse_marked_yaml(bomb, "bom.yml")
    assert time.perf_counter() - started < 1


def test_a_file_of_ten_megabytes_is_not_read(tmp_path):
    path = tmp_path / "to.yml"
    path.write_bytes(b"a: 1\n" * 2_000_000)
    with pytest.raises(ContentError) as error:
        read_marked_yaml(path)
    assert the_only_finding(error) == (ProblemKind.FILE_TOO_LARGE, 0)


def test_a_file_just_under_the_limit_is_read(tmp_path):
    path = tmp_path / "vua.yml"
    path.write_text("a: " + "x" * (MAX_FILE_BYTES - 10), encoding="utf-8")
    assert read_marked_yaml(path).line == 1


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path):
    path = tmp_path / "ma.yml"
    path.write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(ContentError) as error:
        read_marked_yaml(path)
    assert the_only_finding(error) == (ProblemKind.NOT_UTF8, 2)


@pytest.mark.parametrize("name", ["khong-co.yml", "."])
def test_what_cannot_be_opened_is_a_finding(tmp_path, name):
    with pytest.raises(ContentError) as error:
        read_marked_yaml(tmp_path / name)
    assert the_only_finding(error) == (ProblemKind.FILE_UNREADABLE, 0)


def test_a_byte_order_mark_is_ignored(tmp_path):
    path = tmp_path / "bom.yml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_marked_yaml(path) == Mapping(1, ((Scalar(1, "a"), Scalar(1, "1")),))


@given(st.text(max_size=200))
def test_any_text_gives_a_tree_or_a_finding(text):
    try:
        tree = parse_marked_yaml(text, "thu.yml")
    except ContentError:
        return
    assert tree.line >= 1


@given(st.recursive(st.text("abcđê ", max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=10))
def test_plain_lists_come_back_as_they_were_written(data):
    def plain(node):
        return [plain(item) for item in node.items] if isinstance(node, Sequence) else node.text

    written = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    assert plain(parse_marked_yaml(written, "thu.yml")) == data
