button-why = Why is there no code?
button-take-next = Ban, take the next
why-title = <b>Why is there no code?</b>
why-ready = <b>{ $provider } is not waiting yet.</b> Request the SMS in the service, then press <b>SMS sent</b>.
why-requested = <b>Was the SMS requested?</b> Enter the number with its country code in the service, and let it send the code again.
why-app = <b>Does { $service } send it to an app?</b> If the number has an account already, the code often goes into the app instead of an SMS. Then take another number.
why-dead = <b>Is the number dead?</b> If the service refuses it, or nothing came after a second try, ban it and take the next one.
why-money = A number that goes back without an SMS returns its price. If none comes, the price returns by itself at the end.
