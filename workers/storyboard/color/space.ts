/** Red, green, blue, linear light, 1 is paper white. */
export type Rgb = readonly [number, number, number];

/** sRGB (IEC 61966-2-1) to linear light, both 0..1. */
export function toLinear(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
}

/** Linear light to sRGB (IEC 61966-2-1), both 0..1. */
export function toEncoded(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}

/** `#rrggbb` as linear light. */
export function hex(text: string): Rgb {
  const number = Number.parseInt(text.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255].map((part) =>
    toLinear(part / 255),
  ) as unknown as Rgb;
}

/** `amount` 0 gives `a`, 1 gives `b`. */
export function mix(a: Rgb, b: Rgb, amount: number): Rgb {
  return [a[0] + (b[0] - a[0]) * amount, a[1] + (b[1] - a[1]) * amount, a[2] + (b[2] - a[2]) * amount];
}

export function scale(color: Rgb, factor: number): Rgb {
  return [color[0] * factor, color[1] * factor, color[2] * factor];
}

/** Rec. 709 luminance. */
export function luminance(color: Rgb): number {
  return 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];
}

/** A colour as the canvas wants it. */
export function css(color: Rgb, alpha = 1): string {
  const [r, g, b] = color.map((part) => Math.round(255 * toEncoded(Math.min(1, Math.max(0, part)))));
  return `rgba(${r},${g},${b},${Math.round(alpha * 1000) / 1000})`;
}
