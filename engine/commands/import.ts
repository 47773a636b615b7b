import { createHash } from 'node:crypto';
import { basename } from 'node:path';

import { readPeople } from '../consent/import/people.ts';
import { ImportProblem } from '../consent/import/problem.ts';
import { importPeople } from '../consent/registry/import-people.ts';
import { openLocal } from '../look-up/open-local.ts';
import { type Answerer, plainText, refused } from './answerer.ts';
import { notYours } from './consent-roles.ts';

/** IMPORT PEOPLE FROM "people.csv": read twice, first for its hash and for what is wrong in it, so that of a wrong file nobody is entered. */
export const importing: Answerer<'import'> = async (
  { arguments: { text: path }, asker },
  { parts, folder },
) => {
  if (!asker.roles.includes('admin'))
    return notYours('an admin imports people: it holds in every workspace', 'OPT OUT enters one person');
  if (asker.importRoot === null)
    return refused('PQL501', 'there are no local files here', 'import the list at the machine');
  const format = /\.json$/i.test(path) ? 'json' : /\.csv$/i.test(path) ? 'csv' : null;
  if (format === null) return refused('PQL403', 'people come from .csv or .json', 'name such a file');
  const opened = await openLocal(path, asker.importRoot, folder ?? '.');
  if ('problem' in opened)
    return refused(
      opened.family === 5 ? 'PQL501' : 'PQL420',
      `${path}: ${opened.problem}`,
      opened.hint ?? null,
    );
  const chunks = () => opened.handle.createReadStream({ start: 0, autoClose: false });
  try {
    const sum = createHash('sha256');
    let count = 0;
    for await (const _ of readPeople(hashed(chunks(), sum), format)) count += 1;
    const from = { source: basename(path), sha256: sum.digest('hex'), by: asker };
    const { entered } = await importPeople(parts.store, readPeople(chunks(), format), from);
    return plainText(
      `${count} people read, ${entered} of them new; from now on nobody of them is shown without a grant, in no workspace.`,
    );
  } catch (error) {
    if (error instanceof ImportProblem)
      return refused(
        'PQL422',
        `${path}: ${error.message}`,
        'nobody was entered; mend the line and import again',
      );
    throw error;
  } finally {
    await opened.handle.close();
  }
};

async function* hashed(
  chunks: AsyncIterable<Uint8Array>,
  sum: { update(chunk: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    sum.update(chunk);
    yield chunk;
  }
}
