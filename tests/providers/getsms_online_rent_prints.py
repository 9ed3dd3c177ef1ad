"""Answers of GetSMS.ONLINE's three rent methods, as its page prints them, letter by letter."""

SMS = (
    '{"response":"0","items":[{ id_message: "123", date: "1551809583", sender: "7900000001", text: "text1" }'
    ', { id_message: "122", date: "1551809443", sender:"7900000001" text: "text2" }]}'
)

LIST = (
    '{"response":"0","description": "success","data": { "rents":[{ number: 79801212123, time_start: '
    "1540800475, time_end: 1553674075 }, { number: 79801212124, time_start: 1540800475, time_end: "
    "1553674075 }]}}"
)

RENTED = "success: X"  # "where X - means rented number"

TOO_LOW = "too low balance -"
NO_NUMBERS = "no numbers -"
TRY_AGAIN = "error, please try again -"


def rented(number: str) -> str:
    """Return the printed answer with a number in it."""
    return RENTED.replace("X", number)


PRINTED = [SMS, LIST, RENTED, rented("79801212123"), TOO_LOW, NO_NUMBERS, TRY_AGAIN, "RENT_LIST_EMPTY"]
