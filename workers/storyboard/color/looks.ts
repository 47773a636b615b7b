/** A display colour, red, green, blue 0..1, to another. */
export type Look = (color: [number, number, number]) => [number, number, number];

/** The named grades, on display values: split tones for shadows and highlights, saturation, curve. */
export const looks: Readonly<Record<string, Look>> = {
  'teal-orange': (color) => {
    const light = luma(color);
    const high = smooth(light, 0.25, 0.85);
    const low = 1 - smooth(light, 0.1, 0.65);
    return saturate(
      [
        color[0] + 0.085 * high - 0.075 * low,
        color[1] + 0.012 * high + 0.02 * low,
        color[2] - 0.1 * high + 0.06 * low,
      ],
      1.12,
    );
  },
  noir: (color) => {
    const light = harden(color[0] * 0.36 + color[1] * 0.54 + color[2] * 0.1, 1.55);
    return [light, light * 0.995, light * 0.985];
  },
  bleach: (color) => {
    const light = luma(color);
    const laid = overlay(light);
    const faded = saturate(color, 0.48);
    return [blend(faded[0], laid), blend(faded[1], laid), blend(faded[2], laid)];
  },
  vintage: (color) => {
    const faded = saturate(color, 0.72);
    return [0.07 + faded[0] * 0.93, 0.05 + faded[1] * 0.87, 0.085 + faded[2] * 0.68];
  },
  warm: (color) => [color[0] * 1.04 + 0.035, color[1] * 1.0 + 0.008, color[2] * 0.85],
  cool: (color) => [color[0] * 0.87, color[1] * 0.99 + 0.004, color[2] * 1.03 + 0.03],
};

/** `amount` −1 (grey) to 1 (twice the colour), as the SATURATION setting says. */
export function saturation(amount: number): Look {
  return (color) => saturate(color, 1 + amount);
}

function saturate(color: readonly [number, number, number], factor: number): [number, number, number] {
  const light = luma(color);
  return [
    light + (color[0] - light) * factor,
    light + (color[1] - light) * factor,
    light + (color[2] - light) * factor,
  ];
}

const luma = (color: readonly [number, number, number]) =>
  0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];

function smooth(value: number, from: number, to: number): number {
  const at = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return at * at * (3 - 2 * at);
}

function harden(value: number, power: number): number {
  return value <= 0.42
    ? 0.42 * (Math.max(0, value) / 0.42) ** power
    : 1 - 0.58 * (Math.max(0, 1 - value) / 0.58) ** power;
}

const overlay = (value: number) => (value < 0.5 ? 2 * value * value : 1 - 2 * (1 - value) ** 2);
const blend = (a: number, b: number) => a * 0.55 + b * 0.45;
