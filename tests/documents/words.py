"""Words that no list of the project holds: places, things, works and phrases of a country that does not exist."""

from __future__ import annotations

PROVINCE, CITY, COUNTY = "云栎省", "澄栎市", "栖栎县"

STEMS = (
    "苔径", "萤廊", "鹭堤", "砚田", "榫坊", "蓑渡", "菱塘", "楮纸", "箬桥", "蚕浦", "棹湾", "芦汀",
    "藻屏", "磬谷", "岫林", "缂铺", "漆巷", "簪坡", "竽台", "鸢场", "桐荫", "莼池", "蕨园", "螺埠",
    "碓房", "笕渠", "廪窖", "埙社", "釉窑", "杼机", "舢坞", "茭垄", "榧坞", "蔺席", "鲥汛", "蓼滩",
    "檐灯", "砧石", "榉苗", "桠柑", "蝉荫", "缫车", "篾器", "柞岭", "陂闸", "锔瓷", "甑酒", "笋栈",
    "鼋潭", "藕畦", "葛棚", "蟾溪", "翎馆", "梭织", "蕈棚", "荇湾", "埭坝", "铎铃", "笺谱", "橹坊",
)  # fmt: skip
"""Things that offices of that country look after; each is drawn once in a document."""

WORKS = ("巡养", "营造", "护育", "统调", "督造", "修葺", "守望", "汇辑")
"""What an office does with a thing; part of its name."""

MEASURES = (
    ("连缀率", "%"), ("鲜亮率", "%"), ("入册率", "%"), ("复叩率", "%"), ("巡养率", "%"),
    ("径长", "公里"), ("铺面", "公顷"), ("岁入", "亿元"), ("藏量", "吨"), ("匠籍", "户"),
)  # fmt: skip
"""What is counted of a thing, and the unit; more is better."""

EVILS = (("折损率", "%"), ("走失数", "起"), ("怨诉量", "件"), ("淤积量", "吨"))
"""What is counted of a thing; less is better."""

DEEDS = ("缮写", "绘就", "添置", "编排", "汇辑", "张挂", "修葺", "打磨")
OBJECTS = ("簿册", "图卷", "驿亭", "口诀", "样本", "碑记", "谱系", "灯号")
"""A deed and its object around a thing: 缮写苔径簿册."""

AIMS = ("让往来乡邻随处可歇", "使老匠人手艺不致失散", "为四时游赏添些意趣", "令晨昏巡养皆有凭据", "叫远客近邻各得其便")
"""What a deed is for; closes a sentence without asking for anything that can be counted."""

THEMES = ("水乡旧物看护", "山野清趣营建", "巷陌匠艺延续", "岸线闲景整饬", "田舍风物存续", "津渡往来便利")
"""What a whole document is about."""

BACKGROUND = (
    "旧时津渡与巷陌彼此相望，远客多在此歇脚，留下许多可供玩味的风物。",
    "近来晴雨无常，许多旧物渐渐剥蚀，乡邻对此颇多牵挂。",
    "往后宜顺着水势山形，慢慢理出头绪，不求一时热闹。",
    "诸般物事彼此勾连，轻忽一处，别处也难独善。",
)
"""Sentences that ask nothing of anybody."""

PRINCIPLES = (
    ("顺其天性", "凡事依着草木水石的脾性，不强求齐整。"),
    ("量力徐行", "先易后难，由近及远，留出回旋余地。"),
    ("众人同乐", "乡邻愿意才算数，热闹处大家共赏。"),
)
"""A principle and its sentence."""

CHECKS = ("翻看簿册", "踏看实景", "叩问乡邻", "比对图卷", "抽听口诀")
"""How a judge makes sure."""

GRADES = (("上选", "中选", "末选"), ("朱榜", "墨榜", "素榜"), ("三灯", "两灯", "一灯"))
"""Grades that are awarded, the best first."""

FAULTS = ("字迹漫漶", "灯号错乱", "图卷散佚", "驿亭倾颓", "口诀讹传", "碑记失修")
"""What a judge may come upon."""

HONOURS = ("云栎雅匠", "水乡清誉", "山野嘉名", "巷陌美谈")
"""What a place may win."""

CITED = ("旧物看护通则", "津渡规约辑要", "匠艺传习长编", "岸线闲景纲目", "风物存续通例")
"""Titles of other documents."""

GOALS = ("众口称善", "远近知名")
"""What a qualitative indicator is to reach."""

VIRTUES = ("声气", "意趣", "风致", "声名远播")
"""What is judged of a thing without counting."""

MEETINGS = ("雅集", "茶叙", "巡看")
"""What is to take place so many times."""


def invented() -> list[str]:
    """Every word and sentence of this module."""
    lists = (
        STEMS,
        WORKS,
        DEEDS,
        OBJECTS,
        AIMS,
        THEMES,
        BACKGROUND,
        CHECKS,
        FAULTS,
        HONOURS,
        CITED,
        GOALS,
        VIRTUES,
        MEETINGS,
    )
    counted = [name for name, _ in (*MEASURES, *EVILS)]
    rest = [text for group in (*PRINCIPLES, *GRADES) for text in group]
    return [PROVINCE, CITY, COUNTY, *counted, *rest, *(text for one in lists for text in one)]
