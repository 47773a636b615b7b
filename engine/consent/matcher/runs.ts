import type { Placed } from './glyphs.ts';

/** Characters that belong together, from one glyph to before another. */
export interface Run {
  from: number;
  to: number;
  /** All its letters are of another script. */
  pure: boolean;
  /** All of them look like ours, as those of Cyrillic and Greek may. */
  lookable: boolean;
  /** It has letters and, before its end, digits or symbols among them. */
  leet: boolean;
}

/** Characters that belong together until something ends the word. */
export function runsOf(glyphs: readonly Placed[]): Run[] {
  const runs: Run[] = [];
  const within = withinWords(glyphs);
  for (let from = 0; from < glyphs.length; ) {
    if (!within[from]) {
      from++;
      continue;
    }
    let to = from;
    const run = { from, to, pure: false, lookable: true, leet: false };
    let [latin, others, unspaced, signs] = [0, 0, 0, 0];
    for (; to < glyphs.length && within[to]; to++) {
      const glyph = glyphs[to]!;
      if (glyph.kind === 'digit' || glyph.kind === 'symbol') signs++;
      if (glyph.kind !== 'letter') continue;
      if (glyph.script === 'latin') latin++;
      else if (glyph.script === 'other') others++;
      else unspaced++;
      if (glyph.script !== 'latin' && !/^[a-z]$/.test(glyph.look)) run.lookable = false;
      if (glyph.script === 'cjk' || glyph.abjad || glyph.indic || glyph.kana) run.lookable = false;
      if (glyph.script === 'other' && glyph.look === glyph.plain && glyph.plain.length !== 1)
        run.lookable = false;
    }
    run.to = to;
    // Letters of several scripts in a word are there for their looks.
    run.pure =
      latin === 0 &&
      (others > 0 || unspaced > 0) &&
      (others === 0 || unspaced === 0 || isJapanese(glyphs, from, to));
    // One exclamation mark or bracket at the end is what it is.
    const last = glyphs[to - 1]!;
    const ends = last.kind === 'symbol' && /[ic]/.test(last.leet);
    run.leet = latin + others + unspaced > 0 && signs > (ends && !goesOn(glyphs, to) ? 1 : 0);
    runs.push(run);
    from = to;
  }
  digitsAmongLetters(runs, glyphs);
  return runs;
}

/** Whether a name may go on behind an exclamation mark: "Naom! Roe". */
function goesOn(glyphs: readonly Placed[], at: number): boolean {
  const [mark, space, next] = [glyphs[at - 1]!, glyphs[at], glyphs[at + 1]];
  return mark.leet === 'i' && space?.kind === 'space' && next?.kind === 'letter' && next.upper;
}

/** Single letters apart from each other that have digits among them, as in "j.4.n.3": from five on, two of them letters. */
function digitsAmongLetters(runs: readonly Run[], glyphs: readonly Placed[]): void {
  for (let from = 0; from < runs.length; ) {
    let to = from;
    let letters = 0;
    while (to < runs.length && runs[to]!.to - runs[to]!.from === 1)
      if (glyphs[runs[to++]!.from]!.kind === 'letter') letters++;
    if (to - from > 4 && letters > 1 && letters < to - from)
      for (const run of runs.slice(from, to)) run.leet = true;
    from = Math.max(to, from + 1);
  }
}

/** Han with kana is no mixture. */
function isJapanese(glyphs: readonly Placed[], from: number, to: number): boolean {
  return glyphs.slice(from, to).every(({ script, kana }) => script !== 'other' || kana);
}

/** Which glyphs belong to words: letters, digits, what stands hidden among them, and signs among letters ("J@ne", "$wift") and behind them
 * ("Duv@||"). Two passes, since a text may be ten thousand asterisks. */
function withinWords(glyphs: readonly Placed[]): boolean[] {
  const within = glyphs.map(({ kind }) => kind !== 'symbol' && isOfWord(kind));
  let behind = false;
  glyphs.forEach(({ kind }, at) => {
    if (kind === 'symbol') within[at] = behind;
    else if (kind !== 'drop') behind = kind === 'letter' || kind === 'digit';
  });
  let before = false;
  for (let at = glyphs.length - 1; at >= 0; at--) {
    const { kind, leet } = glyphs[at]!;
    // A bracket before a word opens it.
    if (kind === 'symbol') within[at] ||= before && leet !== 'c';
    else if (kind !== 'drop') before = kind === 'letter' || kind === 'digit';
  }
  return within;
}

function isOfWord(kind: Placed['kind']): boolean {
  return kind === 'letter' || kind === 'digit' || kind === 'drop' || kind === 'quote';
}
