import type { Span } from '../../../dsl/ast.ts';
import type { Diagnostic } from '../../../dsl/diagnostic.ts';
import type { World } from '../../../dsl/world.ts';
import type { Queries } from '../../store/port.ts';

/** PQL546 for names and ids that stand for nothing any more since what they stood for is held. */
export async function heldReferences(
  queries: Queries,
  workspace: string,
  { media }: World,
  named: readonly { name: string; span: Span }[],
): Promise<Diagnostic[]> {
  const unknown = named.filter(({ name }) => media.get(name.toLowerCase()) === null);
  if (unknown.length === 0) return [];
  const names = [...new Set(unknown.map(({ name }) => name.toLowerCase()))];
  const rows = await queries.query<{ name: string }>(
    `select letter || number as name from held_media where workspace = $1 and letter || number = any ($2::text[])
     union
     select each ->> 'key' from held_media, jsonb_array_elements(names) as each
     where workspace = $1 and each ->> 'key' = any ($2::text[])`,
    [workspace, names],
  );
  const held = new Set(rows.map(({ name }) => name));
  return unknown
    .filter(({ name }) => held.has(name.toLowerCase()))
    .map(({ name, span }) => ({
      code: 'PQL546',
      message: `${name} is held: somebody in it took their consent back`,
      span,
      hint: 'leave it out; moderators see why with USES OF the person',
    }));
}
