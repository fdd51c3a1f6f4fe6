"""The tables of a file as `extract` stitched them, for a listing."""

from __future__ import annotations

from pathlib import Path

from kb.listing import Rows


def table_rows(path: Path) -> Rows:
    """One row for each row of each table: its table and row, and the cells of columns c1, c2 …; row 0 is the header.

    A place that a merged cell covers shows its text behind ^, a cell that the source lost shows ?.
    """
    from extract.formats import read_pages
    from extract.layout import Grid, GridCell, lay_out

    def shown(cell: GridCell) -> str:
        return "?" if cell.lost else f"^{cell.whole}" if cell.merged else cell.text

    grids = [item for item in lay_out(read_pages(path)).content if isinstance(item, Grid)]
    width = max((len(row) for grid in grids for row in grid.rows), default=0)
    rows: list[dict[str, object]] = []
    for grid in grids:
        texts = [(0, list(grid.header))] if any(grid.header) else []
        texts += [(number, [shown(cell) for cell in row]) for number, row in enumerate(grid.rows, 1)]
        for number, cells in texts:
            filled = cells + [""] * (width - len(cells))
            rows.append({"table": grid.number, "row": number} | {f"c{i}": text for i, text in enumerate(filled, 1)})
    return rows
