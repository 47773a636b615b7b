/** Letters that Greek writes with several, since its own β, δ and γ are said otherwise (μπ for b, ντ for d, γκ for g), and ου. */
const greekPairs: readonly (readonly [string, string])[] = [
  ['γου', 'w'],
  ['μπ', 'b'],
  ['ντ', 'd'],
  ['γκ', 'g'],
  ['τζ', 'j'],
  ['γιου', 'yu'],
  ['γιο', 'yo'],
  ['γιε', 'ye'],
  ['για', 'ya'],
  ['ου', 'u'],
];

/** Letters that are written with several signs of Greek or Hebrew, and how many. */
export function lettersTogether(text: string, at: number): Group | (Group & { abjad: true }) | null {
  return greekLetters(text, at) ?? hebrewLetters(text, at);
}

interface Group {
  letters: string;
  length: number;
}

const latin = /[a-z]/i;

function greekLetters(text: string, at: number): Group | null {
  const code = text.charCodeAt(at);
  if (code < 0x370 || code > 0x3ff) return null;
  const unmarked = text
    .slice(at, at + 4)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  const pair = greekPairs.find(([signs]) => unmarked.startsWith(signs));
  if (!pair || text.slice(at, at + pair[0].length).normalize('NFC').length !== pair[0].length) return null;
  // Beside letters of ours each is there for its looks.
  if (latin.test(text[at - 1] ?? '') || latin.test(text[at + pair[0].length] ?? '')) return null;
  // Between vowels ντ may be nt as well.
  const vowel = /[αεηιοωυάέήίόώύ]/i;
  const nt = pair[1] === 'd' && at > 0 && vowel.test(text[at - 1]!) && vowel.test(text[at + 2] ?? '');
  return { letters: nt ? 'nd' : pair[1], length: pair[0].length };
}

/** Sounds that Hebrew has no letters for, with a mark behind the nearest: ג׳ורג׳ is George. */
function hebrewLetters(text: string, at: number): (Group & { abjad: true }) | null {
  if (!/['’׳]/.test(text[at + 1] ?? '')) return null;
  const letters = { ג: 'j', ז: 'zh', צ: 'ch', ץ: 'ch', ת: 'th' }[text[at]!];
  return letters === undefined ? null : { letters, length: 2, abjad: true };
}
