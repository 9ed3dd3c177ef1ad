"""Answers of the rent API v2 as the document prints them; dots that stand for more are left out."""

PRICES = """{
   "status": 200,
   "data": {
      "vk":{
         "count":"233",
         "price":{
             "1day":"101.9",
             "2day":"144.7",
             "3day":"182.4",
             "4day":"215",
             "5day":"241.5",
             "6day":"251.7",
             "7day":"275.1"
         }
      },
      "wa":{
         "count":"182",
         "price":{
            "1day":"250.5",
            "2day":"355.7",
            "3day":"448.4",
            "4day":"528.6",
            "5day":"593.7",
            "6day":"618.7",
            "7day":"676.4"
         }
      },
      "vi":{
         "count":"316",
         "price":{
            "1day":"17.7",
            "2day":"25.1",
            "3day":"31.7",
            "4day":"37.3",
            "5day":"41.9",
            "6day":"43.7",
            "7day":"47.8"
         }
      }
   }
}"""

NUMBER = """{
   "status":200,
   "data":{
      "order_id":14763471,
      "phone":"79510405923",
      "end_time_timestamp":1702981048,
      "end_time":"2023-12-19 13:17:29",
      "start_timestamp":1702881048
   }
}"""

SMS = """{
   "status":200,
   "data": {
      "msg":"List of all SMS",
      "sms_list":[
         {
            "date":"2023-12-14 17:11:51",
            "text":"Verification code for Rambler&Co: 435345"
         },
         {
            "date":"2023-12-15 15:36:56",
            "text":"Verification code for Rambler&Co: 520455"
         }
      ]
   }
}"""

NO_SMS = """{
   "status":400,
   "data": {
      "msg":"No SMS received on this number yet",
      "advice":"No SMS received on this number yet"
   }
}"""

PROLONGED = """{
   "status":200,
   "data": {
      "phone":"79510405923",
      "msg":"You have extended the rental of the number"
   }
}"""

CANCELED = """{
   "status":200,
   "data": {
      "msg":"Rental canceled",
      "advice":"Your phone number rental order is canceled. The money is refunded."
   }
}"""

DELETED = """{
   "status":200,
   "data": {
      "msg":"Order deleted",
      "advice":"The phone number rental order has been deleted from the system"
   }
}"""

ORDERS = """[
   {
      "id":"512",
      "phone":"79222222222",
      "status":"0",
      "date_at":"2023-09-29 09:56:38"
   },
   {
      "id":"559",
      "phone":"79222222222",
      "status":"1",
      "date_at":"2023-10-10 07:15:07"
   },
   {
      "id":"886",
      "phone":"79222222222",
      "status":"2",
      "date_at":"2023-12-19 13:00:58"
    }
]"""
