"""What Datasette loads from its folder of plugins: the hooks of the site."""

import sys
from pathlib import Path

# a published folder brings the code along
_LIB = Path(__file__).resolve().parent.parent / "lib"
if _LIB.is_dir() and str(_LIB) not in sys.path:
    sys.path.insert(0, str(_LIB))

from kb.site.hooks import *  # noqa: E402, F403  a plugin is the names of its module
