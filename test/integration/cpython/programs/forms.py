"""Recursion, generators, comprehensions, lambdas, decorators, nested functions, exec, methods with names beyond ASCII."""

import functools
import sys

from pyperf_target import clock, hello, now

DURATION = float(sys.argv[1])


def fib(n):
    if n < 2:  #@fib
        return n  #@fib
    return fib(n - 1) + fib(n - 2)  #@fib


def deep(n):
    if n == 0:  #@deep
        return sum(range(120_000))  #@deep
    return deep(n - 1)  #@deep


def squares(n):
    for i in range(n):  #@gen
        yield i * i  #@gen


def twice(function):
    @functools.wraps(function)
    def wrapper(*args):
        function(*args)  #@decorated
        return function(*args)  #@decorated

    return wrapper


@twice
def decorated(n):
    total = 0
    while n:  #@decorated
        n -= 1  #@decorated
        total += n  #@decorated
    return total


class Größe:
    def größer(self, liste):
        return [wert + 1 for wert in liste if wert % 3]  #@compr


def nested(n):
    offset = 3

    def inner(i):
        return i + offset  #@nested

    for i in range(n):  #@nested
        inner(i)  #@nested


source = compile("x = 0\nfor i in range(50000):\n    x += i\n", "<string>", "exec")
liste = list(range(40_000))
größe = Größe()

hello()
end = now() + DURATION
while now() < end:
    t = now()
    fib(16)  #@fib
    clock.add("fib", now() - t)
    t = now()
    deep(300)  #@deep
    clock.add("deep", now() - t)
    t = now()
    sum(squares(30_000))  #@gen
    clock.add("gen", now() - t)
    t = now()
    decorated(20_000)  #@decorated
    clock.add("decorated", now() - t)
    t = now()
    größe.größer(liste)  #@compr
    clock.add("compr", now() - t)
    t = now()
    nested(20_000)  #@nested
    clock.add("nested", now() - t)
    t = now()
    sorted(liste, key=lambda x: -x)  #@lambda_
    clock.add("lambda_", now() - t)
    t = now()
    exec(source, {})  #@exec_
    clock.add("exec_", now() - t)
clock.finish()
