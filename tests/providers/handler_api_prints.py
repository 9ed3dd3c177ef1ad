"""Answers letter by letter: as the three pages print them, and as running houses were seen to give them."""

# Get-SMS, "Request for the number of available numbers"; av_0 is there twice
GETSMS_STATUS = """{
   "vk_0": 28,
   "ok_0": 4,
   "wa_0": 9,
   "vi_0": 19,
   "tg_0": 30,
   "wb_0": 21,
   "go_0": 30,
   "av_0": 8,
   "av_0": 23,
   "fb_0": 24
}"""

# Get-SMS, "Get all prices for services"
GETSMS_PRICES = """{
 "0": {
    "vk": {
        "25": 36
    },
    "lb": {
        "25": 169
    },
    "wa": {
        "51": 178
    },
    "vi": {
        "2.96": 0
    },
    "tg": {
        "38.8": 0
    },
    "wb": {
        "6.56": 3580
    },
    "go": {
        "7.87": 4433
    },
    "av": {
        "6.69": 3595
    },
    "fb": {
        "3.94": 3932
    },
    "qw": {
        "20": 3759
    }
  }
}"""

# GetSMS.ONLINE, "API #1"
ONLINE_STATUS = (
    '{"ot_0":70,"av_0":98,"av_1":98,"fb_0":98,"go_0":92,"ig_0":97,"ok_0":86,"tg_0":97,"tw_0":98,"vi_0":98,'
    '"vk_0":75,"wb_0":3,"wa_0":98}'
)

# SMS-Activate, "Request the available quantity of virtual numbers"
STATUS = (
    '{"vk_0":76,"ok_0":139,"wa_0":90,"vi_0":223,"tg_0":158,"wb_0":106,"go_0":182,"av_0":244,"av_1":211,'
    '"fb_0":107}'
)

# SMS-Activate, "Request for top countries by service FreePrice": a quote is missing, as is the rest
TOP_COUNTRIES = '{ 0: { "country: 0, "count": 43575, "price": 15.00, "retail_price": 30.00 }, ... }'
TOP_COUNTRIES_FREE = (
    '{ 0: { "country: 0, "count": 43575, "price": 15.00, "retail_price": 30.00, "freePriceMap": '
    '{ "15.00": 43242, "18.00": 333 } }, ... }'
)

# SMS-Activate, "Request available operators": the example
OPERATORS = """{"status":"success", "countryOperators": {
"0": ["beeline","megafon","mts", ...],
"1": ["life","mts","kyivstar","utel" ...],
...
}}"""

# SMS-Activate, "Request active activations": the last brace is missing
ACTIVE = """{"status":"success", "activeActivations": [
{
"activationId" : "635468021",
"serviceCode" : "vk",
"phoneNumber" : "79********1",
"activationCost" : "12.50",
"activationStatus" : "4",
"smsCode" : ["CODE"],
"smsText" : "[Your CODE registration code]",
"activationTime" : "2022-06-01 16:59:16",
"discount" : "0.00",
"repeated" : "0",
"countryCode" : "0",
"countryName" : "Russia",
"canGetAnotherSms" : "1",
}]"""

# SMS-Activate, "V2 Number Request FreePrice": the number is masked
NUMBER_V2 = """{
"activationId": 635468024,
"phoneNumber": "79584******",
"activationCost": "12.50",
"countryCode": "0",
"canGetAnotherSms": "1",
"activationTime": "2022-06-01 17:30:57",
"activationOperator": "mtt"
}"""

# SMS-Activate, "Ordering a virtual number for several services": a template
SEVERAL = """{{'phone':phone,'activation':activation,'service':service},
{'phone':phone,'activation':activation,'service':service}}"""

# SMS-Activate, "Get activation history"
HISTORY = """[{
"id": 635468024,
"date": "2022-11-12 15:58:39",
"phone": "79918529716",
"sms": "sms":"["Your sms code"]",
"cost": 100 //Если активация не завершена, то cost = 0,
"status": "4",
}]"""

# SMS-Activate, "Get TOP 10 countries by a service"
RATES = """[{
"country": 0,
"share": 50 - // (Purchases of the chosen service by country as a percentage of the total quantity of purchases at our service),
"rate": 50 - // (% of successful activations among the total number of activations by the country)
}]"""  # noqa: E501 - as printed

# SMS-Activate, "Get the status of an incoming call"
INCOMING_CALL = '{"status":"2","phone":false}'

# SMS-Activate, "Get current prices by country" and "Get up-to-date prices for services for verification"
PRICES = '{"Country":{"Service":{"cost":Cost,"count":Count}}}'
PRICES_VERIFICATION = '{"Service":{"Country":{"count":Quantity,"price":"Price"}}}'

# SMS-Activate, "Get a list of all countries"
COUNTRIES = (
    '{{\'Страна\':{\'id\':0,\'rus\':"Россия","eng:"Russia","chn":"俄罗斯","visible":1,"retry":1,'
    '"rent":1,"multiService":1}},'
)

# SMS-Activate, "Get a price for additional number activation", "Call the service" and "Check outgoing call
# status"
EXTRA_PRICE = '{\'status\': \'success\', \'cost\':200,"service":"tw","phone":777777777,"country":14},'
CALL_TASK = "{'status': 'success', 'msg':'Call request successfully created.'},"
OUTGOING_CALLS = (
    '{"958874106":{"date":"2022-07-29 16:03:23","phoneFrom":"79912556393","status":"IN_PROCESS"}},'
)

# What no parser could take, and what it is once the slips are put right.
TORN = {
    "top-countries": TOP_COUNTRIES,
    "top-countries-free": TOP_COUNTRIES_FREE,
    "operators": OPERATORS,
    "active": ACTIVE,
    "history": HISTORY,
    "rates": RATES,
    "prices": PRICES,
    "prices-verification": PRICES_VERIFICATION,
    "countries": COUNTRIES,
}
MENDED_TOP_COUNTRIES = (
    TOP_COUNTRIES.replace("0:", '"0":').replace('"country:', '"country":').replace(", ...", "")
)
MENDED_TOP_COUNTRIES_FREE = (
    TOP_COUNTRIES_FREE.replace("0:", '"0":', 1).replace('"country:', '"country":').replace(", ...", "")
)
MENDED_OPERATORS = OPERATORS.replace(", ...]", "]").replace(" ...]", "]").replace("],\n...", "]")
MENDED_ACTIVE = ACTIVE + "}"
MENDED_HISTORY = (
    HISTORY.replace('"sms": "sms":"["Your sms code"]"', '"sms": "[\\"Your sms code\\"]"')
    .replace(" //Если активация не завершена, то cost = 0,", ",")
    .replace('"status": "4",', '"status": "4"')
)
MENDED_RATES = '[{"country": 0, "share": 50, "rate": 50}]'
MENDED_PRICES = '{"0":{"vk":{"cost":9,"count":27934}}}'
MENDED_PRICES_VERIFICATION = '{"vk":{"0":{"count":20,"price":"12.5"}}}'
MENDED_COUNTRIES = (
    '{"Россия":{"id":0,"rus":"Россия","eng":"Russia","chn":"俄罗斯","visible":1,"retry":1,'
    '"rent":1,"multiService":1}}'
)

# Seen from running houses.

HERO_BANNED = (
    '{"title":"BANNED","details":"Account temporarily suspended for this specific country/service pair.",'
    '"info":{"scope":"specific","banned_until":1739448000,"retry_after_seconds":3600,'
    '"readable_date":"2026-02-20T15:00:00+00:00"}}'
)
HERO_WRONG_MAX_PRICE = (
    '{"title":"WRONG_MAX_PRICE","details":"The maximum price is less than the permitted price",'
    '"info":{"min":0.1234}}'
)
HERO_EARLY_CANCEL = (
    '{"title":"EARLY_CANCEL_DENIED","details":"Activation cannot be cancelled at this time. Minimum '
    'activation period must pass.","info":{"minActivationTime":120}}'
)
HERO_OTP = (
    '{"title":"OTP_RECEIVED","details":"Cannot terminate activation - OTP has been received on this number"}'
)
HERO_NEW_OTP = (
    '{"title":"NEW_OTP_RECEIVED","details":"Otp was received on this number. Please confirm termination.",'
    '"info":{"data":[{"id":"3416693217","phoneFrom":"Telegram","code":"123456","text":"Telegram code 123456",'
    '"service":"tg","date":"2026-02-16T12:36:59+03:00","type":"sms"},{"id":"3416693218","phoneFrom":'
    '"213421421431","code":null,"text":null,"service":"tg","date":"2026-02-16T12:36:59+03:00","type":"call"}]}}'
)
HERO_NOT_ACTIVE = (
    '{"title":"ACTIVATION_NOT_ACTIVE","details":"Activation is terminated/refunded and Otp cannot be '
    'retrieved"}'
)
HERO_NOT_FOUND = '{"title":"NOT_FOUND","details":"Activation Not Found"}'
HERO_BOUGHT = (
    '{"activationId":"635468024","phoneNumber":"79584123456","activationCost":12.5,"currency":840,'
    '"countryCode":6,"countryPhoneCode":62,"canGetAnotherSms":true,"activationTime":"2026-02-18T16:11:33+00:00",'
    '"activationEndTime":"2026-02-18T18:11:23+00:00","activationOperator":"any","verificationType":"sms",'
    '"subtype":1,"serviceCode":"vk","status":4}'
)
HERO_ACTIVE = (
    '{"status":"success","data":[{"activationId":"635468021","serviceCode":"vk","phoneNumber":"79000000001",'
    '"activationCost":12.5,"activationStatus":"4","smsCode":"12345","smsText":"Your code is 12345",'
    '"activationTime":"2022-06-01 16:59:16","countryCode":"2","countryName":"Kazakhstan",'
    '"canGetAnotherSms":"1","currency":840,"verificationType":"sms","subtype":1}]}'
)
HERO_NO_ACTIVE = (
    '{"data":[],"meta":{"page":1,"size":5,"sort":{"id":"desc"},"total":0,"filters":{"countries":[],'
    '"services":[]}}}'
)
HERO_HISTORY = (
    '{"data":[{"id":909862579,"createDate":"2026-09-28T11:41:10.000000Z","service":"ot","country":187,'
    '"phone":15550000001,"moreCodes":null,"cost":0.6,"status":8,"phoneCode":1,"currency":840,"subtype":1},'
    '{"id":909794275,"createDate":"2026-09-28T11:19:30.000000Z","service":"dr","country":52,'
    '"phone":66900000002,"moreCodes":"490838","cost":0.12,"status":6,"phoneCode":66,"currency":840,'
    '"subtype":1}],"totals":{"sum":7.5494,"successCount":23},"meta":{"page":1,"size":25,"sort":{"id":"desc"},'
    '"total":73}}'
)
HERO_PRICES = '{"187":{"ot":{"cost":0.6,"count":592116,"physicalCount":8317}}}'
HERO_OFFERS = (
    '{"data":{"ot":{"52":{"prices":{"default":0.2,"retail":0.24,"min":0.24},"counts":{"total":2898,'
    '"physical":2287,"defaultPrice":1039},"map":{"0.2400":1091,"0.3280":1159,"0.4236":1902,"3.0000":2898}}}}}'
)
HERO_BAD_SERVICE = '{"status":"false","msg":"service is incorrect"}'
HERO_COUNTRIES = (
    '{"1":{"id":1,"rus":"Украина","eng":"Ukraine","chn":"乌克兰","visible":1,"retry":1,"rent":1},'
    '"187":{"id":187,"rus":"США","eng":"USA","chn":"美国","visible":1,"retry":1,"rent":0}}'
)
HERO_OPERATORS = (
    '{"status":"success","countryOperators":{"6":["axis","byu","indosat","smartfren","telkomsel","three"]}}'
)
HERO_ALL_SMS = (
    '{"data":[{"id":"1","phoneFrom":"Telegram","code":"123456","text":"Telegram code 123456","service":"tg",'
    '"date":"2026-02-16T12:36:59+03:00","type":"sms"},{"id":"2","phoneFrom":"213421421431","service":"tg",'
    '"date":"2026-02-16T12:40:00+03:00","type":"call"}],"meta":{"total":2,"service":"full"}}'
)
HERO_NOTHING_YET = '{"verificationType":"sms","data":null}'
GRIZZLY_PRICES = (
    '{"62":{"wx":{"price":2,"count":5,"providers":{"311":{"count":3,"price":[2,2.5]},"312":{"count":2,'
    '"price":[3]}}}}}'
)
GRIZZLY_NO_PRICE = '{"62":{"wx":{"price":"n/a"}}}'
# From SMS-Activate's own program in Python, and its later page on history.
PROGRAM_SEVERAL = (
    "[{'phone': '79999999999', 'activation': 000000000, 'service': 'fb'}, "
    "{'phone': '79999999999', 'activation': 000000001, 'service': 'ig'}]"
)
LATER_HISTORY = """[{
"id": 635468024,
"date": "2022-11-12 15:58:39",
"phone": "79918529716",
"sms": "sms":"["Your sms code"]",
"cost": 100 //For active ones cost = 0
"status": "4",
"currency": 840 //ISO 4217 Num
}]"""
