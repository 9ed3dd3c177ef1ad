"""GetSMS.ONLINE, API #1, as data: its document's words, statuses and rules."""

from typing import Final

from sandbox.goods import PLACES
from sandbox.handler_api.house import MOSCOW, House, Move, Words
from sandbox.handler_api.records import Stage

CANCEL: Final = -1
READY: Final = 1
RETRY: Final = 3
FINISH: Final = 6
USED: Final = 10

# "Service": the codes in front of the slash are further names.
SERVICES = {
    "ot": ("Not in list", "19"),
    "mg": ("OpenAI", "11"),
    "me": ("Yappy", "6"),
    "dt": ("IZI KZ", "8"),
    "tg": ("Telegram", "140"),
    "wa": ("WhatsApp", "49"),
    "oi": ("Букмекеры", "12"),
    "pm": ("Joyride", "5"),
    "sn": ("OLX", "7"),
    "td": ("Tinder", "30"),
    "nd": ("Pandao", "5"),
    "nv": ("Naver", "9"),
    "bc": ("BlaBCar", "6"),
    "vk": ("VK.com", "40"),
    "ds": ("Discord", "7"),
    "av": ("Avito", "55"),
    "yl": ("Youla", "9"),
    "uk": ("MeetMe", "5"),
    "ub": ("Uber", "7"),
    "kt": ("KakaoT", "10"),
    "ma": ("Mail.ru", "9"),
    "ig": ("Instagram", "9"),
    "ok": ("OK.ru", "25"),
    "mb": ("Yahoo", "6"),
    "fb": ("Facebook", "8"),
    "mm": ("Microsoft", "5"),
    "sm": ("Steam", "15"),
    "wb": ("WeChat", "55"),
    "we": ("AOL", "5"),
    "go": ("Google", "11"),
    "tw": ("Twitter", "6"),
    "vi": ("Viber", "13"),
    "ya": ("Yandex", "9"),
}

GETSMS_ONLINE = House(
    slug="getsms-online",
    title="GetSMS.ONLINE",
    currency="RUB",
    places={
        "ru": PLACES["0"],
        "ua": PLACES["1"],
        "kz": PLACES["2"],
        "by": PLACES["51"],
        "pl": PLACES["15"],
        "uk": PLACES["16"],
        "de": PLACES["43"],
    },
    services=SERVICES,
    aliases={"or": "ot", "at": "av", "gm": "go", "vr": "vi"},
    statuses={
        Stage.PREPARING: "STATUS_WAIT_READY",
        Stage.WAITING: "STATUS_WAIT_CODE",
        Stage.RECEIVED: "STATUS_OK:{code}",
        Stage.AGAIN: "STATUS_WAIT_RETRY",
        Stage.RESEND: "STATUS_WAIT_RESEND",
        Stage.FINISHED: "STATUS_ACCESS:{code}",
        Stage.CANCELED: "ACCESS_CANCEL",
        Stage.REFUSED: "STATUS_ERROR_NUMBER",
    },
    moves={
        (Stage.PREPARING, CANCEL): Move("ACCESS_CANCEL", Stage.CANCELED),
        (Stage.PREPARING, READY): Move("ACCESS_READY", Stage.WAITING),
        (Stage.PREPARING, USED): Move("ACCESS_ERROR_NUMBER_GET", Stage.REFUSED),
        (Stage.WAITING, CANCEL): Move("ACCESS_CANCEL", Stage.CANCELED),
        (Stage.RECEIVED, FINISH): Move("ACCESS_ACTIVATION", Stage.FINISHED),
        (Stage.RECEIVED, RETRY): Move("ACCESS_RETRY_GET", Stage.AGAIN),
        (Stage.AGAIN, FINISH): Move("ACCESS_ACTIVATION", Stage.FINISHED),
        (Stage.RESEND, CANCEL): Move("ACCESS_CANCEL", Stage.CANCELED),
        (Stage.RESEND, READY): Move("ACCESS_READY", Stage.WAITING),
    },
    operators={
        "ru": ("beeline", "mts", "megafon", "tele2", "aiva"),
        "ua": ("beeline", "kyivstar", "djuice", "mts", "jeans", "life"),
        "kz": ("beeline", "aktiv", "tele2"),
    },
    words=Words(
        no_key="NO_KEY",
        no_action="NO_ACTION",
        no_numbers="NO_NUMBER",
        no_money="NO_MEANS",
        bad_country="BAD_COUNTRY",
    ),
    insists=True,
    blacklists=True,
    forwarded=frozenset({"av"}),
    rental_deeds=frozenset({"day-left", "hour-left"}),
    first_id=1204001,
    careless=True,
    zone=MOSCOW,
)
