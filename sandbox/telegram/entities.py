"""Texts as Telegram stores them: parsed, trimmed, measured, with the entities it finds by itself.

Sources: Bot API, "Formatting options" and MessageEntity; TDLib, MessageEntity.cpp (find_entities,
fix_entities).
"""

import re
from dataclasses import dataclass

from sandbox.telegram.markup import read_html, sort_entities, utf16_length
from sandbox.telegram.refusal import bad_request, not_simulated
from sandbox.telegram.schema import Json

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_RAW_LIMIT = 32 * 1024

_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_MONOSPACE = frozenset({"code", "pre"})
_INVISIBLE = " \t\r\n\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_FOUND = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "url",
        re.compile(
            r"https?://[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#](?:[^\s<>]*[^\s<>.,:;!?')\]])?)?", re.IGNORECASE
        ),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{2,31}\b", re.ASCII)),
    ("hashtag", re.compile(r"(?<![\w#@])#\w*[^\W\d]\w*")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
)


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and its entities; offsets in UTF-16 code units."""

    text: str
    entities: list[Json]

    def as_json(self, text: str = "text", entities: str = "entities") -> Json:
        """Return the fields of a message, named for a text or for a caption."""
        found: Json = {text: self.text} if self.text else {}
        if self.entities:
            found[entities] = self.entities
        return found


def format_text(raw: str, parse_mode: str | None, given: list[Json] | None = None) -> FormattedText:
    """Return what Telegram would keep of a text.

    Args:
        raw: the text as it was sent.
        parse_mode: ``HTML``, or nothing. The Markdown modes are real, but not simulated.
        given: entities that came instead of a parse mode.

    Raises:
        Refusal: 400 for wrong markup or wrong offsets, 501 for the Markdown modes.
    """
    if len(raw.encode("utf-8", "surrogatepass")) > _RAW_LIMIT:
        raise bad_request("message is too long")
    raw = raw.replace("\r", "")
    match (parse_mode or "").lower():
        case "":
            text, entities = raw, list(given or ())
        case "html":
            text, entities = read_html(raw)
        case "markdown" | "markdownv2":
            raise not_simulated(f"parse mode {parse_mode}")
        case _:
            raise bad_request("unsupported parse_mode")
    total = utf16_length(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > total:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the text "
                f"at UTF-16 offset {entity['offset'] + entity['length']}"
            )
    text, entities = _trimmed(text, entities)
    kept = _untangled(entities)
    return FormattedText(text, sort_entities(kept + _found(text, kept)))


def message_text(raw: str, parse_mode: str | None, given: list[Json] | None) -> FormattedText:
    """Return the text of a message, as ``format_text`` does, within the limits of a message.

    Raises:
        Refusal: 400 for an empty or an overlong text, and what ``format_text`` raises.
    """
    if not raw:
        raise bad_request("message text is empty")
    formatted = format_text(raw, parse_mode, given)
    if not formatted.text.strip(_INVISIBLE):
        raise bad_request("text must be non-empty")
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return formatted


def caption_text(raw: str, parse_mode: str | None, given: list[Json] | None) -> FormattedText:
    """Return the caption of a photo or document, as ``format_text`` does; it may be empty.

    Raises:
        Refusal: 400 for an overlong caption, and what ``format_text`` raises.
    """
    formatted = format_text(raw, parse_mode, given)
    if len(formatted.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return formatted


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Take white space off both ends and clip the entities to what is left."""
    ahead = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    end = utf16_length(text)
    clipped: list[Json] = []
    for entity in entities:
        start = max(entity["offset"] - ahead, 0)
        stop = min(entity["offset"] + entity["length"] - ahead, end)
        if stop > start:
            clipped.append({**entity, "offset": start, "length": stop - start})
    return text, clipped


def _untangled(entities: list[Json]) -> list[Json]:
    """Keep Telegram's rules of nesting: quotes never in quotes, nothing in code, links and the like alone."""
    quotes: list[Json] = []
    blocks: list[Json] = []
    for entity in sort_entities([entity for entity in entities if entity["type"] not in _STYLES]):
        row = quotes if entity["type"] in _QUOTES else blocks
        if not row or row[-1]["offset"] + row[-1]["length"] <= entity["offset"]:
            row.append(entity)
    monospace = [entity for entity in blocks if entity["type"] in _MONOSPACE]
    styles = [
        style for entity in entities if entity["type"] in _STYLES for style in _around(entity, monospace)
    ]
    return quotes + blocks + _joined(styles)


def _around(style: Json, monospace: list[Json]) -> list[Json]:
    """Return the parts of a style that lie outside code."""
    start, stop = style["offset"], style["offset"] + style["length"]
    parts: list[Json] = []
    for code in monospace:
        before = min(code["offset"], stop)
        if before > start:
            parts.append({**style, "offset": start, "length": before - start})
        start = max(start, min(code["offset"] + code["length"], stop))
    if stop > start:
        parts.append({**style, "offset": start, "length": stop - start})
    return parts


def _joined(styles: list[Json]) -> list[Json]:
    """Join touching or overlapping stretches of one style."""
    joined: list[Json] = []
    for style in sorted(styles, key=lambda entity: (entity["type"], entity["offset"])):
        last = joined[-1] if joined else None
        if last and last["type"] == style["type"] and last["offset"] + last["length"] >= style["offset"]:
            stop = max(last["offset"] + last["length"], style["offset"] + style["length"])
            last["length"] = stop - last["offset"]
        else:
            joined.append(dict(style))
    return joined


def _found(text: str, kept: list[Json]) -> list[Json]:
    """Return the commands, mentions, tags and addresses outside what is marked already."""
    if not any(sign in text for sign in "/@#:"):
        return []
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in kept
        if entity["type"] not in _STYLES | _QUOTES
    ]
    found: list[Json] = []
    for name, pattern in _FOUND:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            stop = start + utf16_length(match.group())
            if all(stop <= begin or end <= start for begin, end in taken):
                taken.append((start, stop))
                found.append({"type": name, "offset": start, "length": stop - start})
    return found
