import { findNamed } from '../file-words/find.ts';
import { fileWordsHash } from '../file-words/judge.ts';
import type { FileText } from '../file-words/port.ts';
import { rulingKey, rulingsOn } from '../gate/cleared.ts';
import type { Look } from './affected.ts';

const portion = 500;

/** Walks the files from outside that say of themselves that these people are in them: titles, chapters, captions. That somebody is spoken of in subtitles takes
 * nothing away, since it shows nobody. */
export async function affectedWords({ store, finder, wanted, note, signal }: Look): Promise<void> {
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const rows = await store.query<{ id: number; workspace: string; hash: string; texts: FileText[] }>(
      `select media.id, workspace, hash, jsonb_path_query_array(texts, '$[*] ? (@.kind != "spoken")') as texts
       from media join file_words using (hash) where media.id > $1 and source is not null order by media.id limit $2`,
      [after, portion],
    );
    for (const { id, workspace, hash, texts } of rows) {
      const named = (await findNamed(finder, texts)).flatMap(({ person, sure }) =>
        sure && person !== null && wanted.why(person, workspace) !== null ? [person] : [],
      );
      if (named.length === 0) continue;
      const rulings = await rulingsOn(store, workspace, [fileWordsHash(hash)]);
      for (const person of new Set(named))
        if (rulings.get(rulingKey(person, fileWordsHash(hash)))?.state !== 'approved')
          note(workspace, person).media.set(id, hash);
    }
    if (rows.length < portion) return;
    after = rows.at(-1)!.id;
  }
}
