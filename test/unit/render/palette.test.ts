import { expect, it } from 'vitest';
import * as palette from '../../../src/render/charts/palette.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map(i => parseInt(colour.slice(i, i + 2), 16) / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const { CPU_COLOUR, MEMORY_COLOUR, READ_COLOUR, WRITE_COLOUR, HEAT_COLOUR, UNKNOWN_COLOUR } =
  palette;
const shapes = [CPU_COLOUR, MEMORY_COLOUR, READ_COLOUR, WRITE_COLOUR, HEAT_COLOUR, UNKNOWN_COLOUR];

it.each([...shapes, ...Object.values(palette.CAUSE_COLOURS)])(
  '%s is seen on light and on dark',
  colour => {
    expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(contrast(colour, '#212121')).toBeGreaterThanOrEqual(3);
  },
);

it.each(Object.values(palette.ORIGIN_COLOURS))('text reads on %s', colour => {
  expect(contrast(palette.ON_ORIGIN_COLOUR, colour)).toBeGreaterThanOrEqual(7);
});
