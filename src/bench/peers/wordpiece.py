"""The original's tokenizer, restated: basic splitting by Unicode categories, then greedy word pieces, one character at a time."""

import unicodedata

LONGEST_WORD = 100


def is_punctuation(char):
    code = ord(char)
    ascii_symbol = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_symbol or unicodedata.category(char).startswith("P")


def is_space(char):
    return char in " \t\n\r" or unicodedata.category(char) == "Zs"


def is_control(char):
    return char not in "\t\n\r" and unicodedata.category(char).startswith("C")


def cleaned(text):
    kept = []
    for char in text:
        if ord(char) not in (0, 0xFFFD) and not is_control(char):
            kept.append(" " if is_space(char) else char)
    return "".join(kept)


def without_accents(word):
    return "".join(char for char in unicodedata.normalize("NFD", word) if unicodedata.category(char) != "Mn")


def split_at_punctuation(word):
    parts, begin_new = [], True
    for char in word:
        if is_punctuation(char):
            parts.append([char])
            begin_new = True
        else:
            if begin_new:
                parts.append([])
            begin_new = False
            parts[-1].append(char)
    return ["".join(part) for part in parts]


class WordPieceTokenizer:
    def __init__(self, vocabulary):
        with open(vocabulary, encoding="utf-8") as lines:
            self.ids = {line.strip(): number for number, line in enumerate(lines)}

    def words(self, text):
        for word in cleaned(text).split():
            yield from split_at_punctuation(without_accents(word.lower()))

    def pieces(self, word):
        """The longest piece of the vocabulary that the rest of the word begins with, again and again."""
        if len(word) > LONGEST_WORD:
            return ["[UNK]"]
        found, start = [], 0
        while start < len(word):
            end = len(word)
            piece = None
            while start < end:
                candidate = ("##" if start > 0 else "") + word[start:end]
                if candidate in self.ids:
                    piece = candidate
                    break
                end -= 1
            if piece is None:
                return ["[UNK]"]
            found.append(piece)
            start = end
        return found

    def encode(self, text, max_length):
        pieces = [piece for word in self.words(text) for piece in self.pieces(word)][: max_length - 2]
        return [self.ids[piece] for piece in ["[CLS]", *pieces, "[SEP]"]]
