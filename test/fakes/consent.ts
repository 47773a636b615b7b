import { createHash, generateKeyPairSync } from 'node:crypto';

import type { Asker } from '../../engine/asker.ts';
import { lockHead, raiseEpoch } from '../../engine/consent/audit/append.ts';
import { keepEvidence } from '../../engine/consent/grants/evidence.ts';
import { enterPeople, peopleCalled } from '../../engine/consent/registry/people.ts';
import { decide } from '../../engine/consent/requests/decide.ts';
import { fileRequest } from '../../engine/consent/requests/file.ts';
import type { RequestDetails } from '../../engine/consent/requests/states.ts';
import { createSigner, type Signer } from '../../engine/consent/signing/signer.ts';
import type { Store } from '../../engine/store/port.ts';
import { askerIn } from './plan.ts';

/** A signer with a key of its own. */
export function testSigner(): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return createSigner(async () => pem);
}

/** Somebody who decides. */
export function moderatorIn(workspace: string, user: string): Asker {
  return { ...askerIn(workspace), user, roles: ['asker', 'moderator'] };
}

/** Enters somebody as a public figure; returns the row id. */
export async function publicFigure(store: Store, name: string, context: string[] = []): Promise<number> {
  await store.transaction(async (queries) => {
    await lockHead(queries);
    await enterPeople(
      queries,
      [{ names: [name], kind: 'public figure', context }],
      'test',
      await raiseEpoch(queries),
    );
  });
  return (await peopleCalled(store, name))[0]!.id;
}

/** A scan of a signed paper. */
export const paper = Buffer.from('I agree. Jane Roe');

/** Asks for a grant; returns the number of the request. */
export async function askForGrant(
  store: Store,
  by: Asker,
  person: number,
  details: RequestDetails = {},
): Promise<number> {
  const sha256 = createHash('sha256').update(paper).digest('hex');
  return store.transaction(async (queries) => {
    await lockHead(queries);
    await keepEvidence(queries, { sha256, name: 'consent.pdf', bytes: paper });
    return fileRequest(queries, {
      kind: 'grant',
      person,
      by,
      said: 'Jane Roe',
      details: {
        uses: ['likeness'],
        territory: null,
        from: '2020-01-01T00:00:00.000Z',
        until: '2120-01-01T00:00:00.000Z',
        except: [],
        identity: 'passport, seen in a video call',
        evidence: { sha256, name: 'consent.pdf' },
        ...details,
      },
    });
  });
}

/** Asks for a grant, and two moderators approve it. */
export async function grantTo(
  { store, signer }: { store: Store; signer: Signer },
  workspace: string,
  person: number,
  details: RequestDetails = {},
): Promise<number> {
  const number = await askForGrant(store, askerIn(workspace), person, details);
  for (const user of ['mia', 'noor'])
    await decide({ store, signer }, moderatorIn(workspace, user), number, {
      verdict: 'approve',
      reason: null,
    });
  return number;
}
