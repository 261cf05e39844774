"""Dictionaries and strings: a text made of rare and common words, counted, indexed and translated."""

from collections import Counter, defaultdict

SYLLABLES = ["ka", "lo", "mi", "nu", "re", "sa", "to", "ve", "wi", "zo"]


def make_text(words):
    state = 7
    for _ in range(words):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        number = state >> 16 & 0x1FF
        yield SYLLABLES[number % 10] + SYLLABLES[number // 10 % 10] * (1 + number % 2) + SYLLABLES[number // 100]


TEXT = " ".join(make_text(2000)).replace("zo ", "zo. ")
SWAP = str.maketrans("aeiou", "eioua")


def index_of(sentences):
    places = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for word in sentence.split():
            places[word.strip(".").capitalize()].append(number)
    return places


def unit():
    sentences = TEXT.split(". ")
    places = index_of(sentences)
    common = Counter(word for sentence in sentences for word in sentence.translate(SWAP).split())
    longest = sorted(places, key=lambda word: (-len(places[word]), word))[:20]
    return ", ".join(f"{word}={len(places[word])}" for word in longest), common.most_common(3)
