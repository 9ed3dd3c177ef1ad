inline-anywhere = any country
inline-description = Sends a link that opens the bot here
inline-open = Open
inline-text = Numbers for codes: { $link }
