"""How the simulated Telegram says no: an exception that becomes the Bot API's error answer."""

from sandbox.telegram.schema import Json


class Refusal(Exception):
    """An error answer of the Bot API.

    Attributes:
        code: the HTTP status and ``error_code``.
        description: the sentence that the caller gets, its "Bad Request: " or "Forbidden: " included.
        retry_after: seconds, for 429.
        migrate_to_chat_id: the new identifier of a group that became a supergroup.
    """

    def __init__(
        self,
        code: int,
        description: str,
        *,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id

    def as_json(self) -> Json:
        """Return the body of the answer (Bot API, "Making requests" and ResponseParameters)."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        parameters = {"retry_after": self.retry_after, "migrate_to_chat_id": self.migrate_to_chat_id}
        if present := {name: value for name, value in parameters.items() if value is not None}:
            body["parameters"] = present
        return body


def bad_request(sentence: str) -> Refusal:
    """Return a 400; the sentence's first letter is lowered where the rest of the first word is lower case."""
    if sentence[:1].isupper() and not sentence[1:2].isupper():
        sentence = sentence[0].lower() + sentence[1:]
    return Refusal(400, f"Bad Request: {sentence}")


def forbidden(sentence: str) -> Refusal:
    """Return a 403."""
    return Refusal(403, f"Forbidden: {sentence}")


def not_simulated(what: str) -> Refusal:
    """Return the answer for what Telegram has and this simulation has not: never a fake success."""
    return Refusal(501, f"{what} is not simulated")
