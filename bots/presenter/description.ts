import type { Catalogue } from '../../dsl/catalogue.ts';
import type { Compiled } from '../../dsl/compiled.ts';
import { createFormText } from './form-text.ts';
import { plainLine } from './plain.ts';

/** As much as GENERATE takes, in UTF-16 code units. */
const longest = 2000;

/** The statement that makes a film of what somebody wrote who knows no verbs yet; null for what is meant to be PQL: it begins with a verb, or with something near
 * one, or is joined by what joins statements. */
export function description(
  { source, diagnostics: [first] }: Pick<Compiled, 'source' | 'diagnostics'>,
  catalogue: Catalogue,
): string | null {
  const words = plainLine(source);
  const begins = first !== undefined && source.slice(0, first.span.start).trim() === '';
  const isVerbless = first?.fix === undefined && (first?.code === 'PQL301' || first?.code === 'PQL206');
  if (!begins || !isVerbless || /[|;]/.test(words) || words.length > longest) return null;
  // One word is rather a verb that does not exist.
  if (!/\p{L}+\P{L}+\p{L}/u.test(words) || !catalogue.has('GENERATE')) return null;
  return createFormText(catalogue)('generate', { prompt: words });
}
