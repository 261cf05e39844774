"""Objects with operators: a small ray tracer, spheres over a floor."""


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit_length(self):
        return self * self.dot(self) ** -0.5


class Sphere:
    def __init__(self, centre, radius, shade):
        self.centre, self.radius, self.shade = centre, radius, shade

    def hit(self, origin, direction):
        away = origin - self.centre
        half = away.dot(direction)
        inside = half * half - away.dot(away) + self.radius * self.radius
        if inside < 0:
            return None
        distance = -half - inside**0.5
        return distance if distance > 1e-4 else None

    def normal(self, point):
        return (point - self.centre).unit_length()


SCENE = [Sphere(Vector(n - 2.0, 0.4 * (n % 2), 4.0 + n), 0.8, 0.3 + 0.15 * n) for n in range(5)]
SCENE.append(Sphere(Vector(0.0, -1001.0, 0.0), 1000.0, 0.5))
LIGHT = Vector(-1.0, 2.0, -1.0).unit_length()


def nearest(origin, direction):
    best = None
    for sphere in SCENE:
        distance = sphere.hit(origin, direction)
        if distance is not None and (best is None or distance < best[0]):
            best = distance, sphere
    return best


def shade(origin, direction, depth):
    found = nearest(origin, direction)
    if found is None:
        return 0.7 + 0.3 * direction.y
    distance, sphere = found
    point = origin + direction * distance
    normal = sphere.normal(point)
    lit = 0.0 if nearest(point, LIGHT) else max(0.0, normal.dot(LIGHT))
    colour = sphere.shade * (0.2 + 0.8 * lit)
    if depth == 0:
        return colour
    mirrored = direction - normal * (2 * direction.dot(normal))
    return colour * 0.8 + 0.2 * shade(point, mirrored, depth - 1)


def unit():
    eye = Vector(0.0, 0.5, -3.0)
    size = range(8)
    return sum(shade(eye, Vector(x / 4 - 1, 1 - y / 4, 2.0).unit_length(), 2) for y in size for x in size)
