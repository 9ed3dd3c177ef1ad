error-host-unusable = This is not an address that I can use. I need one like https://example.com: with https, and without a login, a question mark or anything behind it.
error-host-private = This address leads into a private network. I only go to hosts on the public internet.
error-move-too-early = A purchase on this key is still being settled, and only the present host can tell how it ends. Please try again once it is over.
error-orders-stay = { $count ->
    [one] { $count } open order on this key is not known there, and its code would be lost. I have not moved the key; try again when the order is over.
   *[other] { $count } open orders on this key are not known there, and their codes would be lost. I have not moved the key; try again when they are over.
    }
