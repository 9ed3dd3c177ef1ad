"""Methods about how updates come to the bot, and about the session as such."""

from sandbox.telegram.methods.call import Call, Method
from sandbox.telegram.refusal import Refusal
from sandbox.telegram.schema import Json


async def get_updates(call: Call) -> list[Json]:
    """Play getUpdates."""
    if call.webhook.url:
        raise Refusal(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
            "webhook first",
        )
    updates, params = call.world.updates, call.params
    updates.allow(params.get("allowed_updates"))
    return await updates.poll(params.get("offset"), params.get("limit"), params.get("timeout"))


async def set_webhook(call: Call) -> bool:
    """Play setWebhook; an empty address removes it."""
    params = call.params
    if params.get("drop_pending_updates"):
        call.world.updates.clear()
    if not params["url"]:
        await call.webhook.remove()
        return True
    await call.webhook.set(params["url"], params.get("secret_token"), params.get("max_connections"))
    call.world.updates.allow(params.get("allowed_updates"))
    return True


async def delete_webhook(call: Call) -> bool:
    """Play deleteWebhook."""
    if call.params.get("drop_pending_updates"):
        call.world.updates.clear()
    await call.webhook.remove()
    return True


async def get_webhook_info(call: Call) -> Json:
    """Play getWebhookInfo."""
    return call.webhook.as_json()


async def log_out(call: Call) -> bool:
    """Play logOut."""
    call.world.session.log_out()
    call.world.updates.interrupt()
    return True


async def close(call: Call) -> bool:
    """Play close."""
    call.world.session.close()
    call.world.updates.interrupt()
    return True


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": close,
}
