"""Texts as they are kept: trimmed, untangled, with what Telegram finds by itself."""

import pytest

from sandbox.telegram.entities import caption_text, format_text, message_text
from sandbox.telegram.refusal import Refusal


def found(text: str, parse_mode: str | None = "HTML") -> list[tuple[str, str]]:
    """Return type and stretch of every entity."""
    formatted = format_text(text, parse_mode)
    units = formatted.text.encode("utf-16-le")
    return [
        (
            entity["type"],
            units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"),
        )
        for entity in formatted.entities
    ]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start@my_bot go", [("bot_command", "/start@my_bot")]),
        ("/start\n/help!", [("bot_command", "/start"), ("bot_command", "/help")]),
        ("/x/y a/b", []),
        (
            "@someone #tag #1 #1a x#tag @ab",
            [("mention", "@someone"), ("hashtag", "#tag"), ("hashtag", "#1a")],
        ),
        ("http://e.org/a?b=c, https://e.org.", [("url", "http://e.org/a?b=c"), ("url", "https://e.org")]),
        ("(http://e.org)", [("url", "http://e.org")]),
        ("mail a@b.com. user@host", [("email", "a@b.com")]),
    ],
)
def test_addresses_and_commands_are_found(text: str, entities: list[tuple[str, str]]) -> None:
    """What TDLib's getTextEntities finds in these texts is found here."""
    assert found(text, None) == entities


def test_nothing_is_found_inside_code_and_links() -> None:
    """A command in code is text, and so is an address inside a link."""
    assert found("<code>/start</code>") == [("code", "/start")]
    assert found('<a href="http://a.org">http://b.org</a>') == [("text_link", "http://b.org")]


def test_code_stands_alone() -> None:
    """A style around or inside code ends where the code begins."""
    assert found("<b>a<code>b</code>c</b>") == [("bold", "a"), ("code", "b"), ("bold", "c")]
    assert found("<code>a<i>b</i></code>") == [("code", "ab")]


def test_quotes_are_not_nested() -> None:
    """Of a quote in a quote the outer one stays, with what is styled in it."""
    assert found("<blockquote>a<blockquote><b>b</b></blockquote></blockquote>") == [
        ("blockquote", "ab"),
        ("bold", "b"),
    ]


def test_touching_styles_are_one() -> None:
    """Two bold stretches side by side are one."""
    assert found("<b>a</b><b>b</b>") == [("bold", "ab")]


def test_white_space_at_both_ends_goes() -> None:
    """A text is trimmed, and its entities move and shrink with it."""
    formatted = format_text("\n 😀 <b> x </b>\n", "HTML")
    assert formatted.text == "😀  x"
    assert formatted.entities == [{"type": "bold", "offset": 3, "length": 2}]


def test_length_counts_after_parsing() -> None:
    """4096 characters of text are allowed, however long their tags are; one more is not."""
    assert message_text("<b>" + "x" * 4096 + "</b>", "HTML", None).text == "x" * 4096
    with pytest.raises(Refusal, match="Bad Request: message is too long"):
        message_text("<b>" + "x" * 4097 + "</b>", "HTML", None)


def test_a_raw_text_has_a_limit_too() -> None:
    """More than 32 KiB are refused before anything is parsed."""
    with pytest.raises(Refusal, match="message is too long"):
        message_text("<b></b>" * 5000 + "x", "HTML", None)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("", "message text is empty"),
        (" \n", "text must be non-empty"),
        ("<b>\u200b</b>", "text must be non-empty"),
    ],
)
def test_a_text_that_nobody_can_see_is_refused(raw: str, sentence: str) -> None:
    """Nothing, white space and invisible characters are no message."""
    with pytest.raises(Refusal, match=f"Bad Request: {sentence}"):
        message_text(raw, "HTML", None)


def test_a_caption_may_be_empty_but_not_long() -> None:
    """A caption has 1024 characters at most."""
    assert caption_text("", None, None).text == ""
    assert caption_text("x" * 1024, None, None).text == "x" * 1024
    with pytest.raises(Refusal, match="message caption is too long"):
        caption_text("x" * 1025, None, None)


def test_parse_modes_that_are_not_played_are_not_faked() -> None:
    """Markdown is refused as not simulated, an invented mode as Telegram does."""
    with pytest.raises(Refusal) as caught:
        format_text("*x*", "MarkdownV2")
    assert caught.value.code == 501
    with pytest.raises(Refusal, match="Bad Request: unsupported parse_mode"):
        format_text("x", "BBCode")


def test_given_entities_must_lie_inside_the_text() -> None:
    """An entity that ends after the text is refused."""
    with pytest.raises(Refusal, match="ends after the end of the text"):
        format_text("abc", None, [{"type": "bold", "offset": 1, "length": 3}])
