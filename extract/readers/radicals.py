"""Radicals and compatibility characters → the characters they stand for, where both are the same character.

Browsers print PDFs whose fonts map 人 to U+2F08 (⼈) and 民 to U+2EA0 (⺠): they look alike and no search finds them.
NFKC folds the first kind, of the second only two; the table holds the supplement's radicals that are whole characters.
"""

from __future__ import annotations

import re
import unicodedata

SUPPLEMENT = dict(
    zip(
        "⺁⺄⺆⺎⺐⺒⺓⺔⺕⺘⺙⺛⺜⺝⺞⺟⺠⺣⺥⺨⺩⺬⺭⺰⺲⺶⺹⺺⺽⺾⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙冂兀尢巳幺彑彐扌攵旡日月歺母民灬爫犭王示礻纟罒羊耂肀臼艹虎衤覀西见角讠贝足车辶阝钅長镸长门阝雨青韦页风飞食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
FOLDED = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")


def unradical(text: str) -> str:
    """The text with radicals and compatibility characters as ordinary ones; everything else stays as it is.

    >>> unradical("⼈⺠政府⻔户，ＧＤＰ１％")
    '人民政府门户，ＧＤＰ１％'
    """
    return FOLDED.sub(lambda match: SUPPLEMENT.get(match[0]) or unicodedata.normalize("NFKC", match[0]), text)
