import { readFileSync } from 'node:fs';

/** A name as another script writes it, in a prompt of that language. */
export interface Spelled {
  language: string;
  /** As the list has it. */
  name: string;
  prompt: string;
}

/** The columns of `scripts/cyrillic.txt` and `scripts/others.txt` behind the name, with sentences that a name is put into. */
const columns: Record<string, readonly (readonly [string, readonly string[]])[]> = {
  cyrillic: [
    ['Russian', ['{}', '{} идёт по пляжу', 'портрет: {}']],
    ['Ukrainian', ['{}', '{} іде пляжем', 'портрет: {}']],
    ['Bulgarian', ['{}', '{} върви по плажа', 'портрет: {}']],
    ['Serbian', ['{}', '{} хода по плажи', 'портрет: {}']],
  ],
  others: [
    ['Greek', ['{}', 'ένα πορτρέτο: {}']],
    ['Arabic', ['{}', 'صورة {} على الشاطئ']],
    ['Hebrew', ['{}', 'דיוקן של {} על החוף']],
    ['Hindi', ['{}', '{} समुद्र के किनारे']],
    ['Chinese', ['{}', '{}在海滩上']],
    ['Japanese', ['{}', '{}が海辺を歩く']],
    ['Korean', ['{}', '해변의 {}']],
  ],
};

/** Well-known names as other languages write them; every second one was looked at while rules were written. */
export function spellings(half: 'tuned' | 'held out'): Spelled[] {
  return Object.entries(columns).flatMap(([file, languages]) => {
    const rows = linesOf(`scripts/${file}.txt`).map((line) => line.split('|'));
    return languages.flatMap(([language, sentences], column) =>
      rows.flatMap((row, at) =>
        (at % 2 === 0) === (half === 'tuned')
          ? [
              {
                language,
                name: row[0]!,
                prompt: sentences[(at >> 1) % sentences.length]!.replace('{}', row[column + 1]!),
              },
            ]
          : [],
      ),
    );
  });
}

/** Languages in which `scripts/world.txt` has names, a column each behind the name itself. */
const world = ['Russian', 'Ukrainian', 'Bulgarian', 'Serbian', 'Greek', 'Arabic', 'Hebrew', 'Hindi', 'Chinese', 'Japanese', 'Korean']; // biome-ignore format: one line

/** Widely known people who do not come with the program, as other languages write them, bare and in a sentence; every second one was looked at while rules were written. Whoever wrote
 * the names of the dictionary did not see them. */
export function worldSpellings(half: 'tuned' | 'held out'): Spelled[] {
  const frames = linesOf('scripts/prompts.txt').map((line) => line.split('|') as [string, string]);
  const rows = linesOf('scripts/world.txt').map((line) => line.split('|'));
  return world.flatMap((language, column) => {
    const own = frames.filter(([of]) => of === language).map(([, frame]) => frame);
    return rows.flatMap(([name, ...cells], at) =>
      (at % 2 === 0) === (half === 'tuned')
        ? ['{}', own[(at >> 1) % own.length]!].map((frame) => ({
            language,
            name: name!,
            prompt: frame.replace('{}', cells[column]!),
          }))
        : [],
    );
  });
}

/** The names of `scripts/world.txt`. */
export function worldNames(): string[] {
  return linesOf('scripts/world.txt').map((line) => line.split('|')[0]!);
}

/** Ordinary sentences in eleven languages that name nobody, 110 each; every second one was looked at while rules were written. */
export function worldProse(half: 'tuned' | 'held out'): string[] {
  return linesOf('harmless/world.txt')
    .filter((_, at) => (at % 2 === 0) === (half === 'tuned'))
    .map((line) => line.replace(/^[a-z]{2}\|/, ''));
}

/** Ordinary sentences of other languages that name nobody. */
export function proseIn(scripts: 'cyrillic' | 'cyrillic held out' | 'others'): string[] {
  const files = {
    cyrillic: ['russian', 'ukrainian', 'bulgarian'],
    'cyrillic held out': ['cyrillic-held-out'],
    others: ['scripts'],
  }[scripts];
  return files
    .flatMap((file) => linesOf(`harmless/${file}.txt`))
    .map((line) => line.replace(/^[a-z]{2}\|/, ''));
}

function linesOf(file: string): string[] {
  return readFileSync(new URL(`./${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
}
