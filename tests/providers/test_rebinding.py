"""Hosts of users against DNS that changes its answer, all sorts of redirects, and proxies."""

import pytest

from bot.domain.errors import OutcomeUnknown, Unreachable
from bot.providers.addresses import Addresses
from bot.providers.calls import Kind
from bot.providers.http import Http
from tests.providers.conftest import HASTE
from tests.providers.test_addresses import NAME, PUBLIC, Lenient, Names, call_to
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Wire, reply

METADATA = "169.254.169.254"


def port_of(wire: Wire) -> str:
    """Return the port that a server listens on."""
    return wire.url.rpartition(":")[2]


@pytest.mark.parametrize("kind", Kind)
async def test_the_judged_address_is_the_one_connected_to(wire: Wire, clock: ManualClock, kind: Kind) -> None:
    """A name is looked up once for a connection: an answer that changes between two looks wins nothing."""
    wire.play(reply("fine"))
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    async with Http(clock, HASTE, addresses=Lenient(find=names.find)) as http:
        answer = await http.send(call_to(f"http://{NAME}:{port_of(wire)}", kind))
    assert (answer.body, len(names.asked)) == (b"fine", 1)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("private", ["10.0.0.1", METADATA, "192.168.0.1", "100.64.0.1", "0.0.0.0", "::1"])
async def test_a_name_that_turns_private_after_a_good_answer(
    wire: Wire, clock: ManualClock, kind: Kind, private: str
) -> None:
    """Every new connection is judged anew, however many good ones there were; nothing of the call leaves."""
    names = Names(["127.0.0.1"], [private])
    url = f"http://{NAME}:{port_of(wire)}"
    async with Http(clock, HASTE, addresses=Lenient(find=names.find)) as http:
        wire.play(reply("fine", Connection="close"))
        await http.send(call_to(url, kind))
        with pytest.raises(Unreachable) as told:
            await in_time(clock, http.send(call_to(url, kind)))
    assert (told.value.code, len(wire.heard)) == ("not-connected", 1)


@pytest.mark.parametrize("kind", Kind)
async def test_a_private_address_behind_a_public_one_is_no_second_try(
    wire: Wire, clock: ManualClock, kind: Kind
) -> None:
    """Where a name has a public address and a private one, neither is tried: the name is refused."""
    names = Names([PUBLIC, "127.0.0.1"])
    async with Http(clock, HASTE, addresses=Addresses(find=names.find)) as http:
        with pytest.raises(Unreachable):
            await in_time(clock, http.send(call_to(f"http://{NAME}:{port_of(wire)}", kind)))
    assert wire.connections == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("kind", Kind)
async def test_no_redirect_is_followed(wire: Wire, clock: ManualClock, kind: Kind, status: int) -> None:
    """Whatever the status promises about method and body, the form with the key is not sent on."""
    headers = {"Location": f"{wire.url}/inside", "Refresh": f"0; url={wire.url}/inside"}
    wire.play(reply("", status, **headers))
    async with Http(clock, HASTE, addresses=Addresses(loopback=True)) as http:
        try:
            answered = (await in_time(clock, http.send(call_to(wire.url, kind)))).status
        except OutcomeUnknown:
            answered = status  # of a paid call nothing better can be said
    assert (answered, len(wire.heard)) == (status, 1)


@pytest.mark.parametrize("kind", Kind)
async def test_proxies_of_the_machine_are_not_used(
    wire: Wire, clock: ManualClock, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would look the name up by itself, past our judgement: the environment's is not asked."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, wire.url)
    addresses = Addresses(find=Names(["10.0.0.1"]).find)
    async with Http(clock, HASTE, addresses=addresses) as http:
        with pytest.raises(Unreachable):
            await in_time(clock, http.send(call_to(f"http://{NAME}", kind)))
    assert wire.connections == 0
