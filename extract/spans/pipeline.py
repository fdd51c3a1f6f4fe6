"""The recognisers as components of a spaCy pipeline, displaCy's picture of their spans, and spans as training data.

A blank `zh` pipeline whose tokens are characters; a component writes its spans to `doc.spans["zhibiao"]` and to the
group of its label (`doc.spans["department"]`), and reads what is known of the text from `doc.user_data["zhibiao"]`.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, SpanGroup
from spacy.vocab import Vocab

from extract.spans.page import COLOURS, PAGE, SLICE, SPAN, START
from extract.spans.recognisers import LABELS, Context, Label, Mark, recognised

KEY = "zhibiao"
# displaCy puts a space behind tokens; behind this noncharacter it is known, and both are taken away
_GLUE = "\ufdd0"
Component = Callable[[Doc], Doc]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its spans, under the title that the page shows above it."""

    title: str
    text: str
    marks: Sequence[Mark]


def _register(label: Label) -> Callable[[Language, str], Component]:
    """The component of one label, known to spaCy as `zhibiao_<label>`."""

    @Language.factory(f"zhibiao_{label.lower()}", assigns=["doc.spans"])
    def create(nlp: Language, name: str) -> Component:
        def component(doc: Doc) -> Doc:
            return with_marks(doc, recognised(label, doc.text, doc.user_data.get(KEY)), [label])

        return component

    return create  # type: ignore[no-any-return,unused-ignore]


FACTORIES = {label: _register(label) for label in LABELS}


def pipeline(labels: Sequence[Label] = LABELS) -> Language:
    """A blank pipeline over characters with the recognisers of these labels.

    >>> doc = pipeline()("由市质监局、财政局牵头。")
    >>> [(span.text, span.label_, span.id_) for span in doc.spans["department"]]
    [('市质监局', 'DEPARTMENT', '市质监局'), ('财政局', 'DEPARTMENT', '市财政局')]
    """
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    for label in labels:
        nlp.add_pipe(f"zhibiao_{label.lower()}")
    return nlp


def read(nlp: Language, text: str, context: Context | None = None) -> Doc:
    """A text through a pipeline, with what is known of it from outside."""
    doc = nlp.make_doc(text)
    doc.user_data[KEY] = context or Context()
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def marks_of(doc: Doc) -> list[Mark]:
    """The spans of a document as marks, from left to right.

    >>> marks_of(read(pipeline(["CITATION"]), "见《质量发展纲要》"))
    [Mark(start=1, end=9, label='CITATION', name='质量发展纲要')]
    """
    return sorted(Mark(span.start_char, span.end_char, span.label_, span.id_) for span in doc.spans.get(KEY, ()))


def with_marks(doc: Doc, found: Iterable[Mark], labels: Sequence[Label] = LABELS) -> Doc:
    """The document with spans added to the group of all and to that of each label, empty ones too."""
    for key in (KEY, *map(str.lower, labels)):
        if key not in doc.spans:
            doc.spans[key] = SpanGroup(doc, name=key)
    for mark in found:
        span = doc.char_span(mark.start, mark.end, mark.label, alignment_mode="expand", span_id=mark.name)
        if span is not None:
            doc.spans[KEY].append(span)
            doc.spans[mark.label.lower()].append(span)
    return doc


# ---------------------------------------------------------------- out of the house


def rendered(title: str, passages: Iterable[Marked]) -> str:
    """A page of its own with displaCy's picture of every passage and a legend; texts are escaped."""
    options = {"template": {"span": SPAN, "slice": SLICE, "start": START}, "colors": COLOURS}
    shown = []
    for passage in passages:
        parsed = _parsed(passage)
        picture = displacy.render(parsed, style="span", manual=True, options=options, jupyter=False)
        picture = picture.replace(_GLUE + " ", "").replace(_GLUE, "")
        shown.append(f"<section><h2>{html.escape(passage.title)}</h2>{picture}</section>")
    legend = "".join(f'<li style="border-color:{colour}">{label}</li>' for label, colour in COLOURS.items())
    return PAGE.format(title=html.escape(title), legend=legend, content="\n".join(shown))


def _parsed(passage: Marked) -> dict[str, object]:
    """What displaCy draws: a token a character inside spans, so that lines may break there, and whole runs outside."""
    text = "".join(" " if char.isspace() or char == _GLUE else char for char in passage.text)
    inside = {at for mark in passage.marks for at in range(mark.start, mark.end)}
    starts = [at for at in range(len(text)) if at == 0 or at in inside or at - 1 in inside]
    token_at = {at: number for number, at in enumerate([*starts, len(text)])}
    tokens = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    spans = [
        {"start_token": token_at[mark.start], "end_token": token_at[mark.end], "label": mark.label, "kb_id": ""}
        for mark in passage.marks
    ]
    return {"text": text, "tokens": [token + _GLUE for token in tokens], "spans": spans}


def write_docbin(path: Path, passages: Iterable[Marked]) -> int:
    """Write passages with their spans as training data for a SpanCategorizer with `spans_key = "zhibiao"`; how many.

    It loads with any blank `zh` vocabulary: `DocBin().from_disk(path).get_docs(nlp.vocab)`.
    """
    nlp = pipeline(())
    binned = DocBin(store_user_data=False)
    for passage in passages:
        binned.add(with_marks(nlp.make_doc(passage.text), passage.marks))
    binned.to_disk(path)
    return len(binned)


def read_docbin(path: Path, vocab: Vocab) -> list[Doc]:
    """The documents of training data."""
    return list(DocBin().from_disk(path).get_docs(vocab))
