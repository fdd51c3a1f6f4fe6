"""The search index: it finds exactly the rows that contain every word, and stays true whatever is written."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st
from small_base import small_base

from kb.base import memory_base, open_base, transaction
from kb.demo import ingest_bundled
from kb.ingest import given_files, ingest
from kb.search import index
from kb.search.pairs import contains, folded, match_expression, pairs, spans, words
from kb.site import SITE

# characters that have tripped tokenizers: marks, both widths, both cases, accents, outside the basic plane, control
ALPHABET = st.sampled_from("质量标准化率aAbZ9８％%（(\"'“、，,。-_*^:é́ß\u0130ſ𠮷\ue5d2\x00\x07\u3000 \n〔①")
TEXTS = st.text(ALPHABET, max_size=12)


def found(base: sqlite3.Connection, table: str, query: str) -> list[int]:
    """The ids that the index gives for a query."""
    rows = base.execute(
        f"select rowid from {table}_fts where {table}_fts match ? order by rowid", (match_expression(query),)
    )
    return [row[0] for row in rows]


def holding(base: sqlite3.Connection, table: str, query: str) -> list[int]:
    """The ids of the rows that contain every word of a query, in one searched column or another."""
    asked, columns = words(query), index.INDEXED[table]
    rows = base.execute(f"select id, {', '.join(columns)} from {table} order by id").fetchall()
    return [
        row["id"]
        for row in rows
        if asked and all(any(contains(row[name], [word]) for name in columns) for word in asked)
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled documents as a base."""
    path: Path = tmp_path_factory.mktemp("search") / "bundled.db"
    with closing(open_base(path, create=True)) as connection:
        assert {outcome.status for outcome in ingest_bundled(connection, path)} == {"added"}
    return path


@pytest.fixture(scope="module")
def bundled(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_base(path)) as connection:
        yield connection


def one_text(text: str) -> sqlite3.Connection:
    """An index that holds one text."""
    connection = sqlite3.connect(":memory:")
    connection.execute('create virtual table t_fts using fts5(text, tokenize="ascii")')
    connection.execute("insert into t_fts values (?)", (pairs(text),))
    return connection


@given(TEXTS, TEXTS)
def test_a_text_is_found_when_it_contains_every_word(text: str, query: str) -> None:
    """Whatever characters text and query are made of, the index and a look at the text agree."""
    expected = bool(words(query)) and contains(text, words(query))
    with closing(one_text(text)) as connection:
        assert (found(connection, "t", query) == [1]) is expected


@given(st.text(max_size=30), st.data())
def test_every_part_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    """A piece of any Unicode text finds that text, as long as it is more than white space."""
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]
    with closing(one_text(text)) as connection:
        assert found(connection, "t", piece) == ([1] if piece.split() else [])


@given(st.text())
def test_folding_keeps_places(text: str) -> None:
    """A folded text is as long as the text and folds to itself, so that places found in it are places of the text."""
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_spans_mark_the_words_and_nothing_else(text: str, asked: list[str]) -> None:
    """A character is marked when it is part of an occurrence of a word; marked stretches are apart and in order."""
    sought = words(" ".join(asked))
    marked = {place for start, end in spans(text, sought) for place in range(start, end)}
    expected = {
        place
        for word in sought
        for start in range(len(text))
        if folded(text).startswith(word, start)
        for place in range(start, start + len(word))
    }
    assert marked == expected
    ends = [end for span in spans(text, sought) for end in span]
    assert ends == sorted(set(ends))


@pytest.mark.parametrize(
    "query", ["标准", "计量", "化标", "首席质量官", "牵头 首席质量官", "质量 标准", "率", "8%", "("]
)
@pytest.mark.parametrize("table", index.INDEXED)
def test_words_find_exactly_the_rows_that_contain_them(bundled: sqlite3.Connection, table: str, query: str) -> None:
    """Words of two characters, across the words of a dictionary, single characters, marks, and several words."""
    assert found(bundled, table, query) == holding(bundled, table, query)


def test_the_words_asked_for_are_in_the_bundled_documents(bundled: sqlite3.Connection) -> None:
    """The comparison above compares something, and LIKE gives the same passages for Chinese words."""
    for word in ("标准", "计量", "量强", "质量"):
        rows = bundled.execute("select id from passages where text like ? order by id", (f"%{word}%",))
        assert [row[0] for row in rows] == found(bundled, "passages", word) != []


def test_the_real_documents_are_searched_exactly(shared: Path, tmp_path: Path) -> None:
    """In the documents as they came, LIKE and the index give the same passages for Chinese words."""
    with closing(open_base(tmp_path / "real.db", create=True)) as base:
        outcomes = ingest(base, None, list(given_files([shared / "corpus" / "text"])))
        assert {outcome.status for outcome in outcomes} == {"added"}
        for query in ("标准", "计量", "化标", "首席质量官", "牵头 首席质量官", "牵头 质量"):
            like = " and ".join("text like ?" for _ in query.split())
            rows = base.execute(f"select id from passages where {like} order by id", [f"%{w}%" for w in query.split()])
            assert [row[0] for row in rows] == found(base, "passages", query), query
        assert found(base, "passages", "化标")
        assert found(base, "passages", "牵头 质量")


def test_random_pieces_of_the_documents_are_found_exactly(bundled: sqlite3.Connection) -> None:
    """400 pieces of passages, some joined to two words, find the passages that contain them and no other."""
    texts = [row["text"] for row in bundled.execute("select text from passages order by id")]
    chance = random.Random(6)

    def piece() -> str:
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        return text[start : start + chance.choice((1, 2, 2, 3, 4, 8, 20))]

    for number in range(400):
        query = f"{piece()} {piece()}" if number % 4 == 0 else piece()
        assert found(bundled, "passages", query) == holding(bundled, "passages", query), query


def test_five_hundred_words_can_be_asked_for(bundled: sqlite3.Connection) -> None:
    """A query of any length is a query: it is no error, and pasted text finds the passage that it was taken from."""
    assert found(bundled, "passages", " ".join(f"质量{number}" for number in range(500))) == []
    longest = bundled.execute("select id, text from passages order by length(text) desc limit 1").fetchone()
    assert longest["id"] in found(bundled, "passages", longest["text"])


def assert_true(base: sqlite3.Connection) -> None:
    """The index is that of the texts as they are now."""
    for table, columns in index.INDEXED.items():
        base.execute(f"insert into {table}_fts({table}_fts) values ('integrity-check')")
        texts = [row[0] for column in columns for row in base.execute(f"select {column} from {table}")]
        for char in {char for text in texts if text for char in text if not char.isspace()} | {"龘"}:
            assert found(base, table, char) == holding(base, table, char), (table, char)


def test_the_index_follows_every_change() -> None:
    """Insert, update, replacement, delete and a transaction undone leave the index true."""
    base = small_base()
    assert_true(base)
    base.execute("update clauses set title = '计量器具受检', verification = null where code = 'B1'")
    base.execute("update plan_items set text = '建设计量标准' where code = '2'")
    base.execute("update departments set id = id + 100 where name = '市财政局'")
    base.execute("insert or replace into indicators (id, name) values (1, '万人发明专利')")
    base.execute("delete from assignments")
    base.execute("delete from departments where is_group = 1")
    assert_true(base)
    assert found(base, "plan_items", "计量标准")
    assert found(base, "clauses", "计量器")
    base.execute("begin")
    base.execute("update passages set text = '尚未提交'")
    base.execute("rollback")
    assert found(base, "passages", "尚未提交") == []
    assert_true(base)


def test_the_index_can_be_made_anew() -> None:
    """A base that lost its index, its triggers or both has them again after `build`, with the same answers."""
    base = small_base()
    before = {table: found(base, table, "质") for table in index.INDEXED}
    base.execute("drop table passages_fts")
    base.execute("drop trigger clauses_fts_update")
    base.execute("delete from indicators")
    with transaction(base):
        index.build(base)
    assert_true(base)
    assert found(base, "passages", "质") == before["passages"] != []
    base.execute("update clauses set title = '新题'")
    assert_true(base)
    base = memory_base()
    index.build(base)
    assert_true(base)


def test_another_program_cannot_leave_the_index_behind(path: Path, tmp_path: Path) -> None:
    """A connection without the function `pairs` reads and searches, but changes no indexed text."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(copy)) as other:
        assert found(other, "passages", "质量")
        with pytest.raises(sqlite3.OperationalError, match="pairs"):
            other.execute("update passages set text = 'x'")


# ---------------------------------------------------------------- Datasette


def served(path: Path, *addresses: str) -> list[dict[str, object]]:
    """What a Datasette with the plugins of `zhibiao serve` answers."""

    async def answers() -> list[dict[str, object]]:
        site = Datasette([str(path)], plugins_dir=str(SITE / "plugins"), template_dir=str(SITE / "templates"))
        await site.invoke_startup()
        return [(await site.client.get(address)).json() for address in addresses]

    return asyncio.run(answers())


@pytest.mark.parametrize("table", index.INDEXED)
def test_the_search_box_of_every_table_is_exact(path: Path, bundled: sqlite3.Connection, table: str) -> None:
    """Datasette finds the index of each table, and `_search` gives the rows that contain every word."""
    queries = ["标准", "计量", "化标", "首席质量官", "质量 标准", "率", "(5分)", '"', "市"]
    addresses = (f"/bundled/{table}.json?_size=max&_shape=objects&_search={query}" for query in queries)
    for query, answer in zip(queries, served(path, *addresses), strict=True):
        rows = answer["rows"]
        assert isinstance(rows, list)
        assert answer["filtered_table_rows_count"] == len(holding(bundled, table, query)), (table, query)
        assert sorted(row["id"] for row in rows) == holding(bundled, table, query)[: len(rows)]


def test_a_column_can_be_searched_alone(path: Path, bundled: sqlite3.Connection) -> None:
    """`_search_title` looks at titles only."""
    (answer,) = served(path, "/bundled/clauses.json?_shape=objects&_search_title=质量")
    rows = bundled.execute("select count(*) from clauses where title like '%质量%'").fetchone()[0]
    assert answer["filtered_table_rows_count"] == rows > 0


def test_other_databases_keep_their_search(tmp_path: Path) -> None:
    """In a database that is no base of this program the plugin changes nothing."""
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("create table notes (id integer primary key, text text)")
        connection.execute('create virtual table notes_fts using fts5(text, content="notes")')
        connection.execute("insert into notes values (1, 'quality standard')")
        connection.execute("insert into notes_fts(notes_fts) values ('rebuild')")
        connection.commit()
    (answer,) = served(other, "/other/notes.json?_search=standard")
    assert answer["filtered_table_rows_count"] == 1


def test_the_plugin_ships_with_the_package() -> None:
    """The folder that `zhibiao serve` names is a folder of the installed package."""
    assert (files("kb.site") / "plugins" / "zhibiao_site.py").is_file()
