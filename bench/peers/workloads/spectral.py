"""Many small calls: power iteration on a matrix that is computed, never stored."""


def entry(row, column):
    return 1.0 / ((row + column) * (row + column + 1) // 2 + row + 1)


def times(vector):
    size = range(len(vector))
    return [sum(entry(row, column) * vector[column] for column in size) for row in size]


def times_transposed(vector):
    size = range(len(vector))
    return [sum(entry(column, row) * vector[column] for column in size) for row in size]


def unit():
    vector = [1.0] * 40
    for _ in range(4):
        vector = times_transposed(times(vector))
        length = sum(value * value for value in vector) ** 0.5
        vector = [value / length for value in vector]
    return vector[0]
