import { readFileSync } from 'node:fs';

import { chance, pick } from './chance.ts';

/** Long prompts of 64 words and more, written by hand: screenplays with cues in capitals, shot lists, chapters in Title Case, treatments, plain prose. */
function longTexts(): string[] {
  return readFileSync(new URL('./harmless/long.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
}

const ways: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  (text) => text.replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase()),
  (text) => text.replace(/(?<=[.!?] )\p{L}+ ?\p{L}*/gu, (words) => words.toUpperCase()),
];

/** Each of them as it is written, in small letters, in capitals, in Title Case, and with each sentence beginning in capitals. */
export function longPrompts(): string[] {
  return longTexts().flatMap((text) => ways.map((way) => way(text)));
}

const w = (text: string) => text.split(' ');
const given = w(
  'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah Timothy Stephanie Ronald Rebecca Jason Laura Edward Sharon Jeffrey Cynthia Ryan Kathleen Jacob Amy Gary Angela Nicholas Anna Eric Emma Jonathan Samantha Stephen Nicole Larry Helen Justin Katherine Scott Brandon Olivia Benjamin Rachel Samuel Heather Gregory Maria Frank Diane Alexander Julie Patrick Joyce Jack Victoria Dennis Kelly Jerry Christina Tyler Lauren Aaron Joan Jose Evelyn Adam Grace Henry Judith Zachary Megan Peter Andrea Lily Oscar Max Leo Ruby Chloe Lucy Oliver Sophie Harry Alice Tom Ben Sam Kate Will Zoe Mia Noah',
);
const family = w(
  'Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Fisher Vasquez Simmons Graham Murray Ford Hamilton Crawford Mason Hunt Webb Holt Quinn Blake Marsh Stone Cole Hayes Shaw Porter Dean Lane Frost Nash Pike Drake West Banks',
);

/** Long prompts with somebody in them whose given name and family name many bear, as cues and in prose; `isKnown` says of a name that it is in the list. */
export function longPromptsWithCharacters(
  count: number,
  seed: number,
  isKnown: (name: string) => boolean,
): string[] {
  const random = chance(seed);
  const texts = longTexts();
  const prompts: string[] = [];
  while (prompts.length < count) {
    const [first, last] = [pick(random, given), pick(random, family)];
    if (isKnown(`${first} ${last}`)) continue;
    const sentences = pick(random, texts).split('. ');
    const entrance = `${first} ${last}`.toUpperCase();
    prompts.push(
      [
        ...sentences.slice(0, 3),
        `${entrance}, thirties, enters. ${last.toUpperCase()}: We are late. ${first} sits down`,
        ...sentences.slice(3),
      ].join('. '),
    );
  }
  return prompts;
}
