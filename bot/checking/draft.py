"""A draft as a file: plain text, Markdown or Word, read within bounds, whatever stands in it."""

import io
import re
import zipfile
import zlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from bot.errors import DraftProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.table import Table

MAX_DRAFT = 50_000  # characters
MAX_NUMBERS = 3_000  # real reports have less than a thousand in as many characters
MAX_FILE = 16 << 20  # bytes of a file as it is given
KINDS = (".txt", ".md", ".docx")
_MAX_UNPACKED = 64 << 20  # bytes of all parts of a Word file together: a bomb unpacks to far more
_MAX_XML = 6 << 20  # bytes of its parts that may be XML: read, each takes many times its size
# How pictures and what else is no XML begin, whatever they are called: PNG, JPEG, GIF, BMP, TIFF, WMF, EMF, OLE, zip.
_NO_XML = (b"\x89PNG", b"\xff\xd8", b"GIF8", b"BM", b"II*", b"MM\0*", b"\xd7\xcd", b"\1\0\0\0", b"\xd0\xcf", b"PK")
_MAX_PARTS = 2_000
_MAX_COLUMNS = 1_000  # that a cell of a table can span
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_draft(name: str, data: bytes) -> str:
    """The text of the file `name` whose content is `data`: .txt and .md as they are, .docx paragraph by paragraph.

    Raises:
        DraftProblem: it is of another kind, cannot be read, is empty or too long.
    """
    kind = PurePath(name).suffix.lower()
    if kind not in KINDS:
        raise DraftProblem(f"不能读“{PurePath(name).name}”：只能读 {'、'.join(KINDS)} 文件。")
    if len(data) > MAX_FILE:
        raise DraftProblem(f"文件太大，请控制在 {MAX_FILE >> 20} MB 以内。")
    return bounded(_from_word(data) if kind == ".docx" else _decoded(data))


def bounded(draft: str) -> str:
    """The draft itself, where it holds something and is not too long nor all numbers. Raises DraftProblem."""
    if len(draft) > MAX_DRAFT:
        raise DraftProblem(f"文稿太长（{len(draft)} 字），请控制在 {MAX_DRAFT} 字以内。")
    if not any(char.isalnum() for char in draft):
        raise DraftProblem("文稿是空的，请给出要核对的文字。")
    if sum(1 for _ in _NUMBER.finditer(draft)) > MAX_NUMBERS:
        raise DraftProblem(f"文稿里的数字太多，请分成几段核对，每段最多 {MAX_NUMBERS} 个。")
    return draft


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DraftProblem("读不出文字，请存为 UTF-8 编码的文本。")


def _from_word(data: bytes) -> str:
    _check_archive(data)
    from docx import Document

    try:
        return "\n".join(_lines(Document(io.BytesIO(data))))
    except Exception as error:  # what a hostile file brings about in the library, the reader is told one thing
        raise DraftProblem("这不是完好的 Word 文件（.docx），请用 Word 重新保存一次。") from error


def _check_archive(data: bytes) -> None:
    """Refuse, before anything is unpacked, what is no Word file or would unpack to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            is_large = len(parts) > _MAX_PARTS or _is_too_large(archive)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise DraftProblem("这不是 Word 文件（.docx）；旧的 .doc 请先另存为 .docx。") from error
    if is_large:
        raise DraftProblem("这个 Word 文件解开后太大，请把文字另存为文本再核对。")
    if any(part.flag_bits & 1 for part in parts):
        raise DraftProblem("这个 Word 文件加了密，请去掉密码再核对。")


def _is_too_large(archive: zipfile.ZipFile) -> bool:
    """Whether its parts are too much to unpack, or those that may be XML too much to read."""
    size = xml = 0
    for part in archive.infolist():
        size += part.file_size
        if part.file_size > _MAX_XML >> 4 and not part.flag_bits & 1:
            with archive.open(part) as opened:
                xml += 0 if opened.read(4).startswith(_NO_XML) else part.file_size
        else:
            xml += part.file_size
    return size > _MAX_UNPACKED or xml > _MAX_XML


def _lines(document: "Document") -> "Iterator[str]":
    """The paragraphs and table rows of a Word file, in order; stops where there are too many characters."""
    from docx.table import Table as IsTable

    count = 0
    for block in document.iter_inner_content():
        for line in _rows(block) if isinstance(block, IsTable) else (block.text,):
            yield line
            count += len(line) + 1
            if count > MAX_DRAFT:
                return


def _rows(table: "Table") -> "Iterator[str]":
    """The rows of a table, each cell once however many columns it spans; what spans rows stands in each of them.

    The library's own cells are not used: it makes as many of them as a file claims that one spans.
    """
    from docx.text.paragraph import Paragraph

    above: dict[int, str] = {}
    for row in table._tbl.tr_lst:
        column, cells = 0, []
        for cell in row.tc_lst:
            if cell.vMerge != "continue":
                above[column] = " ".join(Paragraph(one, table).text for one in cell.p_lst).replace("\n", " ")
            cells.append(above.get(column, ""))
            column += min(cell.grid_span, _MAX_COLUMNS)
        yield "\t".join(cells)
