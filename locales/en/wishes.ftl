wish-cancel = ↩️ I am giving this number back.
wish-ban = ↩️ I am banning this number.
wish-finish = ☑️ I am finishing this order.
wish-auto = ↩️ No code came, and the time is nearly over. I am giving the number back, as you set under /settings.
wish-why-early = { $provider } says that it is still too early.
wish-why-silent = { $provider } does not answer.
wish-why-pause = { $provider } asks for a pause.
wish-why-key = { $provider } does not accept the key. Replace it under /keys.
wish-why-other = { $provider } has not done it yet.
wish-tries = { $count ->
    [one] Asked { $count } time.
   *[other] Asked { $count } times.
    }
wish-next = Next try { $moment }.
wish-noted = Noted. { $provider } has not confirmed it yet. I keep asking; you need not press again.
wish-noted-early = Noted. For { $provider } it is still too early. I keep asking; you need not press again.
wish-taken-back = I no longer ask for it. If { $provider } has done it already, the card will say so.

notice-given-back = { $provider } has taken the number back. The price returns to your balance.
notice-auto-canceled = No code came, so I gave the number back before its end, as you set under /settings. The price returns to your balance.
notice-kept = { $provider } does not do that with this number any more, so I no longer ask. The number stays with you, and I keep waiting for its code.

choose-question = { $count ->
    [one] { $provider } lists { $count } number that may be the one you bought. I cannot be sure. Is it yours?
   *[other] { $provider } lists { $count } numbers that may be the one you bought. Which one is it?
    }
choose-since = Since { $moment }, by the clock of { $provider }
choose-none = Understood: none of them. I look on, and tell you how it ends.
button-this-one = This one · { $tail }
button-none-of-these = None of these

auto-cancel-title = <b>Give back without a code</b>
auto-cancel-text = When no code has come so many minutes before the end of a number, I give it back by myself, so that its price returns. A code that comes while I do that is delivered, and the number stays. Rentals are left alone.
auto-cancel-off = Now: never.
auto-cancel-on = { $count ->
    [one] Now: { $count } minute before the end.
   *[other] Now: { $count } minutes before the end.
    }
button-auto-cancel = No code: give back { $count } min before the end
button-auto-cancel-never = No code: wait to the end
button-minutes = { $count } min
button-never = Never
