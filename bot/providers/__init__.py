"""The wire: one file a protocol, one record a provider, one door for HTTP."""
