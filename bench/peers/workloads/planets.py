"""Float arithmetic in nested loops: planets that pull each other, by the leapfrog method."""

STEP = 0.002


class Body:
    def __init__(self, mass, position, velocity):
        self.mass = mass
        self.position = position
        self.velocity = velocity


def new_system():
    return [
        Body(1.0 / (rank + 1), [rank * 1.7, rank * 0.3, rank % 2 * 0.5], [0.0, (rank + 1) ** -0.5, 0.0])
        for rank in range(5)
    ]


def pull(bodies):
    for number, one in enumerate(bodies):
        for other in bodies[number + 1 :]:
            x = other.position[0] - one.position[0]
            y = other.position[1] - one.position[1]
            z = other.position[2] - one.position[2]
            strength = STEP / (x * x + y * y + z * z + 0.01) ** 1.5
            for axis, distance in enumerate((x, y, z)):
                one.velocity[axis] += distance * other.mass * strength
                other.velocity[axis] -= distance * one.mass * strength


def drift(bodies):
    for body in bodies:
        for axis in range(3):
            body.position[axis] += body.velocity[axis] * STEP


def unit():
    bodies = new_system()
    for _ in range(150):
        pull(bodies)
        drift(bodies)
    return bodies[0].position
