"""A writer of small PDF files for tests: pages of text in any script, pictures of pages, locks, damage and bombs.

    body = pdf(("First line", "Second line"), ("Second page",), title="Notice")

Text is drawn with a Type0 font that no file holds; the code of a character is its UTF-16 unit, and a ToUnicode map says
so. A reader of text needs no more.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /ToUnicode 4 0 R /DescendantFonts [5 0 R] >>"
)
_DESCENDANT = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /DW 500 /FontDescriptor 6 0 R "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
)
_DESCRIPTOR = (
    "<< /Type /FontDescriptor /FontName /Any /Flags 4 /FontBBox [0 0 500 800] /ItalicAngle 0 /Ascent 800 "
    "/Descent -200 /CapHeight 700 /StemV 80 >>"
)
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Any def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""
_FIXED = 6  # objects before those of the first page
PICTURE = ("\0picture",)  # a page that is a picture


def pdf(*pages: Sequence[str], title: str = "", locked: bool = False) -> bytes:
    """A PDF file with one line of text per string.

    Args:
        pages: The lines of each page; `PICTURE` is a page without any text, as a scanner makes it.
        title: What the file calls itself.
        locked: It wants a password that nobody has.
    """
    numbers = [_FIXED + 1 + 2 * index for index in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _FONT.encode(),
        _stream(_TO_UNICODE),
        _DESCENDANT.encode(),
        _DESCRIPTOR.encode(),
    ]
    for number, lines in zip(numbers, pages, strict=True):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects += [page.encode(), _stream(_picture() if lines == PICTURE else _drawn(lines))]
    return file_of(objects, title=title, locked=locked)


def bomb(megabytes: int) -> bytes:
    """A page whose content is blanks without end behind a compression of a thousand to one."""
    packer = zlib.compressobj(9)
    blank = b" " * (1 << 20)
    packed = b"".join(packer.compress(blank) for _ in range(megabytes)) + packer.flush()
    return file_of([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents 4 0 R >>",
        f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream",
    ])  # fmt: skip


def file_of(objects: Iterable[bytes], *, title: str = "", locked: bool = False) -> bytes:
    """Objects numbered from 1 as a file with a table of where they stand."""
    bodies = list(objects)
    bodies.append(b"<< /Title <" + title.encode("utf-16").hex().encode() + b"> >>")
    trailer = f"/Root 1 0 R /Info {len(bodies)} 0 R"
    if locked:
        key = "00" * 32
        bodies.append(f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{key}> /U <{key}> >>".encode())
        trailer += f" /Encrypt {len(bodies)} 0 R /ID [<{key[:32]}> <{key[:32]}>]"
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(bodies) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _drawn(lines: Sequence[str]) -> bytes:
    drawn = (
        f"1 0 0 1 50 {800 - 14 * number} Tm <{line.encode('utf-16-be').hex()}> Tj" for number, line in enumerate(lines)
    )
    return ("BT /F 10 Tf " + "\n".join(drawn) + " ET").encode()


def _picture() -> bytes:
    return b"q 600 0 0 840 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q"


def _stream(data: bytes) -> bytes:
    return f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
