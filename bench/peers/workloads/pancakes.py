"""Integer and list work: the most flips that any order of a stack of pancakes needs."""

from itertools import permutations


def flips(order):
    stack = list(order)
    count = 0
    top = stack[0]
    while top:
        stack[: top + 1] = stack[top::-1]
        top = stack[0]
        count += 1
    return count


def unit():
    worst = 0
    checksum = 0
    for number, order in enumerate(permutations(range(6))):
        count = flips(order)
        if count > worst:
            worst = count
        checksum += count if number % 2 == 0 else -count
    return worst, checksum
