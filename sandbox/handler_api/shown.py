"""How the panel shows an activation or a rental of a house that speaks ``handler_api.php``."""

from typing import Any

from sandbox.handler_api.house import House
from sandbox.handler_api.records import Activation, Rental, Stage

_WORDS = {
    Stage.PREPARING: "waiting",
    Stage.WAITING: "waiting",
    Stage.AGAIN: "waiting",
    Stage.RESEND: "waiting",
    Stage.RECEIVED: "received",
    Stage.FINISHED: "over",
    Stage.CANCELED: "canceled",
    Stage.REFUSED: "banned",
}


def shown(order: Activation | Rental, house: House) -> dict[str, Any]:
    """Return it as JSON values; a rental for all services has no name of a service."""
    common = {
        "id": order.id,
        "phone": order.phone,
        "service": order.service,
        "country": order.country,
        "state": order.lease.value if isinstance(order, Rental) else _WORDS[order.stage],
        "price": f"{order.price:.2f}",
        "created_at": int(order.created_at.timestamp()),
        "expires_at": int(order.expires_at.timestamp()),
        "sms": [{"text": sms.text, "code": sms.code, "at": int(sms.at.timestamp())} for sms in order.sms],
    }
    if isinstance(order, Activation):
        return common
    name = house.services[order.service][0] if order.service in house.services else None
    return common | {"rental": True, "service_name": name}
