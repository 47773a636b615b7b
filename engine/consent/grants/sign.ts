import type { JsonObject } from '../../../dsl/json.ts';
import type { Queries } from '../../store/port.ts';
import { audit } from '../audit/append.ts';
import { peopleById } from '../registry/people.ts';
import type { Actor } from '../registry/person.ts';
import type { ConsentRequest } from '../requests/states.ts';
import type { Signer } from '../signing/signer.ts';
import type { Terms, Use } from './terms.ts';

/** Signs what two moderators approved, and enters it. Under `lockHead`. */
export async function signGrant(
  queries: Queries,
  signer: Signer,
  request: ConsentRequest,
  moderators: readonly string[],
  by: Actor,
): Promise<void> {
  const { details, workspace, number } = request;
  const [person] = await peopleById(queries, [request.person]);
  const [head] = await queries.query<{ seq: number; hash: string }>('select seq, hash from consent_head');
  const terms: Terms = {
    grant: `r${number}`,
    workspace,
    person: { id: request.person, names: person!.names },
    uses: (details.uses ?? []) as Use[],
    territory: details.territory ?? null,
    from: details.from!,
    until: details.until!,
    except: details.except ?? [],
    evidence: details.evidence!,
    identity: details.identity!,
    asked_by: request.askedBy,
    moderators: [...moderators],
    audit: head!,
  };
  const signature = await signer.sign('watchai-grant', terms as unknown as JsonObject);
  await queries.query(
    'insert into grants (request_id, workspace, number, person_id, signature) values ($1, $2, $3, $4, $5)',
    [request.id, workspace, number, request.person, signature],
  );
  await audit(queries, 'grant signed', by, {
    ...{ grant: terms.grant, person: request.person, signature },
    moderators: [...moderators],
  });
}
