"""Bytes of a file or an answer made text: byte-order marks, declared charsets, guesses, "
"refusals."""

from __future__ import annotations

import codecs
import re

from summarise.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other."""

_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF media file"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"OggS", "an Ogg media file"),
    (b"ID3", "an MP3 file"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,30})", re.I)
_DECLARED_WITHIN = 4096
"""Bytes from the start in which a page declares its charset; the HTML standard reads 1,024."""
_HIGHEST_CONTROL_SHARE = 0.02


def decode(data: bytes, label: str, charset: str | None = None) -> str:
    """The text of `data`, newlines untouched, without a byte-order mark.

    In order: the byte-order mark, `charset` (from an answer's header), the charset that the page
    declares, UTF-8, a guess. Raises InputError where the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding, label)
    _refuse_binary(data, label)
    for declared in (charset, _declared(data), "utf-8"):
        if declared and (text := _try(data, declared)) is not None:
            return _refuse_controls(text, label)
    return _refuse_controls(_guess(data, label), label)


def _decode(data: bytes, encoding: str, label: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{label!r} starts with the byte-order mark of {encoding} but is not valid {encoding} "
            f"({error.reason} at byte {error.start}); save it again as UTF-8"
        ) from error


def _refuse_binary(data: bytes, label: str) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{label!r} is {name}, not text; extract its text first")
    if b"\0" in data[:65536]:
        raise InputError(f"{label!r} holds NUL bytes, so it is binary; expected text or HTML")


def _refuse_controls(text: str, label: str) -> str:
    sample = text[:65536]
    controls = sum(1 for char in sample if char < " " and char not in "\t\n\r\v\f\x1b\x1f")
    if controls > _HIGHEST_CONTROL_SHARE * len(sample):
        raise InputError(f"{label!r} is full of control characters, so it is binary; expected text")
    return text


def _declared(data: bytes) -> str | None:
    head = data[:_DECLARED_WITHIN]
    match = _META_CHARSET.search(head) or _XML_ENCODING.search(head)
    return match[1].decode("ascii", "replace") if match else None


def _try(data: bytes, encoding: str) -> str | None:
    # What is declared as Latin-1 is Windows-1252 in practice (the HTML standard says so, too).
    name = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "utf-8"}
    try:
        return data.decode(name.get(encoding.lower(), encoding))
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(data: bytes, label: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise InputError(f"no encoding fits the bytes of {label!r}; save it as UTF-8 and try again")
    return data.decode(best.encoding)
