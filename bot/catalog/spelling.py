"""One spelling for many: keys that are equal when a person means the same word.

A key is what is left of a text after case, accents and script are taken away: ``Türkiye`` → ``turkiye``,
``Россия`` → ``rossiia``, ``ТГ`` → ``tg``, 🇷🇺 → ``ru``. Cyrillic is written in Latin letters by the table of
ICAO Doc 9303, part 3 (the machine-readable passport), because Get-SMS's own country codes follow it
(``indiia``, ``turtsiia``): codes and Russian names then meet in one key. The table is 40 letters long;
libraries for it bring twenty schemes that nobody asked for.

A slip is a text typed with another keyboard layout switched on: ``ntktuhfv`` is ``телеграм``.
"""

import re
import unicodedata

_LATIN = str.maketrans(
    {
        **dict(zip("абвгдезиклмнопрстуфыэіґ", "abvgdeziklmnoprstufyeig", strict=True)),
        **dict(zip("жхцчшщюяє", ("zh", "kh", "ts", "ch", "sh", "shch", "iu", "ia", "ie"), strict=True)),
        **dict(zip("ъьı", ("", "", "i"), strict=True)),
        **{chr(0x1F1E6 + n): chr(ord("a") + n) for n in range(26)},  # a flag spells its country
    }
)
_WORD = re.compile(r"[^\W_]+")

_US = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_TURKISH_Q = 'qwertyuıopğüasdfghjklşizxcvbnmöç"'

_LAYOUTS = tuple(
    str.maketrans(typed, meant)
    for typed, meant in (
        (_US, _RUSSIAN),
        (_RUSSIAN, _US),
        (_TURKISH_Q, _RUSSIAN),
        (_RUSSIAN, _TURKISH_Q),
        (_US, _TURKISH_Q),
    )
)


def _fold(text: str) -> str:
    """Take away case and accents; the two Turkish i's become one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    """Return the keys of the words of a text, in order: ``"Côte d’Ivoire"`` → ``["cote", "d", "ivoire"]``."""
    return _WORD.findall(_fold(text).translate(_LATIN))


def key(text: str) -> str:
    """Return the key of a whole text, without blanks: ``whats app`` and ``WhatsApp`` are one."""
    return "".join(words(text))


def slips(text: str) -> tuple[str, ...]:
    """Return the keys of what the text would be in the other layouts, without the text's own key."""
    lowered = text.casefold()
    keys = dict.fromkeys(key(lowered.translate(layout)) for layout in _LAYOUTS)
    return tuple(other for other in keys if other and other != key(text))
