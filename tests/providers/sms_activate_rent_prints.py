"""Answers of the rent API as SMS-Activate's page prints them, and some that running houses gave."""

# "Request available countries and services"; where the page leaves operators out with dots, so is it here
SERVICES = (
    '{ "countries": { "0": 0 }, "operators": { "0": "aiva", "1": "any", "2": "beeline", "16": "yota" }, '
    '"services": { "full": { "cost": 42.93, "quant": 20 }, "vk": { "cost": 21.95, "quant": 20 }, '
    '"ok": { "cost": 7.68, "quant": 55 }, "ot": { "cost": 5.2, "quant": 42 } } }'
)

# "Order a virtual number rental"
NUMBER = (
    '{ "status": "success", "phone": { "id": 1049, "endDate": "2020-01-31T12:01:52", '
    '"number": "79959707564" } }'
)

# "get status for rent"
STATUS = (
    '{ "status": "success", "quantity": "2", "values": { "0": { "phoneFrom": "79180230628", "text": "5", '
    '"service": "ot", "date": "2020-01-30 14:31:58" }, "1": { "phoneFrom": "79180230628", "text": "4", '
    '"service": "ot", "date": "2020-01-30 14:04:16" } } }'
)

# "Rental Status Change"
DONE = '{ "status": "success" }'

# "List current activations"
LIST = (
    '{ "status": "success", "values": { "0": { "id": "123456", "phone": "79181234567" }, '
    '"1": { "id": "123457", "phone": "79181234568" } } }'
)

# "Renew rent"
CONTINUED = (
    '{ "status": "success", "phone": { "id": 1049, "endDate": "2020-01-31T12:01:52", '
    '"number": "79959707564"} }'
)

# "Get the cost of rent renewal"
PRICE = '{ "status": "success", "price": 6.33 }'

# Seen, or printed elsewhere
REVOKED = '{"status":"error","message":"STATUS_REVOKE"}'  # taken away by the house, money returned
WAITING = '{"status":"error","message":"STATUS_WAIT_CODE"}'  # no SMS yet: not an error
NO_NUMBERS = '{"status":"error","message":"NO_NUMBERS"}'
CANT_CANCEL = '{"status":"error","message":"CANT_CANCEL"}'  # more than 20 minutes have gone
OUT_OF_STOCK = "OUT_OF_STOCK"  # nothing for rent in that country
# the price of prolonging in dollars, by a method of later days; its printed sample lacks the last brace
PRICE_WITHOUT_END = (
    '{ "status": "success", "price": 6.33, "currency": 840, "hours": 4, "history": {"0": {"createDate": '
    '"2024-10-07 12:10:47", "price": "101.9", "hours": 4} }'
)
CUT_OFF = '{"status":'
FOREIGN_KEY = "BAD_KEY"  # a key of another house
NO_KEY = "NO_KEY"

PRINTED = [SERVICES, NUMBER, STATUS, DONE, LIST, CONTINUED, PRICE, REVOKED, WAITING, PRICE_WITHOUT_END]


def error(word: str, info: str = "") -> str:
    """Return a refusal in the page's form, with details where there are some."""
    details = f', "info": {info}' if info else ""
    return f'{{ "status": "error", "message": "{word}"{details} }}'
