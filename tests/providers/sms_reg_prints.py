"""The answers that "API #2" prints, letter by letter, and those that running clients have met."""

from datetime import timedelta

from bot.providers.base import Limits, Record

RECORD = Record(
    slug="getsms-online",
    title="GetSMS.ONLINE",
    url="",
    protocol="sms_reg",
    currency="RUB",
    codes="sms_reg",
    site="https://getsms.online",
    limits=Limits(lifetime=timedelta(minutes=20)),
)

BALANCE = '{"response":"1","balance":"SUM"}'
ERROR = '{"response":"ERROR","error_msg":"MESSAGE"}'
ORDER = '{"response":"1","tzid":"TZID"}'
DONE = '{"response":"1"}'
STATE = '{"response":"RESPONSE","service":"SERVICE","number":"NUMBER","msg":"ANSWER"}'
REPEAT = '{"response":"RESPONSE","tzid":"NEWTZID"}'

STATES = (
    "TZ_NUM_PREPARE",
    "TZ_NUM_WAIT",
    "TZ_NUM_ANSWER",
    "TZ_NUM_WAIT2",
    "WARNING_NO_NUMS",
    "TZ_OVER_OK",
    "TZ_OVER_EMPTY",
)

ERROR_WORDS = (
    "ERROR_NO_KEY",
    "ERROR_WRONG_KEY",
    "WARNING_LOW_BALANCE",
    "Service not define",
    "%mn% to this TZID not applicable",
    "There is no TZID value",
    "There is no %param% value",
)

# w032: a cousin's getState, a list with one state in it; ids and times are numbers, the phone has its plus
COUSIN_STATE = (
    '[{"country":7,"sum":3,"service":"fastfriend","number":"+79000000000","response":"TZ_NUM_WAIT",'
    '"tzid":83301928,"time":750,"form":"index"}]'
)
# w166: not enough money
LOW_BALANCE = '{"response":"ERROR","error_msg":"WARNING_LOW_BALANCE"}'
# w170: over, setReady was never sent
NEVER_READY = '{"response":"TZ_OVER_NR"}'
# w173: over, another SMS was asked for and did not come
NOT_REVISED = '{"response":"TZ_OVER2_EMPTY"}'


def error(sentence: str) -> str:
    """Return the page's error object with a sentence in it."""
    return ERROR.replace("MESSAGE", sentence)


def state(word: str, number: str = "79251234567", msg: str | None = "") -> str:
    """Return the page's state object; without ``msg`` where that is None."""
    said = "" if msg is None else msg
    body = STATE.replace("ANSWER", said).replace("SERVICE", "telegram").replace("NUMBER", number)
    body = body.replace("RESPONSE", word)
    return body.replace(',"msg":""', "") if msg is None else body
