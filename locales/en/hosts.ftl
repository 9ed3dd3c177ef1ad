button-another-host = Another host
button-closed-provider = { $provider } · closed
button-move = Move to another host
button-move-here = Move the key

hosts-prompt =
    Send me the address of the host, for example { $example }

    It must speak the language of SMS-Activate, { $protocol }, as most of them do. /keys to go back.
hosts-prompt-placeholder = Address of the host
hosts-currency =
    In which currency are the prices of { $host }? Most such hosts reckon in dollars.

    For another one, send its three letters, such as KZT. /keys to go back.
hosts-asking = Asking { $host } for balance and prices…
hosts-closed = { $provider } has closed. If its successor knows your key, move it there: your orders stay with it.

move-where = Where shall { $account } move? Its orders and history stay with it.
move-nowhere = I know no other host that speaks the same language. You can add one.
move-question =
    Move { $account } from { $here } to { $there }?

    I first ask the new host whether it knows the key. Orders and history stay with the key.
move-open-orders = { $count ->
    [one] { $count } order is open. If the new host knows it, I watch it there from then on; if not, everything stays as it is.
   *[other] { $count } orders are open. If the new host knows all of them, I watch them there from then on; if not, everything stays as it is.
    }
move-done = ✅ Moved. { $account } is at { $there } now.

error-host-unusable = This is not an address that I can use. I need one like https://example.com: with https, and without a login, a question mark or anything behind it.
error-host-private = This address leads into a private network. I only go to hosts on the public internet.
error-move-too-early = A purchase on this key is still being settled, and only the present host can tell how it ends. Please try again once it is over.
error-orders-stay = { $count ->
    [one] { $count } open order on this key is not known there, and its code would be lost. I have not moved the key; try again when the order is over.
   *[other] { $count } open orders on this key are not known there, and their codes would be lost. I have not moved the key; try again when they are over.
    }
