/**
 * Cells with one hot line each, marked `#@hot`; the line that calls it, if any, is marked `#@calls`.
 */
export const PRELUDE = `
import asyncio, contextlib, functools, time`;

export const HOT_LINES: Readonly<Record<string, string>> = {
  'a loop': `
n = 0
for i in range(3_000_000):
    n += i * i; n ^= i; n -= i // 3  #@hot
n = 1`,
  'nested functions': `
def outer(k):
    def inner():
        return sum(range(10_000_000))  #@hot
    return inner()
outer(1)  #@calls`,
  'a lambda': `
f = lambda n: sum(range(n))  #@hot

f(10_000_000)  #@calls`,
  'a list comprehension': `
few = list(range(1000))
many = [i * i % 7 for i in range(2_000_000)]  #@hot
few.clear(); many.clear()`,
  'a dict comprehension over several lines': `
table = {
    i:
        sum(range(i % 200))  #@hot
    for i in range(300_000)
}`,
  'a generator that computes between its yields': `
def squares(n):
    for i in range(n):
        total = sum(range(300_000))  #@hot
        yield total
last = 0
for square in squares(40): last = square  #@calls`,
  'a decorated function': `
def plain(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)  #@calls
    return wrapper
@plain
def work():
    return sum(range(10_000_000))  #@hot
work()`,
  'a cached function': `
@functools.lru_cache(maxsize=None)
def cached(n):
    return sum(range(n))  #@hot
for _ in range(100): cached(10_000_000)  #@calls`,
  'a string in exec': `
lines = "total = 0\\nfor i in range(3_000_000): total += i"
exec(lines)  #@hot
x = 1`,
  'a string in eval': `
x = 2
eval("sum(i * x for i in range(3_000_000))")  #@hot`,
  'a method': `
class Model:
    def __init__(self): self.steps = 3
    def fit(self):
        for _ in range(self.steps):
            sum(range(4_000_000))  #@hot
        return self
model = Model()
model.fit()  #@calls`,
  'a property': `
class Lazy:
    @property
    def value(self):
        return sum(range(10_000_000))  #@hot
Lazy().value  #@calls`,
  'a context manager, at its exit': `
@contextlib.contextmanager
def managed():
    yield
    time.sleep(0.3)  #@hot
with managed():  #@calls
    pass`,
  'an argument of a call over several lines': `
total = max(
    sum(range(1000)),
    sum(range(12_000_000)),  #@hot
    3,
)`,
  'blank lines at the top': `


time.sleep(0.3)  #@hot
1`,
  'an indented cell': `
    x = 1
    time.sleep(0.3)  #@hot`,
  '%%time': `%%time

x = 1
time.sleep(0.3)  #@hot`,
  '%%timeit': `%%timeit -n 1 -r 2
x = 1
time.sleep(0.2)  #@hot`,
  '%%capture': `%%capture captured
print('not shown')

time.sleep(0.3)  #@hot`,
  '%time': `
x = 1
%time x = sum(range(10_000_000))  #@hot`,
  '!': `
x = 1
!sleep 1  #@hot
x = 2`,
  'top-level await': `
x = 1
await asyncio.sleep(0.3)  #@hot
x = 2`,
  'an async generator': `
async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0.05)  #@hot
        yield i
async for tick in ticks(8):  #@calls
    pass`,
  'a coroutine in gather': `
async def step(seconds):
    await asyncio.sleep(seconds)  #@hot
    return seconds
await asyncio.gather(step(0.2), step(0.4), step(0.3))  #@calls`,
  'a cell that fails': `
def fail():
    time.sleep(0.5)  #@hot
    raise ValueError('on purpose')
fail()  #@calls`,
};
