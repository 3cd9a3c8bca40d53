"""Books and manuscripts: read safely, and condensed with their own names, words and order."""

import io
import random
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoplay.agent.outline.own_lines import sentences
from photoplay.agent.script import packed
from photoplay.agent.script.adapting import adapt
from photoplay.agent.script.condensing import chunks, condense, condense_to, told_seconds
from photoplay.agent.script.source import Source, read_source
from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.storyboard.errors import BadInput
from photoplay.studio.beginning import Beginning, MakeOptions, begin

STORY = """The town of Marrow Bay had forty-one houses, one shop, and a lighthouse that nobody had painted since the war. Edda Quill lived in the lighthouse with her father, who kept the lamp, and a grey cat called Bishop.

Every evening at six Edda carried the oil up two hundred and twelve steps. She counted them aloud. Her father said that a light which was not counted on was no light at all, and he laughed at his own joke, and Bishop went to sleep on the logbook.

In the autumn her father fell ill. He lay in the round room under the lamp and coughed, and the doctor from Harrow, a tall man named Doctor Pell, came twice and shook his head twice. "He must go to the hospital in Harrow," said Doctor Pell. "The lamp will have to look after itself."

But a lamp cannot look after itself. So Edda stayed. She was eleven years old.

The first night was easy. The second night the wind came up, and the third night there was a storm such as the old women of Marrow Bay still talk about. Rain came in and put out the flame, and Edda could not light it again, however many matches she struck.

Out at sea she heard a horn. It was the ferry from Harrow, and it was too close. Then she remembered that her father was to come home on the ferry that night.

Suddenly she knew what to do. She took the big copper mirror from behind the lamp and the lantern from the kitchen, and she climbed out on the gallery in the rain. Bishop watched her from the stairs and did not approve.

On the ferry old Captain Thorne saw a light where no light had been. He saw it count three and go dark, and he swung the wheel hard over, and the ferry went by the rocks so close that a boy at the rail could have touched them.

In the morning they found her asleep on the gallery with the mirror in her arms. Her father sat beside her in his hospital coat. He was counting her breaths.

Captain Thorne painted the lighthouse himself that spring. He painted it white, with a red band, and above the door he painted a small grey cat, because Bishop would not move out of the way."""


def zipped(members, **more):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, **more) as book:
        for name, data in members.items():
            book.writestr(name, data)
    return held.getvalue()


def docx(body, **more):
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return zipped({"word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>", **more})


def para(text, style=""):
    said = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{said}<w:r><w:t>{text}</w:t></w:r></w:p>"


def epub(pages, spine=None, contents="OEBPS/book.opf", **more):
    listed = "".join(
        f'<item id="p{n}" href="text/{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(pages))
    )
    order = "".join(f'<itemref idref="p{n}"/>' for n in (spine or range(len(pages))))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": f'<container><rootfiles><rootfile full-path="{contents}"/></rootfiles></container>',
            contents: f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{listed}<item id="nav" properties="nav" '
            f'href="nav.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="nav"/>{order}</spine></package>',
            "OEBPS/nav.xhtml": "<html><body><p>Contents, contents</p></body></html>",
            **{f"OEBPS/text/{n}.xhtml": page for n, page in enumerate(pages)},
            **more,
        }
    )


@pytest.fixture
def read(tmp_path):
    def reading(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_source(path)

    return reading


# -- reading ----------------------------------------------------------------------------------


def test_a_word_document_is_read_in_order_without_headings_and_what_was_deleted(read):
    body = (
        para("The Lamp", "Title") + para("Anna kept ") .replace("</w:t>", "<!-- x --></w:t>") .replace("kept ", "kept the lamp.")
        + "<w:p><w:r><w:t>She </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:r><w:t>lit it.</w:t><w:br/><w:t>Twice.</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{para('In a table.')}</w:tc></w:tr></w:tbl>"
        + f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{para('In a box.')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{para('In a box.')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )  # fmt: skip
    source = read("tale.docx", docx(body))
    assert source.kind == "text"
    assert source.text.split("\n\n") == [
        "Anna kept the lamp.",
        "She lit it.\nTwice.",
        "In a table.",
        "In a box.",
    ]
    assert source.notices == ("1 headings were left out of the text: 'The Lamp'.",)


def test_an_epub_is_read_in_the_order_of_its_spine_and_without_markup(read):
    pages = [
        "<html><head><title>no</title><style>p{}</style></head><body><h1>Two</h1><p>Second &amp; <em>last</em>&nbsp;page.</p></body></html>",
        "<!DOCTYPE html [<!ENTITY x 'boom'>]><html><body><h1>One</h1><p>First<br/>page &x;<!-- gone --></p><script>alert(1)</script><div>It&#8217;s <ruby>字<rt>ji</rt></ruby>.</div></body></html>",
    ]
    source = read("tale.epub", epub(pages, spine=[1, 0]))
    assert source.text.split("\n\n") == ["First\npage &x;", "It’s 字.", "Second & last page."]


@pytest.mark.parametrize(
    ("encoding", "declared", "said"),
    [
        ("utf-16", ' encoding="utf-16"', False),
        ("iso-8859-1", ' encoding="ISO-8859-1"', False),
        ("windows-1251", ' encoding="windows-1251"', False),
        ("cp1252", "", True),
    ],
)
def test_an_epub_in_another_encoding_loses_no_letter_and_a_guess_is_said(read, encoding, declared, said):
    words = "Анна пошла к морю." if encoding == "windows-1251" else "Zoë went to the café."
    page = f'<?xml version="1.0"{declared}?><html><body><p>{words}</p></body></html>'.encode(encoding)
    source = read("tale.epub", epub([page]))
    assert source.text == words
    assert bool(source.notices) == said


def test_markdown_loses_its_marks_and_keeps_its_words(read):
    source = read(
        "tale.md",
        "---\ntitle: x\n---\n# The **Lamp**\n\nAnna *kept* the __lamp__, [lit](http://x.y) it\nand ![pic](a.png)slept.[^1]\n\n> She said `yes`.\n\n```\ncode\n```\n\n5 * 4 and snake_case <b>stay</b>. \\*So\\*\n",
    )
    assert source.text.split("\n\n") == [
        "Anna kept the lamp, lit it and slept.",
        "She said yes.",
        "5 * 4 and snake_case stay. *So*",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Zoë sang.".encode("utf-8-sig"), 0),
        ("Zoë sang.".encode("utf-16"), 0),
        ("Zoë “sang”.".encode("cp1252"), 1),
    ],
)
def test_other_encodings_are_read_and_a_guess_is_said(read, data, said):
    source = read("tale.txt", data)
    assert source.text.startswith("Zoë")
    assert len(source.notices) == said


def test_lines_that_a_page_broke_are_joined_and_verses_are_not(read):
    wrapped = "It was late when the keeper came down from the lamp room and\nfound the door open and the sea as quiet as it had ever been.\n\nRoses are red,\nviolets are blue.\n"
    assert read("tale.txt", wrapped).text.split("\n\n") == [
        wrapped.split("\n\n")[0].replace("\n", " "),
        "Roses are red,",
        "violets are blue.",
    ]


STRICT = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body/></w:document>'
BOMB = "<x>" + "a" * 70_000_000 + "</x>"
LAUGHS = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"PK\x03\x04 but no zip", "damaged"),
        ("a.docx", zipped({"hello.txt": "x"}), "no Word document"),
        ("a.docx", zipped({"word/document.xml": LAUGHS}), "entities"),
        ("a.docx", zipped({"word/document.xml": OUTSIDE}), "entities"),
        ("a.docx", zipped({"word/document.xml": "<w:p"}), "not XML"),
        ("a.docx", docx("<w:p>" * 3000 + "</w:p>" * 3000), "nested too deep"),
        ("a.docx", docx(para("x"), **{"../../evil": "x"}), "leads out of it"),
        ("a.docx", docx(para("x"), **{"/etc/evil": "x"}), "leads out of it"),
        ("a.docx", docx(para("x"), **{f"m{n}": "" for n in range(5_001)}), "more than a book has"),
        ("a.docx", zipped({"word/document.xml": BOMB}), "larger than any book"),
        ("a.docx", zipped({"word/document.xml": STRICT}), "Strict Open XML"),
        ("a.docx", docx(para("The Lamp", "Title")), "no text"),
        ("a.txt", b" \x00\n", "no text"),
        ("a.md", "# The Lamp\n", "no text"),
        ("a.epub", zipped({"x": "y"}), "no EPUB"),
        ("a.epub", epub([]), "no text"),
        ("a.epub", epub(["<p>x</p>"], **{"META-INF/encryption.xml": '<encryption><CipherReference URI="OEBPS/text/0.xhtml"/></encryption>'}), "DRM"),
        ("a.epub", epub(["<p>x</p>"], **{"META-INF/container.xml": '<container><rootfile full-path="../../etc/passwd"/></container>'}), "missing"),
        ("a.epub", epub(["<p>" + " ".join(f"word{n}" for n in range(150_000)) + "</p>"]), "1,000,000"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF"),
        ("a.txt", b"\xd0\xcf\x11\xe0....", "old Word file"),
        ("a.txt", b"ab\x00\x01\xff\xfe", "not text"),
        ("a.md", "word " * 200_001, "1,000,000"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)  # fmt: skip
def test_what_is_no_book_or_means_harm_is_refused_in_bounded_time_and_named(read, tmp_path, name, data, said):
    began = time.monotonic()
    with pytest.raises(BadInput, match=said) as refused:
        read(name, data)
    assert time.monotonic() - began < 5
    assert name in str(refused.value)
    assert sorted(p.name for p in tmp_path.iterdir()) == [name]


def test_a_document_of_countless_parts_is_refused_before_it_fills_the_memory(read, monkeypatch):
    monkeypatch.setattr(packed, "MOST_MARKS", 1_000)
    assert read("a.docx", docx(para("Anna."))).text == "Anna."
    with pytest.raises(BadInput, match="more parts than any book"):
        read("a.docx", docx(para("Anna.") + "<w:p/>" * 1_000))


@pytest.mark.parametrize(
    "page", ["<!--" * 100_000, "<a " * 100_000, "&" * 300_000, "<p>" * 60_000, "<![CDATA[" * 50_000]
)
def test_a_page_that_is_built_to_be_slow_is_not(read, page):
    began = time.monotonic()
    read("a.epub", epub([page, "<p>Anna kept the lamp.</p>"]))
    read("a.md", f"Anna kept the lamp.\n\n{page}")
    assert time.monotonic() - began < 5


# -- condensing -------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [15, 30, 60, 90])
def test_a_condensed_text_is_of_its_own_sentences_in_their_order_and_fits(seconds):
    short = condense(STORY, seconds, "en")
    assert told_seconds(short.text, "en") <= seconds
    own, at = sentences(STORY), -1
    for sentence in sentences(short.text):
        at = own.index(sentence, at + 1)  # raises where it is not there, or not in order
    assert 0 < short.kept_share < 1


def test_whoever_matters_and_the_ends_are_kept():
    short = condense(STORY, 60, "en")
    assert short.names[:2] in {("Bishop", "Edda Quill"), ("Edda Quill", "Bishop")}
    for name in ("Edda", "Bishop", "Harrow", "Marrow Bay", "Doctor Pell", "Captain Thorne"):
        assert name in short.text
    assert short.text.startswith("The town of Marrow Bay")
    assert short.text.endswith("move out of the way.")
    assert len(short.text.split("\n\n")) >= 6  # from all over the text


def test_whoever_matters_is_kept_where_the_text_says_little_of_them():
    asked = "He, Tobias Wren?"
    text = STORY.replace("Out at sea", f"{asked} Out at sea").replace("Suddenly", f"{asked} Suddenly")
    short = condense(text, 50, "en")
    assert "Tobias Wren" in short.names
    assert "Tobias Wren" in short.text


def test_names_are_found_in_german_where_all_nouns_are_large():
    text = (
        "Am Morgen ging Frau Holle mit dem Hund zum Brunnen. Dort wartete die Katze auf den Hund. Dann rief Holle nach Lina. "
        "Der Hund und die Katze sahen, wie Lina aus dem Haus kam. Im Haus sang Lina ein Lied, und Holle hörte das Lied. "
    ) * 6  # fmt: skip
    assert {"Lina", "Holle"} <= set(" ".join(condense(text, 10, "de").names).split())
    assert not {"Hund", "Katze", "Haus"} & set(condense(text, 10, "de").names)


def test_a_text_without_spaces_is_condensed_too():
    text = "".join(f"第{n}天，小明走到海边看灯塔。忽然下起了大雨。老人说：回家吧。" for n in range(80))
    short = condense(text, 30, "zh")
    assert 0 < told_seconds(short.text, "zh") <= 30
    assert all(s in text for s in sentences(short.text))


@pytest.mark.parametrize("text", ["A. " * 30_000, "a. " * 100_000, ". " * 100_000], ids=["A.", "a.", "."])
def test_a_text_of_nothing_but_initials_is_read_in_time(text):
    began = time.monotonic()
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")
    assert time.monotonic() - began < 3


def test_a_book_of_100_000_words_is_condensed_within_3_seconds():
    rng = random.Random(1)
    names = ("Edda", "Bishop", "Captain Thorne", "Doctor Pell", "Tobias Wren")
    nouns = ("lamp", "storm", "harbour", "letter", "door", "boat", "mirror", "garden")
    book = "\n\n".join(
        " ".join(f"In the evening {rng.choice(names)} carried the {rng.choice(nouns)} to the {rng.choice(nouns)} for {rng.choice(names)}." for _ in range(6))
        for _ in range(1_300)
    )  # fmt: skip
    assert len(book.split()) > 90_000
    began = time.process_time()
    short = condense(book, 90, "en")
    assert time.process_time() - began < 3
    assert all(name in short.text for name in names)
    assert len(condense_to(book, 55_000, "en").text) <= 55_000


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("Ann ab.!?,\n\"'é字1 "), max_size=60), max_size=12), st.integers(1, 60)
)
def test_any_text_comes_back_whole_or_as_a_part_of_itself(pieces, seconds):
    text = "\n\n".join(pieces)
    short = condense(text, seconds, "en")
    assert set(short.text) <= set(text) | {" ", "\n"}
    assert 0 <= short.kept_share <= 1
    assert all(len(chunk) <= 80 or len(sentences(chunk)) == 1 for chunk in chunks(" ".join(text.split()), 80))


def test_chunks_hold_all_words_in_order_and_break_between_paragraphs():
    parts = chunks(STORY, 700)
    assert all(len(part) <= 700 for part in parts)
    assert " ".join(parts).split() == STORY.split()
    assert parts[0].endswith("a grey cat called Bishop.") or parts[0].endswith("logbook.")


# -- into a film ------------------------------------------------------------------------------


def test_length_comes_from_the_asking_else_the_text_else_ninety_seconds():
    text = Source(STORY, "text")
    assert adapt(text, None, "outline").text == STORY  # under three minutes: told whole
    assert adapt(text, None, "outline").seconds is None
    long = Source("\n\n".join([STORY] * 3), "text")
    told = adapt(long, None, "outline")
    assert told.seconds == 90
    assert told_seconds(told.text, "en") <= 84
    assert "condensed to 90 seconds" in told.notices[0]
    assert adapt(long, None, "openai").text == long.text  # a language model reads it all
    huge = Source("\n\n".join([STORY] * 40), "text")
    assert len(adapt(huge, 60, "openai").text) <= 55_000
    assert adapt(Source("INT. HOUSE", "script"), 5, "outline").text == "INT. HOUSE"


def test_a_chapter_becomes_a_film_of_its_own_words_and_the_same_command_goes_on(tmp_path):
    chapter = tmp_path / "chapter.docx"
    chapter.write_bytes(docx("".join(para(p.replace("&", "&amp;")) for p in STORY.split("\n\n"))))
    options = MakeOptions(script=chapter, seconds="45", size="128x72", renderer="slate", until="board")
    heard = []

    def beginning():
        return begin(
            Beginning("", options, tmp_path / "film", {}, tmp_path),
            crew=SoloCrew(SlateRenderer()),
            listener=lambda told: heard.append(told.words),
        )

    film = beginning().make("board").film
    said = " ".join(line.words for shot in film.shots for line in shot.lines)
    own = " ".join(STORY.split())
    assert all(" ".join(s.split()) in own for s in sentences(said))
    assert film.brief.seconds == 45
    assert any("condensed to 45 seconds" in words for words in heard)
    assert [d.words for d in film.decisions.recorded if d.subject == "script"]
    again = beginning()
    assert again.film.shots == film.shots
    assert len([d for d in again.film.decisions.recorded if d.subject == "script"]) == 1
