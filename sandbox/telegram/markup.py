"""The HTML parse mode: tags become entities, with Telegram's own words for what it cannot read.

Source: Bot API, "HTML style" and "Date-time entity formatting". The refusals and their byte offsets were
compared with TDLib's ``parseTextEntities``; the tests keep what it answered.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.telegram.refusal import Refusal, bad_request
from sandbox.telegram.schema import Json

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAGS = frozenset(_STYLES) | {"a", "tg-emoji", "tg-time"}
_SPACE = " \t\r\n\0\v"
_REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)(?![a-z])|#(\d{1,9})|#[xX]([0-9a-fA-F]{1,8}));?")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_DATE_FORMAT = re.compile(r"(?:r|w?[dD]?[tT]?)\Z")
_NUMBER = re.compile(r"[0-9]*[1-9][0-9]*\Z")  # above zero
_USER_LINK = re.compile(r"tg:(?://)?user\?id=(\d+)\Z")
_LAST_CODE_POINT = 0x10FFFF
_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(
    r"(?:https?://)?[^\s/?#@:<>\"]+\.[^\s/?#@:.<>\"]+(?::\d+)?(?:[/?#][^\r\n]*)?\Z", re.IGNORECASE
)


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, in which entities are measured."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    position: int


def read_html(source: str) -> tuple[str, list[Json]]:
    """Return the text without tags, and its entities in the order in which Telegram sorts them.

    Raises:
        Refusal: 400 ``can't parse entities: …``; offsets count bytes of the UTF-8 form.
    """
    return _HtmlReader(source).read()


class _HtmlReader:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._length = 0  # of the text so far, in UTF-16 code units
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        while self._at < len(self._source):
            stop = self._source.find("<", self._at)
            stop = len(self._source) if stop < 0 else stop
            self._write(_decoded(self._source[self._at : stop]))
            self._at = stop
            if stop < len(self._source):
                if self._source.startswith("</", stop):
                    self._end_tag()
                else:
                    self._start_tag()
        if self._open:
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        text = "".join(self._text)
        if _SURROGATE.search(text):
            raise _unreadable(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, sort_entities(_merged_code(self._entities))

    def _write(self, text: str) -> None:
        if text:
            self._text.append(text)
            self._length += utf16_length(text)

    def _fail(self, sentence: str, position: int, tail: str = "") -> Refusal:
        offset = len(self._source[:position].encode("utf-8", "surrogatepass"))
        return _unreadable(f"{sentence} at byte offset {offset}{tail}")

    def _skip(self, stops: str) -> str:
        start = self._at
        while self._at < len(self._source) and self._source[self._at] not in stops:
            self._at += 1
        return self._source[start : self._at]

    def _skip_space(self) -> None:
        while self._at < len(self._source) and self._source[self._at] in _SPACE:
            self._at += 1

    @property
    def _ended(self) -> bool:
        return self._at >= len(self._source)

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._skip(_SPACE + ">").lower()
        if self._ended:
            raise self._fail("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise self._fail(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self._at += 1
        self._open.append(_Open(tag, attributes, self._length, len(self._text)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._source[self._at : self._at + 1] == ">":
                return attributes
            name = self._skip(_SPACE + "=>/\"'").lower()
            if not name:
                raise self._fail(f'Empty attribute name in the tag "{tag}"', begin)
            self._skip_space()
            if self._ended:
                raise self._fail(f'Unclosed start tag "{tag}"', begin)
            if self._source[self._at] != "=":
                attributes[name] = ""
                continue
            self._at += 1
            self._skip_space()
            if self._ended:
                raise self._fail(f'Unclosed start tag "{tag}"', begin)
            attributes[name] = self._attribute_value()
            if self._ended:
                raise self._fail("Unclosed start tag", begin)

    def _attribute_value(self) -> str:
        quote = self._source[self._at]
        if quote in "'\"":
            self._at += 1
            value = self._skip(quote)
            self._at += 1
            return _decoded(value)
        start = self._at
        found = _TOKEN.match(self._source, start)
        self._at = found.end() if found else start
        if not self._ended and self._source[self._at] not in _SPACE + ">":
            raise self._fail("Unexpected end of name token", start)
        return self._source[start : self._at].lower()

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._fail("Unexpected end tag", begin)
        self._at += 2
        name = self._skip(_SPACE + ">").lower()
        self._skip_space()
        if self._ended or self._source[self._at] != ">":
            raise self._fail("Unclosed end tag", begin)
        opened = self._open.pop()
        if name and name != opened.tag:
            raise self._fail("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{name}>"')
        self._at += 1
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._length - opened.offset
        if length and (entity := _entity(opened, "".join(self._text[opened.position :]))):
            self._entities.append({"offset": opened.offset, "length": length, **entity})


def _unreadable(sentence: str) -> Refusal:
    return bad_request(f"can't parse entities: {sentence}")


def _decoded(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        name, decimal, hexadecimal = found.groups()
        if name:
            return _REFERENCES[name]
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return chr(code) if 0 < code <= _LAST_CODE_POINT else found.group()

    return _REFERENCE.sub(character, text) if "&" in text else text


def _entity(opened: _Open, text: str) -> Json | None:
    """Return the entity of a closed tag without its place, or None where Telegram drops it in silence."""
    attributes = opened.attributes
    match opened.tag:
        case "a":
            return link(attributes.get("href") or text)
        case "tg-emoji":
            return _custom_emoji(attributes.get("emoji-id", ""))
        case "tg-time":
            return _date_time(attributes.get("unix", ""), attributes.get("format", ""))
        case "blockquote" if "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        case "code" if (language := attributes.get("class", "")).startswith("language-"):
            return {"type": "code", "language": language.removeprefix("language-")}
    return {"type": _STYLES[opened.tag]}


def _custom_emoji(identifier: str) -> Json:
    if not _NUMBER.match(identifier):
        raise _unreadable("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": identifier}


def _date_time(moment: str, date_format: str) -> Json | None:
    if not _DATE_FORMAT.match(date_format):
        raise _unreadable("Invalid date format used")
    if not _NUMBER.match(moment):
        return None
    return {"type": "date_time", "unix_time": int(moment), "date_time_format": date_format}


def link(address: str) -> Json | None:
    """Return a text_link or text_mention entity without its place; None for what is no address.

    Telegram shows such a link as plain text, without a word.
    """
    if user := _USER_LINK.match(address):
        return {"type": "text_mention", "user": {"id": int(user.group(1))}}
    if address.startswith(("tg:", "ton:", "tonsite:")):
        return {"type": "text_link", "url": address}
    if not _ADDRESS.match(address):
        return None
    parts = urlsplit(address if "://" in address else f"http://{address}")
    whole = parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()
    return {"type": "text_link", "url": whole.replace(" ", "%20")}


def _merged_code(entities: list[Json]) -> list[Json]:
    """Turn ``<pre><code class="language-x">`` over one range into one ``pre``; a lone language is dropped."""
    languages = {
        (entity["offset"], entity["length"]): entity["language"]
        for entity in entities
        if entity.get("language")
    }
    blocks = {(entity["offset"], entity["length"]) for entity in entities if entity["type"] == "pre"}
    merged: list[Json] = []
    for entity in entities:
        place = (entity["offset"], entity["length"])
        if entity["type"] == "code" and place in blocks and place in languages:
            continue
        plain = {name: value for name, value in entity.items() if name != "language"}
        if entity["type"] == "pre" and place in languages:
            plain["language"] = languages[place]
        merged.append(plain)
    return merged


# The order of entities that cover the same range: TDLib, MessageEntity.cpp, get_type_priority.
_RANKS = (
    ("blockquote", "expandable_blockquote"),
    ("pre",),
    ("code",),
    ("date_time",),
    ("text_link", "text_mention"),
    ("mention", "bot_command", "hashtag", "cashtag", "url", "email", "phone_number"),
    ("bold",),
    ("italic",),
    ("underline",),
    ("strikethrough",),
    ("spoiler",),
    ("custom_emoji",),
)
_RANK = {name: rank for rank, names in enumerate(_RANKS) for name in names}


def sort_entities(entities: list[Json]) -> list[Json]:
    """Return the entities by offset, the longer first, then by Telegram's order of types."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"], _RANK[entity["type"]]))
