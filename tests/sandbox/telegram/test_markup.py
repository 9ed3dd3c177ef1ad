"""HTML as TDLib reads it: every expectation is what ``parseTextEntities`` of TDLib 1.8.69 answered."""

import pytest

from sandbox.telegram.markup import read_html
from sandbox.telegram.refusal import Refusal

READ = [
    ("<b>x</b> &amp; y", "x & y", [("bold", 0, 1)]),
    ("<b>a<i>😀</i></b>ё<u>b</u>", "a😀ёb", [("bold", 0, 3), ("italic", 1, 2), ("underline", 4, 1)]),
    ("<blockquote expandable>x\ny</blockquote>z", "x\nyz", [("expandable_blockquote", 0, 3)]),
    ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
    ("<tg-spoiler><code>12</code></tg-spoiler>", "12", [("code", 0, 2), ("spoiler", 0, 2)]),
    ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
    ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
    ('<code class="language-python">x</code>', "x", [("code", 0, 1)]),
    ('<a href="nope">x</a>', "x", []),
    ('<tg-time unix="x" format="r">soon</tg-time>', "soon", []),
    ('<tg-time unix="0" format="r">soon</tg-time>', "soon", []),
    ("&lt &gt; &nbsp; &#65; &#x1F600; &#0; &", "< > &nbsp; A 😀 &#0; &", []),
    ("<B>x</b>", "x", [("bold", 0, 1)]),
    ("<b>x</>", "x", [("bold", 0, 1)]),
    ("<b></b>", "", []),
    (
        "<del>a</del><strike>b</strike><s>c</s><ins>d</ins><em>e</em><strong>f</strong>",
        "abcdef",
        [
            ("strikethrough", 0, 1),
            ("strikethrough", 1, 1),
            ("strikethrough", 2, 1),
            ("underline", 3, 1),
            ("italic", 4, 1),
            ("bold", 5, 1),
        ],
    ),
]

DETAILED = [
    (
        '<tg-time unix="1700000000" format="wDT">soon</tg-time>',
        {"type": "date_time", "unix_time": 1700000000, "date_time_format": "wDT"},
    ),
    (
        '<tg-time unix="1700000000">soon</tg-time>',
        {"type": "date_time", "unix_time": 1700000000, "date_time_format": ""},
    ),
    ('<pre><code class="language-python">soon</code></pre>', {"type": "pre", "language": "python"}),
    ('<a href="http://e.org">soon</a>', {"type": "text_link", "url": "http://e.org/"}),
    ('<a href="E.org/A b">soon</a>', {"type": "text_link", "url": "http://e.org/A%20b"}),
    (
        '<a href="https://e.org/p?q=1&amp;b=2">soon</a>',
        {"type": "text_link", "url": "https://e.org/p?q=1&b=2"},
    ),
    ('<a href="tg://user?id=5">soon</a>', {"type": "text_mention", "user": {"id": 5}}),
    ('<tg-emoji emoji-id="5">soon</tg-emoji>', {"type": "custom_emoji", "custom_emoji_id": "5"}),
]

REFUSED = [
    ('<tg-time unix="1700000000" format="rw">soon</tg-time>', "Invalid date format used"),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<tg-emoji emoji-id="x">😀</tg-emoji>', "Invalid custom emoji identifier specified"),
    ("<br>", 'Unsupported start tag "br" at byte offset 0'),
    ("ё<br>", 'Unsupported start tag "br" at byte offset 2'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("x <b", "Unclosed start tag at byte offset 2"),
    ("<b ", 'Empty attribute name in the tag "b" at byte offset 0'),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ('<a href="x"', "Unclosed start tag at byte offset 0"),
    ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ('<b a="1>', "Unclosed start tag at byte offset 0"),
    ("<b a=1/>x</b>", "Unexpected end of name token at byte offset 5"),
    ("</b>", "Unexpected end tag at byte offset 0"),
    ("😀</b>", "Unexpected end tag at byte offset 4"),
    ("<i>a</i   ", "Unclosed end tag at byte offset 4"),
    ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    (
        "&#xDFDF;",
        (
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        ),
    ),
]


@pytest.mark.parametrize(("source", "text", "entities"), READ)
def test_tags_become_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """Text and entities are TDLib's, measured in UTF-16 code units and in its order."""
    read, found = read_html(source)
    assert read == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


@pytest.mark.parametrize(("source", "entity"), DETAILED)
def test_entities_carry_their_details(source: str, entity: dict[str, object]) -> None:
    """A link has its address, a date its moment and form, a block its language."""
    assert read_html(source) == ("soon", [{"offset": 0, "length": 4, **entity}])


@pytest.mark.parametrize(("source", "sentence"), REFUSED)
def test_wrong_markup_is_refused_in_telegrams_words(source: str, sentence: str) -> None:
    """The whole text is refused, and offsets count bytes of UTF-8."""
    with pytest.raises(Refusal) as caught:
        read_html(source)
    assert caught.value.code == 400
    assert caught.value.description == f"Bad Request: can't parse entities: {sentence}"
