"""The answers that SMSPVA's pages print, letter by letter, and bodies that its servers were seen to send.

The pages explain fields by ``//`` after them; those remarks are left out, and with them the one comma that a
remark of ``orders`` swallowed. ``…_SEEN`` bodies are not on the pages.
"""

COUNTRIES = """{
  "status": 1,
  "data": [
    {
      "name": "Россия",
      "code": "RU"
    }
  ]
}"""

DATA = """{
  "status": 1,
  "data": [
    {
      "name": "Airbnb",
      "service": "opt46",
      "price_day": 6,
      "count": 359
    }
  ]
}"""

DATA_WITH_PROVIDERS = r"""{
    "status": 1,
    "data": {
        "services": [
            {
                "name": "1cupis & okcupid & winline",
                "service": "opt48",
                "price_day": 5,
                "img": "images\/ico\/cupis_okcupid_winline.ico",
                "procent_days": 0,
                "procent": 0,
                "day_step": 0,
                "count": {"MTS": 12},
                "totalCount": 12
            }
        ],
        "totalAmount": 1735,
        "allOperators": ["MTS"]
    }
}"""

COUNT_WITH_PROVIDERS = """{
    "status": 1,
    "data": {
        "opt48": {
            "Amount": {
                "Limbo_AT": 12,
                "Tele2_AT": 1,
                "yesss_AT": 69
            },
            "Total": 82
        }
    }
}"""

CREATE = """{
  "status": 1,
  "data": {
    "id": 40370,
    "pnumber": "9096037108",
    "ccode": "+7",
    "service": "opt6",
    "until": 1587633960
  }
}"""

CREATE_MULTI = """{
  "status": 1,
  "data": [{
    "id": 40370,
    "pnumber": "9096037108",
    "ccode": "+7",
    "service": "opt6",
    "until": 1587633960
  },{
    "id": 40371,
    "pnumber": "9096037108",
    "ccode": "+7",
    "service": "opt7",
    "until": 1587633960
  }]
}"""

ORDERS = """{
  "status": 1,
  "data": [
    {
      "id": 40300,
      "scode": "opt16",
      "sname": "Instagram",
      "state": 0,
      "pnumber": "9096068511",
      "ccode": "+7",
      "cname": "RU",
      "hasnewsms": false,
      "until": 1587552240,
      "canprolong": true,
      "canprolongmax": 162,
      "canprolonguntil": 1634883780,
      "lastonline": 1586947920
    }
  ]
}"""

ADDED = """{
  "status": 1
}"""

SMS = """{
  "status": 1,
  "data": [
    {
      "text": "Code Instagram: 671 094.",
      "sender": "FACEBOOK",
      "date": 1586948100
    }
  ]
}"""

DONE = """{
  "status": 1,
  "data": {
    "id": 123
  }
}"""

HISTORY = """{ 
    "status": 1,
    "data": [{
                "orderId":517017,"resourceCode":"opt59","number":"79020831944",
                "branchId":1235,"haveSms":true,"days":7,"country":"EN",
                "begin":1222222231,"end":1611111931,"closed":1632445144
            }]
}"""  # noqa: W291 - the page's own blank

PRECALC = """{
    "status": 1,
    "data": {
        "ccode": "EN",
        "scode": "opt59",
        "price": 2.4,
        "sname": "Avito",
        "pnumber": "79929831844",
        "outdays": 32,
        "orderid": 317017,
        "prolongTo": 30
    }
}"""

RESTORED = """{"status":1,"data":true}"""

# The list of refusals at the foot of both pages: what stands before the colon, what stands behind it.
RESTORE_REFUSALS = {
    "NOAVAILDAYS": "Phone number is unavalible for automatically restoring. "
    "There are not enough working days for the phone number;",
    "NOTOWNER": "Looks like the order is not your. Check it and try again;",
    "NOREMOTEDATA": "We could not find information about your order in archive. Check that your rental order "
    "was expired;",
    "NOORDERCOUNTRY": "We could not find all info about order. Please, write in live-chat on the website for "
    "restoring order;",
    "DATEDIFFINVERT": "Looks like your order was not expired. Check that your rental order was expired;",
    "NOSERVICEDATA": "Could not load information about service. "
    "Please, write in live-chat on the website for restoring order;",
    "NOBALANCE": "Your balance is not enough for restoring rental order. Today need",
    "the user had not this order": "Looks like the order is not your. Check it and try again;",
    "Service not found": "Could not load information about service. "
    "Please, write in live-chat on the website for restoring order;",
    "Balance is not enough": "Your balance is not enough for restoring rental order;",
}

COUNTRIES_SEEN = '{"status":1,"data":[{"name":"Germany ","code":"DE","rent_switch_type":"FAST"}]}'
DATA_SEEN = '{"status":1,"data":{"services":[{"name":"Airbnb","service":"opt46","price_day":6,"count":359}]}}'
CREATE_SEEN = (
    '{"status":1,"data":[{"id":40370,"pnumber":"9096037108","ccode":"+7","service":"opt6",'
    '"until":1587633960}]}'
)
SMS_SEEN = (
    '{"status":"1","data":{"SmsList":[{"text":"second","sender":"Avito","date":"1586948200"}],'
    '"OtherSms":[{"text":"first","sender":"VK","date":"1586948100"}]}}'
)
NO_DAYS_SEEN = '{"status":0,"msg":"NOAVAILDAYS"}'
NO_SERVICE_SEEN = "Service NOT FOUND!"
TOO_MANY_SEEN = "Превышено количество попыток!"
NO_KEY_SEEN = "API KEY NOT FOUND!"
