import type { Span } from '../../../dsl/ast.ts';
import type { Diagnostic } from '../../../dsl/diagnostic.ts';
import type { World } from '../../../dsl/world.ts';
import type { Queries } from '../../store/port.ts';
import { heldHashes } from '../revocation/hold.ts';

/** PQL546 for names and ids that stand for nothing any more since what they stood for is held, and for files whose bytes are. */
export async function heldReferences(
  queries: Queries,
  workspace: string,
  { media, files }: World,
  named: readonly { name: string; span: Span }[],
): Promise<Diagnostic[]> {
  const read = named.map(({ name, span }) => ({
    ...{ name, span },
    known: media.get(name.toLowerCase()) ?? files.get(name) ?? null,
  }));
  const lost = await heldNames(
    queries,
    workspace,
    read.flatMap(({ name, known }) => (known === null ? [name.toLowerCase()] : [])),
  );
  const hashOf = (known: (typeof read)[number]['known']) => (known && 'hash' in known ? known.hash : '');
  const hashes = await heldHashes(
    queries,
    workspace,
    read.map(({ known }) => hashOf(known)).filter((hash) => hash !== ''),
  );
  return read
    .filter(({ name, known }) => (known === null ? lost.has(name.toLowerCase()) : hashes.has(hashOf(known))))
    .map(({ name, span }) => ({
      code: 'PQL546',
      message: `${name} is held: somebody in it took their consent back`,
      span,
      hint: 'leave it out; moderators see why with USES OF the person',
    }));
}

/** Which names and ids, in lower case, are those of held media. */
export async function heldNames(
  queries: Queries,
  workspace: string,
  names: readonly string[],
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const rows = await queries.query<{ name: string }>(
    `select letter || number as name from held_media where workspace = $1 and letter || number = any ($2::text[])
     union
     select each ->> 'key' from held_media, jsonb_array_elements(names) as each
     where workspace = $1 and each ->> 'key' = any ($2::text[])`,
    [workspace, [...new Set(names)]],
  );
  return new Set(rows.map(({ name }) => name));
}
