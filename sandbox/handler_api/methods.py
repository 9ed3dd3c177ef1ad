"""Which methods a house has, by name."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.handler_api import buying, calls, course, renting, renting_online, stock
from sandbox.handler_api.getsms_online import GETSMS_ONLINE
from sandbox.handler_api.replies import Ask
from sandbox.handler_api.sms_activate import SMS_ACTIVATE

Method = Callable[[Ask], Any]
"""Takes a request; returns a text, or a value that becomes JSON; raises ``Refused``."""

_SMS_ACTIVATE: Mapping[str, Method] = {
    "getNumbersStatus": stock.get_numbers_status,
    "getTopCountriesByService": stock.get_top_countries_by_service,
    "getBalance": stock.get_balance,
    "getBalanceAndCashBack": stock.get_balance_and_cash_back,
    "getOperators": stock.get_operators,
    "getActiveActivations": course.get_active_activations,
    "getNumber": buying.get_number,
    "getNumberV2": buying.get_number_v2,
    "getMultiServiceNumber": buying.get_multi_service_number,
    "setStatus": course.set_status,
    "getStatus": course.get_status,
    "getFullSms": course.get_full_sms,
    "getHistory": course.get_history,
    "getListOfTopCountriesByService": stock.get_list_of_top_countries_by_service,
    "getIncomingCallStatus": calls.get_incoming_call_status,
    "getPrices": stock.get_prices,
    "getPricesVerification": stock.get_prices_verification,
    "getCountries": stock.get_countries,
    "getAdditionalService": buying.get_additional_service,
    "getExtraActivation": buying.get_extra_activation,
    "checkExtraActivation": buying.check_extra_activation,
    "createTaskForCall": calls.create_task_for_call,
    "getOutgoingCalls": calls.get_outgoing_calls,
    "getRentServicesAndCountries": renting.get_rent_services_and_countries,
    "getRentNumber": renting.get_rent_number,
    "getRentStatus": renting.get_rent_status,
    "setRentStatus": renting.set_rent_status,
    "getRentList": renting.get_rent_list,
    "continueRentNumber": renting.continue_rent_number,
    "getContinueRentPriceNumber": renting.get_continue_rent_price_number,
}

_GETSMS_ONLINE: Mapping[str, Method] = {
    "getPrices": stock.get_prices,
    "getNumbersStatus": stock.get_numbers_status,
    "getBalance": stock.get_balance,
    "getNumberBalance": calls.get_number_balance,
    "getNumber": buying.get_number_online,
    "getRepeat": buying.get_repeat,
    "setStatus": course.set_status,
    "getStatus": course.get_status,
    "cleanblacklist": course.clean_blacklist,
    "getRentNumberSMS": renting_online.get_rent_number_sms,
    "getRentList": renting_online.get_rent_list,
    "getRentOneDay": renting_online.get_rent_one_day,
}

METHODS = {SMS_ACTIVATE.slug: _SMS_ACTIVATE, GETSMS_ONLINE.slug: _GETSMS_ONLINE}
"""By the house's slug."""

BUYING = frozenset(
    {
        "getNumber",
        "getNumberV2",
        "getMultiServiceNumber",
        "getAdditionalService",
        "getExtraActivation",
        "getRepeat",
        "getRentNumber",
        "getRentOneDay",
        "continueRentNumber",
    }
)
CHANGING = BUYING | {"setStatus", "setRentStatus"}
"""What changes a world that the panel shows."""
