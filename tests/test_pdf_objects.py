"""Edges of a page against pdfplumber's, under every turn of the page; what the text objects and pictures tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from made_pdfs import Paper, printed

from extract.readers.pdf_objects import Drawn, read_objects
from extract.readers.pdf_pdfium import opened


def drawn(path: Path, number: int = 1) -> Drawn:
    with opened(path) as file, file.page(number) as page:
        return read_objects(page)


def shapes(paper: Paper) -> None:
    """Lines, boxes, a curve, a path of several pieces, and a form inside a form, scaled and turned."""
    canvas = paper.canvas
    paper.rule(50, 50, 300, 50)
    paper.rule(50, 50, 50, 200)
    paper.rule(60, 60, 90, 110)
    paper.box(100, 100, 200, 150)
    canvas.rect(300, 300, 80, 1.5, stroke=0, fill=1)
    path = canvas.beginPath()
    path.moveTo(100, 400)
    path.lineTo(200, 400)
    path.lineTo(200, 450)
    path.curveTo(200, 470, 180, 480, 150, 480)
    path.moveTo(20, 20)
    path.lineTo(20, 90)
    path.rect(300, 500, 40, 30)
    canvas.drawPath(path)
    canvas.beginForm("inner")
    canvas.line(0, 0, 40, 0)
    canvas.rect(5, 5, 20, 10)
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.saveState()
    canvas.translate(10, 10)
    canvas.scale(2, 3)
    canvas.doForm("inner")
    canvas.restoreState()
    canvas.endForm()
    canvas.saveState()
    canvas.translate(300, 600)
    canvas.rotate(90)
    canvas.doForm("outer")
    canvas.restoreState()


def sides(edges: list[Any]) -> list[tuple[Any, ...]]:
    """Edges without order, in tenths of a point, those that pdfplumber gives no direction left out."""
    kept = [edge for edge in edges if edge["orientation"]]
    places = ("x0", "top", "x1", "bottom")
    return sorted((edge["orientation"], *(round(float(edge[side]), 1) + 0.0 for side in places)) for edge in kept)


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_edges_are_pdfplumbers(tmp_path: Path, turns: int) -> None:
    """Every rule, side of a box and straight piece of a path stands where pdfplumber sees it on the page as shown."""

    def page(paper: Paper) -> None:
        paper.canvas.setPageRotation(turns)
        shapes(paper)

    path = printed(tmp_path / "shapes.pdf", page)
    with pdfplumber.open(path) as document:
        expected = sides(document.pages[0].edges)
    names = ("orientation", "x0", "top", "x1", "bottom")
    found = [dict(zip(names, ("h" if edge.level else "v", *edge[1:]), strict=True)) for edge in drawn(path).edges]
    assert sides(found) == expected
    assert len(expected) > 20


@pytest.mark.parametrize(("angle", "turned"), [(0, False), (90, True), (45, True), (180, True)])
def test_turned_text_is_noticed(tmp_path: Path, angle: float, turned: bool) -> None:
    """A text object that does not stand upright turns the page's flag on."""
    path = printed(tmp_path / "turned.pdf", lambda paper: paper.text(200, 300, "甲乙", turned=angle))
    assert (drawn(path).texts, drawn(path).turned) == (1, turned)


def test_pictures_count_by_their_share_of_the_page(tmp_path: Path) -> None:
    """A picture is known by the share of the page that it covers."""
    from PIL import Image

    Image.new("L", (10, 10)).save(tmp_path / "dot.png")
    path = printed(tmp_path / "p.pdf", lambda paper: paper.canvas.drawImage(str(tmp_path / "dot.png"), 0, 0, 595, 421))
    assert [round(share, 2) for share in drawn(path).pictures] == [0.5]
