"""Character recognition: rapidocr with the models of its wheel, or the outside program tesseract → pieces of text.

Neither is asked for before a page needs it; without either the message names what to install.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import Any, Literal

from extract.errors import UnreadableFile

EngineName = Literal["auto", "rapidocr", "tesseract"]
TIME_LIMIT = 120  # seconds a page of tesseract
WORDS_APART = 1.5  # heights between two words of a line that may stand in two columns
MISSING = (
    "is a scan and no character recognition is installed: pip install 'zhibiao[ocr]', "
    "or the Debian packages tesseract-ocr and tesseract-ocr-chi-sim"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of recognised text: its rectangle in pixels (x0, top, x1, bottom) and how sure the engine is, 0 to 1."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


Engine = Callable[[Any], list[Piece]]


def recognition(name: EngineName = "auto") -> Engine:
    """What reads a picture of a page; UnreadableFile where the engine asked for is not installed."""
    if name in {"auto", "rapidocr"} and (engine := _rapidocr()) is not None:
        return lambda picture: list(_rapidocr_pieces(engine, picture))
    if name in {"auto", "tesseract"} and (program := tesseract()) is not None:
        return lambda picture: list(_tesseract_pieces(program, picture))
    raise UnreadableFile(MISSING)


@cache
def _rapidocr() -> Any:
    """The engine, loaded once a process; `None` where it is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    # without its classifier of upside-down lines: that garbles upright ones
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error"})


def _rapidocr_pieces(engine: Any, picture: Any) -> Iterator[Piece]:
    found = engine(picture.convert("RGB"), use_cls=False)
    if found.boxes is None or found.txts is None:
        return
    for corners, text, score in zip(found.boxes.tolist(), found.txts, found.scores, strict=True):
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        if text.strip():
            yield Piece(text.strip(), (min(xs), min(ys), max(xs), max(ys)), float(score))


@cache
def tesseract() -> str | None:
    """The program, where it and its Chinese data are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=TIME_LIMIT)
    return program if "chi_sim" in listed.stdout.split() else None


def _tesseract_pieces(program: str, picture: Any) -> Iterator[Piece]:
    """The lines of a page, parted at wide gaps; tesseract gives every Chinese character or two as a word of its own."""
    page = io.BytesIO()
    picture.save(page, "PNG")
    run = subprocess.run(
        [program, "stdin", "stdout", "-l", "chi_sim", "--psm", "3", "tsv"],
        input=page.getvalue(),
        capture_output=True,
        check=False,
        timeout=TIME_LIMIT,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    if run.returncode:
        raise UnreadableFile("is a scan that tesseract cannot read; install zhibiao[ocr] instead")
    rows = csv.DictReader(io.StringIO(run.stdout.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in rows if row["level"] == "5" and row["text"].strip())
    for _, line in groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        yield from _joined_words([_word(row) for row in line])


def _word(row: dict[str, str]) -> Piece:
    left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
    return Piece(row["text"].strip(), (left, top, left + width, top + height), float(row["conf"]) / 100)


def _joined_words(words: list[Piece]) -> Iterator[Piece]:
    """Words of a line in the order of the engine (their boxes overlap); Latin words keep their space."""
    whole = words[0]
    for before, word in pairwise(words):
        if word.box[0] - before.box[2] > WORDS_APART * whole.height:
            yield whole
            whole = word
            continue
        space = " " if before.text[-1].isascii() and word.text[0].isascii() else ""
        size = len(whole.text) + len(word.text)
        sure = (whole.confidence * len(whole.text) + word.confidence * len(word.text)) / size
        boxes = (whole.box, word.box)
        box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        whole = Piece(whole.text + space + word.text, box, sure)
    yield whole
