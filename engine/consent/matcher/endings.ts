import type { Sight } from './sight.ts';

/** What makes a word of a name: "Depp-esque", "Swintonish", "Putinlike". */
const glued =
  /(?<=.{4})(?:esque|ish|like|lookalikes?|style|ian[ao]?|isms?|ified|ing|core|type|clone|coded|tastic)$/;

/** What Polish, Czech and others write behind a name to or with whom something is done: "Robertem Lewandowskim". */
const slavic = /(?<=.{4})(?:iem|em|om|ovi|owi|a|u|m|ego|emu|ho|mu|ou)$/;

/** What Hungarian, Finnish and Turkish do: "Borbálával", "Virtasella", "Demirelden". */
const agglutinated =
  /(?<=.{5})(?:[bdfgjklmnprstvz][ae]l|n[ae]k|b[ae]n|b[ae]|r[ae]|r[oó]l|t[oó]l|h[oe]z|nin|nun|yi|yu|d[ae]n?|t[ae]n?|[iu]n|ss[ae]|st[ae]|ll[ae]|lt[ae]|lle|ks[i]?|n[ae])$/;

/** Endings that stand instead of a name's own. */
const instead: readonly (readonly [RegExp, readonly string[]])[] = [
  // Finnish: "Räikköselle" of Räikkönen.
  [/(?<=.{3})s(?:en|e(?:ll[ae]|lt[ae]|ss[ae]|st[ae]|ks|ksi|n[ae])|t[ae])$/, ['nen']],
  // "Marinista" of Marin.
  [/(?<=.{3})i(?:st[ae]|ss[ae]|ll[ae]|lt[ae]|lle|ksi?|n[ae]?|[ae])$/, ['']],
  // Lithuanian and Latvian: "Dovydo Petrauskio", "Kalniņam".
  [/(?<=.{3})(?:io|iui|iu|yje|im|i)$/, ['is', 'ys']],
  [/(?<=.{3})(?:o|ui|u|e|am|a)$/, ['as', 'us', 's']],
  // Greek: "Papadopoulou"; Icelandic: "Guðmundsdóttur", "Jónssyni".
  [/(?<=.{4})ou$/, ['os']],
  [/(?<=.{3})dottur$/, ['dottir']],
  [/(?<=.{3})(?:syni|sonar)$/, ['son']],
  // What ends in -a, of Slavic and Baltic languages: "Mileny Zawadzkiej".
  [/(?<=.{3})(?:y|e|o|ou|ie|i|u|ej|iej|oj|os|ai)$/, ['a']],
];

/** Letters that stand before an apostrophe. */
const shortestStem = 3;

/** What a word of ours may be without what its language or somebody's wit adds to a name. */
export function stemsOf({ pieces, plain }: Sight, at: number): string[] {
  const { letters, native, possessive, stem } = pieces[at]!;
  if (native !== '' || possessive) return [];
  const found = stem >= shortestStem && stem < letters.length ? [letters.slice(0, stem)] : [];
  if (plain[at] !== 'unknown') return found;
  for (const ending of [glued, slavic, agglutinated])
    if (ending.test(letters)) found.push(letters.replace(ending, ''));
  for (const [ending, own] of instead)
    if (ending.test(letters)) found.push(...own.map((end) => letters.replace(ending, end)));
  return found;
}
