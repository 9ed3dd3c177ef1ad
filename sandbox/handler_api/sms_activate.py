"""SMS-Activate as data: its document's words, statuses and rules."""

from datetime import timedelta
from typing import Final

from sandbox.goods import PLACES, SERVICES
from sandbox.handler_api.house import MOSCOW, House, Move
from sandbox.handler_api.records import Stage

READY: Final = 1
RETRY: Final = 3
FINISH: Final = 6
CANCEL: Final = 8

STATUSES = {
    Stage.PREPARING: "STATUS_WAIT_CODE",
    Stage.WAITING: "STATUS_WAIT_CODE",
    Stage.RECEIVED: "STATUS_OK:{code}",
    Stage.AGAIN: "STATUS_WAIT_RETRY:{code}",
    Stage.RESEND: "STATUS_WAIT_RESEND",
    # The document has no word for an activation that was completed: it is no longer there.
    Stage.FINISHED: "STATUS_CANCEL",
    Stage.CANCELED: "STATUS_CANCEL",
    Stage.REFUSED: "STATUS_CANCEL",
}

# "Simple logic of api chronology" and the footnotes of setStatus.
MOVES = {
    (Stage.PREPARING, READY): Move("ACCESS_READY", Stage.WAITING),
    (Stage.PREPARING, CANCEL): Move("ACCESS_CANCEL", Stage.CANCELED),
    (Stage.PREPARING, FINISH): Move("ACCESS_CANCEL", Stage.REFUSED),
    (Stage.WAITING, CANCEL): Move("ACCESS_CANCEL", Stage.CANCELED),
    (Stage.RECEIVED, RETRY): Move("ACCESS_RETRY_GET", Stage.AGAIN),
    (Stage.RECEIVED, FINISH): Move("ACCESS_ACTIVATION", Stage.FINISHED),
    (Stage.AGAIN, FINISH): Move("ACCESS_ACTIVATION", Stage.FINISHED),
    (Stage.RESEND, FINISH): Move("ACCESS_RETRY_GET", Stage.AGAIN),
}

SMS_ACTIVATE = House(
    slug="sms-activate",
    title="SMS-Activate",
    currency="RUB",
    places=PLACES,
    services=SERVICES | {"ym": ("Yula", "9.50")},
    statuses=STATUSES,
    moves=MOVES,
    operators={
        "0": ("megafon", "mts", "beeline", "tele2", "rostelecom", "mtt"),
        "1": ("kyivstar", "life", "utel", "mts", "vodafone"),
        "2": ("tele2", "beeline", "activ", "altel"),
    },
    grace=timedelta(minutes=2),
    forwarded=frozenset({"av"}),
    additional=frozenset({"ym", "ya", "av", "ot"}),
    voiced=frozenset({"tg", "wa", "av", "ot"}),
    several=frozenset({"0", "1", "2", "6", "22"}),
    rental_deeds=frozenset({"revoke"}),
    first_id=635468021,
    first_rent=1049,
    zone=MOSCOW,
)
