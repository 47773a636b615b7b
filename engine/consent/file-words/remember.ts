import type { Queries } from '../../store/port.ts';
import type { FileText } from './port.ts';

/** What was read in these files, by hash; those that nobody read yet are not in it. */
export async function fileWordsOf(
  queries: Queries,
  hashes: readonly string[],
): Promise<Map<string, FileText[]>> {
  if (hashes.length === 0) return new Map();
  const rows = await queries.query<{ hash: string; texts: FileText[] }>(
    'select hash, texts from file_words where hash = any ($1::text[])',
    [[...new Set(hashes)]],
  );
  return new Map(rows.map(({ hash, texts }) => [hash, texts]));
}

/** Keeps what was read in a file of the store; nothing where the file went meanwhile. */
export async function rememberFileWords(
  queries: Queries,
  hash: string,
  texts: readonly FileText[],
): Promise<void> {
  // A database keeps no NUL.
  const kept = texts.map((each) => ({ ...each, text: each.text.replaceAll('\0', ' ') }));
  await queries.query(
    `insert into file_words (hash, texts) select hash, $2::jsonb from artifacts where hash = $1
     on conflict (hash) do nothing`,
    [hash, JSON.stringify(kept)],
  );
}
