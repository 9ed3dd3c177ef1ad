"""The answers that Get-SMS's page prints, letter by letter.

Where the page itself elides (``...``) or explains (``//``), those lines are left out; nothing else is
touched.
"""

BALANCE = """{
   "status": 200,
   "data": {
      "balance": 100,00
   }
}"""

COUNT = """{
   "status": 200,
   "data": {
      "ANY": {
         "vk": {
            "count": 0,
            "price": "5"
         },
         "ok": {
            "count": 0,
            "price": "5"
         },
         "wapp": {
            "count": 1,
            "price": "2"
         },
         "vbr": {
            "count": 10,
            "price": "2"
         }
      }
   }
}"""

COUNT_FAILED = """{
   "status": 500,
   "data": {
      "msg": "Failed to generate a service count"
   }
}"""

NUMBER = """{
   "status": 200,
   "data": {
      "order_id": "377253343",
      "phone": "79969817867",
      "start_time": "2023-02-23T13:11:57.373Z"
   }
}"""

NO_NUMBER = """{
   "status": 500,
   "data": {
      "msg": "No phone number was found for this request",
      "advice": "Please try to retrieve the phone number later, after new numbers become available"
   }
}"""

CODE = """{
   "status": 200,
   "data": {
      "code": "753455",
      "fullSms": "753455",
      "phone": "79969817867",
      "receivedDate": "2023-02-23T13:18:57.373Z",
      "sender": "",
      "id": "377253343",
      "phonePass": ""
   }
}"""

NOT_YET = """{
   "status": 400,
   "data": {
      "msg": "The SMS has not been found yet",
      "advice": "The SMS has probably not been received yet. Please try the request again in 10 seconds"
   }
}"""

CANCELED = """{
   "status": 200,
   "data": {
      "msg": "The phone number order has been canceled"
   }
}"""

BANNED = """{
   "status": 200,
   "data": {
      "msg": "The phone number is banned"
   }
}"""

ALL_COUNT = """{
 "ru": [
  {
   "vk": {
    "name": "VK",
    "price": "62.3",
    "count_all": "3712"
   },
   "wa": {
    "name": "Whatsapp",
    "price": "195",
    "count_all": "3740"
   },
   "vi": {
    "name": "Viber",
    "price": "6.55",
    "count_all": "3876"
   },
   "tg": {
    "name": "Telegram",
    "price": "209.49",
    "count_all": "3861"
   },
   "ask": {
    "name": "SVOE",
    "price": "8.98",
    "count_all": "3525"
   }
  }
 ],
 "england": [
  {
   "vk": {
    "name": "VK",
    "price": "2.28",
    "count_all": "3909"
   },
   "ok": {
    "name": "Ok.ru",
    "price": "38.2",
    "count_all": "4026"
   },
   "atp": {
    "name": "Vonage",
    "price": "2.13",
    "count_all": "3979"
   }
  }
 ]
}"""

ALL_COUNT_OF_SERVICE = """{
   "ru": {
      "price": "214.15",
      "count_all": "4036"
   },
   "england": {
      "price": "98.67",
      "count_all": "3654"
   },
   "canada": {
      "price": "28.57",
      "count_all": "3970"
   },
   "germany": {
      "price": "295.73",
      "count_all": "1499"
   },
   "ssha": {
      "price": "41.03",
      "count_all": "4459"
   },
   "brazil": {
      "price": "178.28",
      "count_all": "4157"
   }
}"""
