"""What is no file from Word, or a hostile one, is refused; nothing it holds is followed."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from portal.core.errors import Invalid
from portal.features.documents.importing import opening, word
from tests.support.worded import NS, add_run, plan, read, run, saved, texts, with_part


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as error:
        word.read(data)
    return error.value.errors["file"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def archive(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", opening.EMPTY),
        (bytes(opening.FILE_LIMIT + 1), opening.TOO_LARGE),
        (OLE + "WordDocument".encode("utf-16-le"), opening.OLD_WORD),
        (OLE + "EncryptedPackage".encode("utf-16-le"), opening.LOCKED),
        (OLE, opening.OTHER),
        (b"%PDF-1.7\n", opening.PDF),
        (rb"{\rtf1\ansi", opening.RICH_TEXT),
        (archive(mimetype="application/vnd.oasis.opendocument.text", content_xml="<a/>"),
         opening.OPEN_DOCUMENT),
        (archive(xl__workbook_xml="<a/>"), opening.EXCEL),
        (archive(a="b"), opening.OTHER),
        (b"<html>", opening.OTHER),
        (b"PK\x03\x04 broken", opening.BROKEN),
    ],
)  # fmt: skip
def test_other_files_are_told_apart(data: bytes, message: str):
    assert refusal(data) == message


def test_macros_are_refused_by_their_part_and_by_their_type():
    data = saved(plan())
    assert refusal(with_part(data, "word/vbaProject.bin", b"x")) == opening.MACROS
    types = zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml")
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert refusal(with_part(data, "[Content_Types].xml", macro)) == opening.MACROS


def test_a_zip_bomb_is_refused_quickly():
    bomb = with_part(saved(plan()), "word/document.xml", b" " * 50_000_000)
    assert len(bomb) < 200_000
    began = time.perf_counter()
    assert refusal(bomb) == opening.SWOLLEN
    assert time.perf_counter() - began < 2


def test_a_bomb_that_declares_a_small_size_is_refused():
    data = with_part(saved(plan()), "word/document.xml", b" " * 50_000_000)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        size = made.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    assert refusal(data.replace(size, (1000).to_bytes(4, "little"))) in {
        opening.SWOLLEN,
        opening.BROKEN,
    }


def test_thousands_of_parts_are_refused():
    stream = io.BytesIO(saved(plan()))
    with zipfile.ZipFile(stream, "a") as made:
        for number in range(2001):
            made.writestr(f"word/media/{number}", b"")
    assert refusal(stream.getvalue()) == opening.SWOLLEN


BOMB = "".join(f'<!ENTITY a{n + 1} "{"&a" + str(n) + ";" * 1}{("&a" + str(n) + ";") * 9}">'
               for n in range(9))  # fmt: skip


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % d SYSTEM "http://127.0.0.1:9/x"> %d;<!ENTITY x "y">',
        f'<!ENTITY a0 "aaaaaaaaaa">{BOMB}<!ENTITY x "&a9;">',
    ],
)
@pytest.mark.parametrize("place", ["text", "attribute"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_followed(declared: str, place: str, encoding: str):
    inner = "<w:t>&x;</w:t>" if place == "text" else '<w:t w:x="&x;">a</w:t>'
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w:document [{declared}]>'
        f"<w:document {NS}><w:body><w:p><w:r>{inner}</w:r></w:p></w:body></w:document>"
    )
    message = refusal(with_part(saved(plan()), "word/document.xml", xml.encode(encoding)))
    assert message in {opening.FOREIGN, opening.BROKEN}


def test_relationships_that_lead_outside_are_not_followed():
    document = plan()
    document.add_paragraph("1. Nội dung.")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    document.part.relate_to("http://127.0.0.1:9/t.dotm", kind, is_external=True)
    assert texts(read(document)) == ["Nội dung."]


def test_a_main_part_outside_is_refused():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    xml = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{kind}" Target="http://127.0.0.1:9/" TargetMode="External"/>'
        "</Relationships>"
    )
    assert refusal(with_part(saved(plan()), "_rels/.rels", xml.encode())) == opening.OTHER


@pytest.mark.parametrize("tag", ["sdt", "tbl><w:tr><w:tc", "ins"])
def test_deep_nesting_is_refused_or_read_but_never_a_crash(tag: str):
    closing = "".join(f"</w:{one.strip('<w:')}>" for one in reversed(tag.split(">")))
    inner = f"<w:{tag}>" * 3000 + closing * 3000
    xml = f"<w:document {NS}><w:body>{inner}</w:body></w:document>".encode()
    assert refusal(with_part(saved(plan()), "word/document.xml", xml)) == opening.BROKEN


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[: len(data) // 2],
        lambda data: with_part(data, "word/document.xml", b"<w:document"),
        lambda data: with_part(data, "word/document.xml", b"<a/>"),
        lambda data: with_part(data, "word/numbering.xml", b"\x00"),
        lambda data: data.replace(b"word/document.xml", b"word/d0cument.xml"),
    ],
)
def test_broken_files_are_refused(change: Callable[[bytes], bytes]):
    assert refusal(change(saved(plan()))) in {opening.BROKEN, opening.OTHER}


def test_nonsense_numbers_in_a_file_do_no_harm():
    document = plan()
    properties = (
        '<w:pPr><w:pStyle w:val="?"/><w:numPr><w:ilvl w:val="99"/><w:numId w:val="x"/>'
        "</w:numPr></w:pPr>"
    )
    add_run(document, run("1. Nội dung."), properties)
    assert texts(read(document)) == ["Nội dung."]


def test_two_hundred_pages_are_read_within_three_seconds():
    lines = "".join(
        f"<w:p><w:pPr><w:jc w:val='both'/></w:pPr>{run('- Tổ chức lấy ý kiến của ')}"
        f"{run('người dân trên địa bàn; ')}{run('báo cáo kết quả về UBND phường. ' * 3)}</w:p>"
        for _ in range(6000)
    )
    xml = f"<w:document {NS}><w:body>{lines}</w:body></w:document>".encode()
    data = with_part(saved(plan()), "word/document.xml", xml)
    began = time.process_time()
    assert len(word.read(data).sections) == 6000
    assert time.process_time() - began < 6  # 3 s on a machine of its own
