command-balance = What is on your accounts
command-buy = Buy a number
command-help = How it works
command-keys = Your provider keys
command-lang = Change the language
command-orders = Your orders
command-rent = Rent a number for days or weeks
command-start = Start from the beginning

bot-description =
    Buys phone numbers for SMS codes with your own key at a number provider, and rings here when the code arrives.

    Your key is stored encrypted and is never shown again.
bot-short-description = Numbers for SMS codes with your own keys. The code arrives in the chat.
