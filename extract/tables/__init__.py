"""Tables as a reader found them → logical tables, the same for every format.

`pieces` makes a table even, `headers` finds its header and says what its columns hold, `chains` tells which pieces are
one table, `spans` says which cell every place belongs to, `turns` joins what a page turn parted, `looks` tells kinds of
columns by their cells, `stitching` puts it all together.
"""

from extract.tables.headers import column_role
from extract.tables.stitching import Slot, Stitched, stitched

__all__ = ["Slot", "Stitched", "column_role", "stitched"]
