import type { Subject, SubjectKind } from './brief.ts';
import { colorWords, numberWords } from './quality-words.ts';
import { subjectWords } from './subject-words.ts';
import type { Token } from './tokens.ts';

/** The subjects that words name, and which words were understood thereby (by place). */
export function readSubjects(words: readonly Token[]): { subjects: Subject[]; used: Set<number> } {
  const used = new Set<number>();
  const subjects: Subject[] = [];
  for (let at = 0; at < words.length; at++) {
    const match = matchAt(words, at);
    if (!match) continue;
    for (let part = at; part < at + match.length; part++) used.add(part);
    const before = qualifiers(words, at);
    for (const place of before.places) used.add(place);
    const head = words[at + match.length - 1]!;
    const after = words.slice(at + match.length, at + match.length + 7);
    const { count, said } = countOf(before.words, head, match.kind);
    at += match.length - 1;
    if (count === 0) continue;
    const subject: Subject = {
      kind: match.kind,
      count,
      color: before.words.map((token) => colorWords[token.word]).find((color) => color !== undefined) ?? null,
      side: sideOf(after, before.words),
      distance: distanceOf(after, before.words),
      traits: [...match.traits, ...traitsOf(after, match.kind)],
    };
    add(subjects, subject, said);
  }
  return { subjects, used };
}

function matchAt(
  words: readonly Token[],
  at: number,
): { kind: SubjectKind; length: number; traits: string[] } | null {
  for (const length of [3, 2, 1]) {
    if (at + length > words.length) continue;
    const group = words.slice(at, at + length);
    const phrase = [...group.slice(0, -1).map((token) => token.word), group.at(-1)!.stem].join(' ');
    const plain = group.map((token) => token.word).join(' ');
    for (const [kind, names, ...traits] of subjectWords)
      if (names.includes(phrase) || names.includes(plain)) return { kind, length, traits: [...traits] };
  }
  return null;
}

const links = new Set([
  'of',
  'the',
  'small',
  'little',
  'big',
  'large',
  'old',
  'tall',
  'tiny',
  'huge',
  'young',
  'wooden',
  'and',
  'distant',
  'bright',
  'white-washed',
  'striped',
  'parked',
  'steam',
  'fishing',
  'lonely',
  'great',
  'other',
  'more',
  'stone',
  'apple',
  'passing',
]);

/** Numbers, colours and sizes that stand right before a noun. */
function qualifiers(words: readonly Token[], at: number): { words: Token[]; places: number[] } {
  const found: Token[] = [];
  const places: number[] = [];
  for (let back = at - 1; back >= Math.max(0, at - 5); back--) {
    const token = words[back]!;
    if (words[back + 1]!.stopped) break;
    if (!(token.word in colorWords) && numberOf(token.word) === null && !links.has(token.word)) break;
    if (token.word === 'and' && back === at - 1) break;
    found.push(token);
    places.push(back);
  }
  return { words: found, places };
}

function numberOf(word: string): number | null {
  if (Object.hasOwn(numberWords, word)) return numberWords[word]!;
  return /^\d{1,6}$/.test(word) ? Number(word) : null;
}

/** How many: what is said (at most 40), else a few for a plural, one else; flocks and crowds are many. */
function countOf(before: readonly Token[], head: Token, kind: SubjectKind): { count: number; said: boolean } {
  const numbers = before.map((token) => numberOf(token.word)).filter((number) => number !== null);
  // "a dozen", "a pair of": the greater counts, but a "no" always wins.
  if (numbers.length > 0) {
    const most = numbers.includes(0) ? 0 : Math.max(...numbers);
    const many: Record<string, number> = { flock: 9, crowd: 9, couple: 2, family: 4, traffic: 5, fleet: 6 };
    return { count: Math.min(40, most === 1 ? (many[head.stem] ?? 1) : most), said: true };
  }
  const collective: Record<string, number> = {
    flock: 9,
    crowd: 9,
    couple: 2,
    family: 4,
    traffic: 5,
    cattle: 6,
    livestock: 6,
  };
  if (Object.hasOwn(collective, head.stem)) return { count: collective[head.stem]!, said: true };
  if (head.plural)
    return {
      count: kind === 'bird' ? 7 : kind === 'star' ? 40 : kind === 'tree' || kind === 'pine' ? 6 : 3,
      said: false,
    };
  return { count: kind === 'sheep' && !before.length ? 5 : 1, said: false };
}

function sideOf(after: readonly Token[], before: readonly Token[]): -1 | 0 | 1 | null {
  const near = [...before, ...after.slice(0, 6)].map((token) => token.word);
  const left = near.indexOf('left');
  const right = near.indexOf('right');
  if (left >= 0 && (right < 0 || left < right)) return -1;
  if (right >= 0) return 1;
  return near.includes('middle') || near.includes('centre') || near.includes('center') ? 0 : null;
}

function distanceOf(after: readonly Token[], before: readonly Token[]): 'near' | 'far' | null {
  if (before.some((token) => token.word === 'distant')) return 'far';
  const near = after.slice(0, 4).map((token) => token.word);
  if (near.includes('distance') || near.includes('afar') || near.includes('horizon')) return 'far';
  return near.includes('foreground') ? 'near' : null;
}

const deeds: Readonly<Record<string, string>> = {
  walking: 'walking',
  walks: 'walking',
  walk: 'walking',
  strolling: 'walking',
  strolls: 'walking',
  hiking: 'walking',
  running: 'walking',
  hurrying: 'walking',
  standing: 'standing',
  stands: 'standing',
  waiting: 'standing',
  waits: 'standing',
  watching: 'standing',
  umbrella: 'umbrella',
  umbrellas: 'umbrella',
  hat: 'hat',
  parked: 'parked',
};

function traitsOf(after: readonly Token[], kind: SubjectKind): string[] {
  if (kind !== 'person' && kind !== 'car' && kind !== 'bus') return [];
  return after.flatMap((token) => (Object.hasOwn(deeds, token.word) ? [deeds[token.word]!] : []));
}

/** Naming a thing twice does not double it; saying a number does count. */
function add(subjects: Subject[], subject: Subject, said: boolean): void {
  const known = subjects.find(
    (one) =>
      one.kind === subject.kind &&
      one.traits.join() === subject.traits.join() &&
      one.color === subject.color &&
      one.side === subject.side,
  );
  if (!known) subjects.push(subject);
  else if (said && subject.count > 1) known.count = Math.min(40, Math.max(known.count, subject.count));
}
