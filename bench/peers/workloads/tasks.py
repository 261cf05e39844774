"""asyncio: a tree of tasks that start, yield to each other and are gathered."""

import asyncio


async def leaf(number):
    if number % 3 == 0:
        await asyncio.sleep(0)
    return number * number % 11


async def branch(depth, number):
    if depth == 0:
        return await leaf(number)
    return sum(await asyncio.gather(*(branch(depth - 1, number * 4 + child) for child in range(4))))


async def unit():
    return await branch(4, 1)
