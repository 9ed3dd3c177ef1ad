keys-title = <b>Keys</b>
keys-none = You have no keys yet. A key is how I buy at a provider in your name; you find it in your account there.
keys-some = Press a key to check, rename or remove it.
keys-which-provider = At which provider is your key?
keys-prompt =
    Send me your { $provider } key. You find it in your account: { $site }

    I delete your message at once and store the key encrypted; nobody can read it here again. /keys to go back.
keys-prompt-placeholder = Paste the key here
keys-label-prompt = What shall I call { $account }? Send a new name of up to 64 characters. /keys to go back.
keys-label-placeholder = New name
keys-proving = Checking the key with { $provider }…
keys-not-deleted = ⚠️ I could not delete your message with the key. Please delete it yourself.
keys-not-kept = I have not stored this key. Send another one, or /keys to go back.
keys-stray = That looked like a key, so I have not searched for it, and not kept it. To add a key, press the button first.
keys-added = ✅ The key works. Saved as { $account }.
keys-replaced = ✅ The new key works. { $account } uses it from now on.
keys-renamed = ✅ Renamed.
keys-removed = Removed.
keys-tail = { $provider }, key { $tail }
keys-since = Added { $moment }
keys-rejected = ⚠️ The provider refuses this key. Until it is replaced, its orders are not checked for codes.
keys-remove-question = Remove { $account }? I will forget its key. Your money at the provider is not touched, and you can add the key again.
keys-private-only = Keys are a private matter. Let’s continue in our private chat; never send a key to a group.

balance-title = <b>Balance</b>
balance-asking = asking…
balance-untold = not told by this provider; the key works
balance-is = Balance: { $balance }

notice-key-unreadable = ⚠️ I can no longer open the stored key of { $account }: something went wrong with my own safe, not at { $provider }. Please send me the key again; until then I cannot buy with it or fetch codes.
