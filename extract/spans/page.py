"""The page around displaCy's picture of spans: its frame, its colours, and short templates."""

COLOURS = {  # dark text on each has a contrast above 7
    "DEPARTMENT": "#9ecae8",
    "INDICATOR": "#b5d99c",
    "THRESHOLD": "#f6c177",
    "POINTS": "#e9b3d3",
    "DEADLINE": "#c9b8ea",
    "CITATION": "#d0d3d8",
    "ROLE": "#f0e38c",
}
SPAN = '<b style="height:{total_height}px">{text}{span_slices}{span_starts}</b>'
SLICE = '<i style="background:{bg};top:{top_offset}px"></i>'
START = '<i style="background:{bg};top:{top_offset}px"><u style="background:{bg}">{label}{kb_link}</u></i>'
PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  max-width: 60rem; margin: 0 auto; padding: 1rem; color: #1c2024; background: #fff }}
h1 {{ font-size: 1.3rem }}
h2 {{ font-size: .8rem; font-weight: normal; color: #5a6068; margin: 0 }}
section {{ border-top: 1px solid #dde0e4; padding: .4rem 0; overflow-wrap: anywhere; overflow-x: clip }}
.spans b {{ display: inline-block; position: relative; font-weight: normal; white-space: pre }}
.spans i {{ position: absolute; left: -1px; width: calc(100% + 2px); height: 4px }}
.spans u {{ position: absolute; top: -.4em; left: 0; z-index: 1; padding: 1px 3px; border-radius: 3px;
  font: 600 9px/1.2 sans-serif; color: #000; text-decoration: none; white-space: nowrap }}
ul {{ display: flex; flex-wrap: wrap; gap: .5rem 1.2rem; padding: 0; list-style: none; position: sticky; top: 0;
  background: #fff; z-index: 2; font-size: .8rem }}
li {{ border-bottom: 5px solid; padding: 0 .2rem }}
</style></head>
<body><h1>{title}</h1><ul aria-label="legend">{legend}</ul>
{content}
</body></html>
"""
