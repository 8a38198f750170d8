"""How the data compares and writes words."""
import re
import unicodedata


def plain(s):
    return ''.join(c for c in unicodedata.normalize('NFD', s) if not unicodedata.combining(c))


def fold(s):
    return re.findall(r'[^\W_]+', plain(s).lower())


def upper_first(s):
    return s[:1].upper() + s[1:]
