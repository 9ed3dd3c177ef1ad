"""The houses beside Get-SMS: two with documents of their own, and hosts that speak a known language.

Currencies are what the documents and answers show. Where neither names one it is assumed, which is said
beside it: a provider of the configuration for the same host can put it right.
"""

from datetime import timedelta
from typing import Literal

from bot.providers.base import Limits, Record

GETSMS_ONLINE_URL = "https://api.getsms.online"
SMS_ACTIVATE_URL = "https://api.sms-activate.org"
SMSPVA_URL = "https://smspva.com"
SMSPVA_RATE = 0.25  # its page names none; its clients keep 4 to 5 s between any two calls

GetSmsOnlineApi = Literal["handler", "sms_reg"]

# GetSMS.ONLINE's page: 50 requests a second from one address; a number that brings no SMS is given up after
# 20 minutes.
_GETSMS_ONLINE_LIMITS = Limits(lifetime=timedelta(minutes=20), requests_per_second=50)
# SMS-Activate's page names neither rate nor lifetime; its numbers lived for 20 minutes.
_USUAL_LIMITS = Limits(lifetime=timedelta(minutes=20))

# Slug, title, host, currency, dialect.
_HOSTS = (
    ("hero-sms", "HeroSMS", "hero-sms.com", "USD", "hero_sms"),  # its answers name currency 840
    ("vak-sms", "VAK-SMS", "vak-sms.com", "RUB", "vak_sms"),  # its clients say so of the balance
    ("grizzlysms", "Grizzly SMS", "api.grizzlysms.com", "USD", "clone"),  # assumed
    ("smsbower", "SMSBower", "smsbower.page", "USD", "clone"),  # assumed
    ("smshub", "SMSHub", "smshub.org", "USD", "clone"),  # assumed
    ("give-sms", "Give-SMS", "give-sms.com", "RUB", "getsms"),  # Get-SMS by another name
    ("5sim", "5SIM", "api1.5sim.net", "RUB", "clone"),  # assumed
)
_SITES = {"grizzlysms": "https://grizzlysms.com", "5sim": "https://5sim.net"}


def build_presets(
    getsms_online_url: str = GETSMS_ONLINE_URL,
    sms_activate_url: str = SMS_ACTIVATE_URL,
    getsms_online_api: GetSmsOnlineApi = "handler",
    smspva_url: str = SMSPVA_URL,
    smspva_rate: float = SMSPVA_RATE,
) -> tuple[Record, ...]:
    """Return the records of the houses that ship with the bot, without Get-SMS.

    Args:
        getsms_online_url: scheme, host and optional path prefix of GetSMS.ONLINE.
        sms_activate_url: the same of SMS-Activate, which closed at the end of 2025.
        getsms_online_api: which of its two languages GetSMS.ONLINE is spoken to in.
        smspva_url: scheme, host and optional path prefix of SMSPVA, which rents numbers out.
        smspva_rate: how many calls a second it gets at most.
    """
    handler = getsms_online_api == "handler"
    return (
        Record(
            slug="getsms-online",
            title="GetSMS.ONLINE",
            url=getsms_online_url.rstrip("/"),
            protocol="handler_api" if handler else "sms_reg",
            currency="RUB",  # its page names a price in roubles
            codes="getsms_online" if handler else "sms_reg",
            site="https://getsms.online",
            limits=_GETSMS_ONLINE_LIMITS,
            quirks={"dialect": "getsms_online"} if handler else {},
            rentals="getsms_online_rent",
        ),
        Record(
            slug="sms-activate",
            title="SMS-Activate",
            url=sms_activate_url.rstrip("/"),
            protocol="handler_api",
            currency="RUB",  # its page shows a balance in roubles
            codes="sms_activate",
            site="https://sms-activate.org",
            limits=_USUAL_LIMITS,
            quirks={"dialect": "sms_activate"},
            closed=True,
            rentals="sms_activate_rent",
        ),
        Record(
            slug="smspva",
            title="SMSPVA",
            url=smspva_url.rstrip("/"),
            protocol=None,
            currency="USD",
            codes="smspva",
            site="https://smspva.com",
            limits=Limits(requests_per_second=smspva_rate),
            rentals="smspva",
        ),
        *(
            Record(
                slug=slug,
                title=title,
                url=f"https://{host}",
                protocol="handler_api",
                currency=currency,
                codes="getsms_compatible" if dialect == "getsms" else "sms_activate",
                site=_SITES.get(slug, f"https://{host}"),
                limits=_USUAL_LIMITS,
                quirks={"dialect": dialect},
            )
            for slug, title, host, currency, dialect in _HOSTS
        ),
    )
