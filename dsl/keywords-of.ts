import { queryWords } from '../grammar/query-lookahead.ts';
import type { Vocabulary } from '../grammar/vocabulary.ts';

/** Every word in capitals that means something by itself: verbs, their variants, clauses, and the words of the grammar. */
export function keywordsOf(vocabulary: Vocabulary): ReadonlySet<string> {
  const words = new Set(['EXPLAIN', 'TO', 'AS', 'OVERWRITE', 'FROM', 'START', 'MAPREDUCE', ...queryWords]);
  for (const [verb, { subjects, clauses }] of vocabulary) {
    for (const word of [verb, ...subjects.flat(), ...clauses]) words.add(word);
  }
  return words;
}
