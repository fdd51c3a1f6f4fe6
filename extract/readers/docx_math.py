"""A formula of Word (Office Math) → the same in one line: fractions with a stroke, powers raised."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
OPERATOR = re.compile(r"[-+−×÷*/=·\s]")


def formula(element: Element) -> str:
    """The formula in one line; '' where it holds no text.

    >>> from xml.etree.ElementTree import fromstring
    >>> ns = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    >>> power = "<sSup><e><r><t>10</t></r></e><sup><r><t>4</t></r></sup></sSup>"
    >>> parts = f"<num><r><t>a+b</t></r></num><den>{power}</den>"
    >>> formula(fromstring(f"<oMath xmlns='{ns}'><f>{parts}</f></oMath>"))
    '(a+b)/10⁴'
    """
    tag = element.tag
    if tag == f"{M}t":
        return element.text or ""
    if tag == f"{M}f":
        return f"{_bracketed(_part(element, 'num'))}/{_bracketed(_part(element, 'den'))}"
    if tag in (f"{M}sSup", f"{M}sSubSup"):
        return _part(element, "e") + _part(element, "sub") + _raised(_part(element, "sup"))
    if tag == f"{M}rad":
        return f"√{_bracketed(_part(element, 'e'))}"
    if tag == f"{M}d":
        inner = (_said(element, "sepChr", "|")).join(formula(part) for part in element.findall(f"{M}e"))
        return _said(element, "begChr", "(") + inner + _said(element, "endChr", ")")
    if tag == f"{M}nary":
        return _said(element, "chr", "∫") + _part(element, "sub") + _raised(_part(element, "sup")) + _part(element, "e")
    return "".join(formula(child) for child in element)


def _part(element: Element, name: str) -> str:
    part = element.find(f"{M}{name}")
    return formula(part) if part is not None else ""


def _said(element: Element, name: str, usual: str) -> str:
    said = element.find(f"*/{M}{name}")
    return usual if said is None else said.get(f"{M}val", "")


def _bracketed(text: str) -> str:
    return f"({text})" if OPERATOR.search(text) else text


def _raised(text: str) -> str:
    raised = text.translate(RAISED)
    return raised if len(raised) and not set(raised) & set(text) else f"^{_bracketed(text)}" if text else ""
