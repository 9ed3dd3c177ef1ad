"""Calls are held against the Bot API's description."""

import json
from typing import Any

import aiohttp
import pytest

from sandbox.telegram.people import Person
from sandbox.telegram.refusal import Refusal
from sandbox.telegram.validation import Upload, find_method, validate
from tests.sandbox.telegram.api import TOKEN, Api


def refused(method: str, **params: Any) -> str:
    """Return why these parameters are refused."""
    with pytest.raises(Refusal) as caught:
        validate(find_method(method), params, {})
    assert caught.value.code == 400
    return caught.value.description


def test_every_method_of_the_api_is_known_in_any_case() -> None:
    """Names match without regard to case, and an invented one is a 404."""
    assert find_method("SENDmessage").name == "sendMessage"
    with pytest.raises(Refusal, match="Not Found"):
        find_method("sendNothing")


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("chat_id", "Bad Request: chat_id is empty"),
        ("text", "Bad Request: message text is empty"),
    ],
)
def test_a_missing_parameter_is_named(missing: str, sentence: str) -> None:
    """What is required and absent is refused, in Telegram's words."""
    params = {"chat_id": 1, "text": "x"}
    del params[missing]
    assert refused("sendMessage", **params) == sentence


def test_a_missing_parameter_without_a_sentence_of_its_own() -> None:
    """The general sentence names the parameter."""
    assert refused("setMyCommands") == 'Bad Request: parameter "commands" is required'


def test_an_unknown_parameter_is_refused() -> None:
    """A slip of the pen does not pass in silence."""
    assert refused("sendMessage", chat_id=1, text="x", parse_mod="HTML") == (
        'Bad Request: unknown parameter "parse_mod" of sendMessage'
    )


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"message_id": "one"}, 'parameter "message_id" must be an integer'),
        ({"message_id": True}, 'can\'t parse parameter "message_id": Number expected'),
        ({"reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"reply_markup": "[]"}, "can't parse reply markup: Object expected"),
        ({"reply_markup": {"inline_keyboard": 5}}, "can't parse inline keyboard markup: Array expected"),
        (
            {"reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": 5}]]}},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "calback_data": "x"}]]}},
            'can\'t parse inline keyboard button: Unknown field "calback_data"',
        ),
    ],
)
def test_wrong_types_are_refused_at_any_depth(params: dict[str, Any], sentence: str) -> None:
    """The sentence leads to the field that is wrong."""
    whole = {"chat_id": 1, "message_id": 1, **params}
    assert refused("editMessageReplyMarkup", **whole) == f"Bad Request: {sentence}"


def test_text_is_converted_to_the_types_of_the_api() -> None:
    """A form carries text only: numbers, booleans and objects come out as what they are."""
    params = validate(
        find_method("sendMessage"),
        {
            "chat_id": "-100123",
            "text": "42",
            "disable_notification": "true",
            "reply_parameters": '{"message_id": 7}',
        },
        {},
    )
    assert params == {
        "chat_id": -100123,
        "text": "42",
        "disable_notification": True,
        "reply_parameters": {"message_id": 7},
    }


def test_a_union_is_told_apart_by_its_constant() -> None:
    """The scope's type decides which fields it must have."""
    commands = [{"command": "buy", "description": "Buy"}]
    params = validate(
        find_method("setMyCommands"), {"commands": commands, "scope": {"type": "chat", "chat_id": 5}}, {}
    )
    assert params["scope"] == {"type": "chat", "chat_id": 5}
    assert refused("setMyCommands", commands=commands, scope={"type": "chat"}) == (
        "Bad Request: can't parse bot command scope chat: Can't find field \"chat_id\""
    )


def test_files_come_attached_or_under_their_own_name() -> None:
    """Both ways of a multipart body lead to the upload; one that is announced and missing is refused."""
    upload = Upload("a.csv", "text/csv", b"1")
    method = find_method("sendDocument")
    attached = validate(method, {"chat_id": "1", "document": "attach://x"}, {"x": upload})
    direct = validate(method, {"chat_id": "1"}, {"document": upload})
    assert attached["document"] is direct["document"] is upload
    assert refused("sendDocument", chat_id=1, document="attach://x") == (
        "Bad Request: attached file x is not found"
    )


def test_a_file_that_nobody_asked_for_is_refused() -> None:
    """A part under a name that the method does not know, or that is no file, does not pass in silence."""
    upload = Upload("a.csv", "text/csv", b"1")
    with pytest.raises(Refusal, match='unknown parameter "x" of sendMessage'):
        validate(find_method("sendMessage"), {"chat_id": 1, "text": "x"}, {"x": upload})
    with pytest.raises(Refusal, match='parameter "text" must not be a file'):
        validate(find_method("sendMessage"), {"chat_id": 1}, {"text": upload})


async def test_parameters_may_come_in_four_ways(http: aiohttp.ClientSession, api: Api, anna: Person) -> None:
    """Query string, form, JSON and multipart say the same."""
    url = f"{api._url}/bot{TOKEN}/sendMessage"
    chat, keyboard = str(anna.id), {"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]}
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in (("chat_id", chat), ("text", "multipart"), ("reply_markup", json.dumps(keyboard))):
        form.add_field(name, value)
    await http.get(url, params={"chat_id": chat, "text": "query", "reply_markup": json.dumps(keyboard)})
    await http.post(url, data={"chat_id": chat, "text": "form", "reply_markup": json.dumps(keyboard)})
    await http.post(url, json={"chat_id": anna.id, "text": "json", "reply_markup": keyboard})
    await http.post(url, data=form)
    assert [message.text for message in anna.messages[1:]] == ["query", "form", "json", "multipart"]
    assert all(message.labels == [["b"]] for message in anna.messages[1:])


async def test_another_token_is_unauthorized(http: aiohttp.ClientSession, api: Api) -> None:
    """Only the bot's own token opens the door."""
    async with http.get(f"{api._url}/bot1:other/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_what_is_not_played_is_not_faked(api: Api, anna: Person) -> None:
    """A real method or parameter without an effect here answers 501."""
    dice = await api("sendDice", chat_id=anna.id)
    assert (dice["error_code"], dice["description"]) == (501, "method sendDice is not simulated")
    effect = await api("sendMessage", chat_id=anna.id, text="x", message_effect_id="5")
    assert effect["error_code"] == 501
    assert [message.text for message in anna.messages] == ["/start"]
