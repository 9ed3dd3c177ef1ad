"""Hosts that users add: only the public internet, judged at every connection, under any spelling."""

import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.domain.errors import HostPrivate, HostUnusable, OutcomeUnknown, Unreachable
from bot.domain.secrets import Key
from bot.providers.addresses import Addresses, AddressRefused
from bot.providers.base import Limits, Record
from bot.providers.calls import Call, Kind
from bot.providers.http import Http
from tests.providers.conftest import HASTE
from tests.support.clock import ManualClock
from tests.support.pace import in_time
from tests.support.wire import Wire, reply

NAME = "numbers.example"
PUBLIC, PUBLIC6 = "93.184.216.34", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


class Names:
    """A DNS under control: each look-up takes the next answer, the last one for ever.

    Attributes:
        asked: which names were looked up.
    """

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, int]] = []

    async def find(self, host: str, port: int) -> list[Any]:
        """Look a name up."""
        self.asked.append((host, port))
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if not answer:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer]


class Lenient(Addresses):
    """Takes one further address for public: the loopback that a test's server listens on."""

    def is_allowed(self, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
        """Say whether an address may be connected to."""
        return str(address) == "127.0.0.1" or super().is_allowed(address)


def call_to(url: str, kind: Kind, *, owner: int | None = 7) -> Call:
    """Return a call to a host that a user added."""
    record = Record("host-1", "Host", url, "none", "USD", "none", url, Limits(), owner=owner)
    return Call(record, "test", "/stubs/handler_api.php", {"api_key": Key("secret-key")}, kind)


@pytest.mark.parametrize("address", [PUBLIC, PUBLIC6, f"::ffff:{PUBLIC}", "1.1.1.1", "2a00:1450::1"])
def test_public_addresses_pass(address: str) -> None:
    """Ordinary hosts of both families can be added."""
    assert Addresses().is_allowed(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
        *("169.254.169.254", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "198.18.0.1"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
        *("fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:53aa:64c::1"),
    ],
)
def test_other_addresses_do_not(address: str) -> None:
    """Private, local, shared, multicast and reserved addresses, and IPv6 forms that stand for IPv4."""
    assert not Addresses().is_allowed(ipaddress.ip_address(address))
    with pytest.raises(AddressRefused):
        Addresses().check(address)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://numbers.example", "https://numbers.example"),
        ("  HTTPS://Numbers.Example/  \n", "https://numbers.example"),
        ("numbers.example", "https://numbers.example"),
        ("numbers.example:8443/api/", "https://numbers.example:8443/api"),
        ("https://numbers.example:443/a/b", "https://numbers.example/a/b"),
        ("https://номера.example", "https://xn--80ajudfo.example"),
        (f"https://[{PUBLIC6}]/", f"https://[{PUBLIC6}]"),
    ],
)
async def test_urls_come_out_in_one_spelling(written: str, url: str) -> None:
    """However a person writes a host, it is the same host; the scheme may be left out."""
    assert await Addresses(find=Names([PUBLIC]).find).url(written) == url


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "http://numbers.example", "ftp://numbers.example", "https://", "https:///stubs", "//x y"),
        *("https://key@numbers.example", "https://a:b@numbers.example", "https://numbers.example?api_key=1"),
        *("https://numbers.example/#top", "https://numbers.example/a b", "https://numbers.example:0"),
        *("https://numbers.example:99999", "https://numbers.example:http", "https://a\\@127.0.0.1"),
        *("https://%6c", "https://[::1", "https://[fe80::1%25eth0]", "javascript://alert", "my key"),
        *(f"https://{'x' * 250}.example", f"https://{'ы' * 70}.example", "https://numbers\x00.example"),
        *("3f2504e04f8911d39a0c0305e82c3301", "localhost", "https://a|b.example"),  # pragma: allowlist secret
    ],
)
async def test_what_is_no_plain_https_host_is_refused(written: str) -> None:
    """Nothing but HTTPS, a host and a path: such a text is not even looked up."""
    names = Names([PUBLIC])
    with pytest.raises(HostUnusable):
        await Addresses(find=names.find).url(written)
    assert names.asked == []


@pytest.mark.parametrize(
    "written",
    [
        *("127.0.0.1", "https://127.1", "https://2130706433", "https://0x7f000001", "https://017700000001"),
        *("https://0x7f.1/", "https://0", "https://[::1]", "https://[::ffff:127.0.0.1]"),
        *("https://localhost", "https://[fe80::1]"),
        *("https://[::ffff:7f00:1]:8443/x", "https://169.254.169.254/latest", "https://192.168.0.1"),
    ],
)
async def test_no_spelling_of_a_local_address_passes(written: str) -> None:
    """Decimal, hexadecimal, octal and short forms are looked up as the system reads them, and refused."""
    with pytest.raises(HostPrivate):
        await Addresses().url(written)


async def test_one_private_address_among_public_ones_is_enough() -> None:
    """A name that leads to both worlds is refused whole: nobody knows which one would be connected to."""
    with pytest.raises(HostPrivate):
        await Addresses(find=Names([PUBLIC, "10.0.0.1"]).find).url(NAME)


async def test_a_name_that_nobody_knows_is_unusable() -> None:
    """A slip of the hand is told at once."""
    with pytest.raises(HostUnusable):
        await Addresses(find=Names([]).find).url(NAME)


async def test_loopback_passes_for_trying_out() -> None:
    """Where it is asked for, this very machine passes, over plain HTTP too; other private ones do not."""
    trying = Addresses(loopback=True)
    assert await trying.url("http://127.0.0.1:8080/sms-activate/") == "http://127.0.0.1:8080/sms-activate"
    assert trying.is_allowed(ipaddress.ip_address("::1"))
    with pytest.raises(HostPrivate):
        await trying.url("http://10.0.0.1")


@pytest.mark.parametrize("kind", Kind)
async def test_a_name_that_turns_private_is_not_connected_to(
    wire: Wire, clock: ManualClock, kind: Kind
) -> None:
    """DNS that was public when the host was added and is loopback now leads nowhere; nothing was bought."""
    names = Names([PUBLIC], ["127.0.0.1"])
    addresses = Addresses(find=names.find)
    port = wire.url.rpartition(":")[2]
    url = await addresses.url(f"https://{NAME}:{port}")
    async with Http(clock, HASTE, addresses=addresses) as http:
        with pytest.raises(Unreachable) as told:
            await in_time(clock, http.send(call_to(url, kind)))
    assert told.value.code == "not-connected"
    assert (wire.connections, len(names.asked) > 1) == (0, True)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"])
async def test_an_address_in_a_stored_url_is_judged_too(
    wire: Wire, clock: ManualClock, kind: Kind, host: str
) -> None:
    """However such a URL came into the database: addresses that need no look-up are refused as well."""
    port = wire.url.rpartition(":")[2]
    async with Http(clock, HASTE) as http:
        with pytest.raises((Unreachable, OutcomeUnknown)):
            await in_time(clock, http.send(call_to(f"http://{host}:{port}", kind)))
    assert wire.connections == 0


@pytest.mark.parametrize("kind", Kind)
async def test_the_operators_own_hosts_are_not_judged(wire: Wire, http: Http, kind: Kind) -> None:
    """What the configuration names may be anywhere, also in the operator's own network."""
    wire.play(reply("fine"))
    assert (await http.send(call_to(wire.url, kind, owner=None))).body == b"fine"


@pytest.mark.parametrize("kind", Kind)
async def test_redirects_are_handed_over_unfollowed(wire: Wire, clock: ManualClock, kind: Kind) -> None:
    """A public host that points to a private one gets its answer back, and no second request is made."""
    wire.play(reply("", 302, Location=f"{wire.url}/inside"))
    async with Http(clock, HASTE, addresses=Addresses(loopback=True)) as http:
        answer = await http.send(call_to(wire.url, kind))
    assert (answer.status, len(wire.heard)) == (302, 1)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for ``NAME`` alone, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture
async def tls_wire(certificate: Path) -> AsyncIterator[tuple[Wire, list[str | None]]]:
    """A server with TLS on loopback, and the names that clients asked its certificate for."""
    asked: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _link, name, _context: asked.append(name)
    async with Wire(tls=context) as wire:
        yield wire, asked


@pytest.mark.parametrize("kind", Kind)
async def test_the_name_stays_in_tls_and_in_the_host_header(
    tls_wire: tuple[Wire, list[str | None]], certificate: Path, clock: ManualClock, kind: Kind
) -> None:
    """The connection goes to the judged address; certificate and ``Host`` are still those of the name."""
    wire, asked = tls_wire
    wire.play(reply("fine"))
    port = wire.url.rpartition(":")[2]
    trust = ssl.create_default_context(cafile=str(certificate))
    addresses = Lenient(find=Names(["127.0.0.1"]).find)
    async with Http(clock, HASTE, trust, addresses) as http:
        assert (await http.send(call_to(f"https://{NAME}:{port}", kind))).body == b"fine"
        (heard,) = wire.heard
        assert (heard.headers["host"], heard.form) == (f"{NAME}:{port}", {"api_key": "secret-key"})
        assert asked == [NAME]
        with pytest.raises(Unreachable):  # the same address under a name that the certificate does not have
            await in_time(clock, http.send(call_to(f"https://other.example:{port}", kind)))
    assert asked[-1] == "other.example"
    assert len(wire.heard) == 1


@pytest.mark.parametrize("kind", Kind)
async def test_an_address_that_does_not_answer_is_passed_over(
    wire: Wire, clock: ManualClock, kind: Kind
) -> None:
    """Of several public addresses the next one is tried: nothing had been sent to the first."""
    wire.play(reply("fine"))
    port = wire.url.rpartition(":")[2]
    addresses = Addresses(loopback=True, find=Names(["127.0.0.2", "127.0.0.1"]).find)
    async with Http(clock, HASTE, addresses=addresses) as http:
        assert (await http.send(call_to(f"http://{NAME}:{port}", kind))).body == b"fine"
    assert len(wire.heard) == 1
