/** Characters that no PQL text may hold, not even in quotes: C0 and C1 controls other than tab and line ends, halves of surrogate pairs, and the
 * controls that turn the direction of writing, with which a text can read otherwise than it runs (CVE-2021-42574). */
export function isForbidden(code: number): boolean {
  return isControl(code) || isSurrogate(code) || isDirection(code);
}

export function isControl(code: number): boolean {
  if (code === 0x09 || code === 0x0a || code === 0x0d) return false;
  return code < 0x20 || (code >= 0x7f && code <= 0x9f && code !== 0x85);
}

export function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

export function isDirection(code: number): boolean {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/** Characters without width: harmless in a quoted text (emoji, Persian), a trap in a word. */
export function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x034f ||
    code === 0x061c ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2060 && code <= 0x2064) ||
    (code >= 0x206a && code <= 0x206f) ||
    (code >= 0xe0000 && code <= 0xe007f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff
  );
}
