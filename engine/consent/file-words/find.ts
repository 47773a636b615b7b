import type { NameFinder } from '../gate/name-index.ts';
import type { FileText } from './port.ts';

/** Who is named in a text of a file. */
export interface Named extends Pick<FileText, 'place' | 'kind'> {
  /** Null where there is more than can be looked up. */
  person: number | null;
  /** What is certain, as in a prompt. */
  sure: boolean;
  said: string;
  /** The words around it, for whoever decides. */
  around: string;
  why: string;
}

/** Characters before and behind a name that a moderator is shown. */
const context = 200;

/** Finds who is named in the texts of a file, each by itself: tags that lie side by side are no sentence. */
export async function findNamed(
  { across }: Pick<NameFinder, 'across'>,
  texts: readonly FileText[],
): Promise<Named[]> {
  const named: Named[] = [];
  for (const { place, kind, text } of texts) {
    const { found, unread } = await across([{ text, origin: null }]);
    for (const { person, verdict, why, places } of found) {
      const { start, end } = places[0]!;
      const around = text.slice(Math.max(0, start - context), end + context);
      const who = { person: Number(person), sure: verdict === 'block', why };
      named.push({ ...who, place, kind, said: text.slice(start, end), around });
    }
    const nobody = { person: null, sure: false, why: '' };
    // What stays behind and was not read to its end carries nobody on.
    if (unread && kind !== 'spoken') named.push({ ...nobody, place, kind, said: '', around: '' });
  }
  // What is surest first, since each person is told of once a file.
  return named.sort((a, b) => rank(a) - rank(b));
}

function rank({ sure, kind }: Named): number {
  return (sure ? 0 : 2) + (kind === 'spoken' ? 1 : 0);
}
