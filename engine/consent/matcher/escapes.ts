const entity =
  /^&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z])(?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron));?/i;
const sequence = /^\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2}))/i;
const percent = /^(?:%[\da-f]{2}){1,4}/i;

/** A character that is written by its number, as links (%C3%A9), HTML (&#233;, &eacute;) and programs (\u00e9) do, and how many UTF-16 units that takes; null where none is. */
export function escaped(text: string, at: number): { character: string; length: number } | null {
  const rest = text.slice(at, at + 12);
  if (text[at] === '&')
    return byNumber(entity.exec(rest), ([, ten, sixteen]) =>
      ten ? Number(ten) : Number.parseInt(sixteen!, 16),
    );
  if (text[at] === '\\')
    return byNumber(sequence.exec(rest), ([, a, b, c]) => Number.parseInt((a ?? b ?? c)!, 16));
  return text[at] === '%' ? ofBytes(percent.exec(rest)) : null;
}

function byNumber(
  match: RegExpExecArray | null,
  numberOf: (match: RegExpExecArray) => number,
): { character: string; length: number } | null {
  if (match === null) return null;
  const { 0: all, 3: letter } = match;
  if (all.startsWith('&') && letter !== undefined) return { character: letter, length: all.length };
  const code = numberOf(match);
  return code > 31 && code <= 0x10ffff ? { character: String.fromCodePoint(code), length: all.length } : null;
}

/** The first character of some bytes in UTF-8. */
function ofBytes(match: RegExpExecArray | null): { character: string; length: number } | null {
  if (match === null) return null;
  const first = Number.parseInt(match[0].slice(1, 3), 16);
  const count =
    first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (count === 0 || first < 32 || match[0].length < 3 * count) return null;
  try {
    return { character: decodeURIComponent(match[0].slice(0, 3 * count)), length: 3 * count };
  } catch {
    return null;
  }
}
