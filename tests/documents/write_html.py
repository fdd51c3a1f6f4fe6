"""A document as a government site publishes it: navigation, a way back, the text in its box, a footer."""

from __future__ import annotations

from html import escape
from pathlib import Path

from documents.paper import Cell, Grid, Line, Paper

STYLES = {
    "title": "text-align:center;font-size:22px",
    "caption": "text-align:center",
    "number": "text-align:center",
    "signature": "text-align:right",
    "date": "text-align:right",
    "addressees": "",
}
INDENT = "text-indent:2em"
HEAD = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<style>td {{ border: 1px solid #000 }}</style><script>var page = 1;</script></head>
<body><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/hd/">互动交流</a></li></ul>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a></div>
<div class="content">
"""
FOOT = """
</div>
<div class="footer"><a href="/about/">关于我们</a> | <a href="/map/">网站地图</a></div>
</body></html>
"""


def write_html(paper: Paper, path: Path) -> None:
    """A page of a government site, its lines as paragraphs or, on every other page, as what an editor left."""
    line = _spanned_line if paper.seed % 2 else _line
    body = "\n".join(_table(block) if isinstance(block, Grid) else line(block) for block in paper.blocks)
    path.write_text(HEAD.format(title=escape(paper.truth.head.title)) + body + FOOT, encoding="utf-8")


def _line(line: Line) -> str:
    text = escape(line.text).replace("\n", "<br>")
    text = f"<strong>{text}</strong>" if line.kind in ("title", "heading", "caption") else text
    return f'<p style="{STYLES.get(line.kind, INDENT)}">{text}</p>'


def _spanned_line(line: Line) -> str:
    indent = "" if line.kind in STYLES else "&nbsp;&nbsp;&nbsp;&nbsp;"
    text = escape(line.text).replace("\n", "<br/>")
    return f'<div style="{STYLES.get(line.kind, "")}"><span style="font-family:仿宋">{indent}{text}</span></div>'


def _table(grid: Grid) -> str:
    rows = ("<tr>" + "".join(_cell(cell) for cell in row if cell) + "</tr>" for row in grid.rows())
    return '<table border="1" cellspacing="0"><tbody>\n' + "\n".join(rows) + "\n</tbody></table>"


def _cell(cell: Cell) -> str:
    spans = (f' rowspan="{cell.height}"' if cell.height > 1 else "") + (
        f' colspan="{cell.width}"' if cell.width > 1 else ""
    )
    return f"<td{spans}>{escape(cell.text).replace(chr(10), '<br>')}</td>"
