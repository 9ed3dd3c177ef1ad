"""What several replicas share through one Redis: hints, limits, pauses, and whose turn it is.

Everything here can be away. Then each replica goes on by itself, by its own limits; nothing is kept in Redis
that would be missed. Contents of updates, keys and codes never go there.
"""
