import { createHash } from 'node:crypto';
import type { Queries } from '../../store/port.ts';
import { allGrants } from '../grants/standing.ts';
import type { Signer } from '../signing/signer.ts';
import { readHead } from './head.ts';
import { openRememberedFaces } from './remembered-faces.ts';

/** What is wrong, in words; nothing when all holds. */
export interface Verified {
  entries: number;
  grants: number;
  head: { seq: number; hash: string };
  problems: string[];
}

interface Entry {
  seq: number;
  at: string;
  action: string;
  body: string;
  previous: string;
  hash: string;
}

const portion = 5000;

/** Proves the register: every entry of the audit follows from the one before it, the register says what the audit tells, every grant is signed and has its
 * evidence, as has every face that is remembered, and what was exported earlier (`heads`, as `pql consent head` writes them) is still part of the chain. Whoever rewrites rows as a
 * superuser breaks the chain; whoever rewrites the whole chain contradicts a head that was exported, and every grant signed on top of it. */
export async function verifyConsent(
  queries: Queries,
  signer: Signer,
  heads: readonly string[] = [],
  signal?: AbortSignal,
): Promise<Verified> {
  const problems: string[] = [];
  const anchors = new Map<number, { hash: string; from: string }[]>();
  const anchor = (seq: number, hash: string, from: string) =>
    void anchors.set(seq, [...(anchors.get(seq) ?? []), { hash, from }]);
  for (const [at, text] of heads.entries()) {
    const head = await readHead(signer, text);
    if (head === null) problems.push(`head ${at + 1} is not signed by this installation`);
    else anchor(head.seq, head.hash, `the head that was exported at ${head.at}`);
  }
  const grants = await allGrants(queries, signer);
  for (const { id, workspace, terms, broken } of grants) {
    if (broken !== null && broken !== 'was revoked') problems.push(`grant ${id} of ${workspace} ${broken}`);
    if (terms !== null) anchor(terms.audit.seq, terms.audit.hash, `grant ${id} of ${workspace}`);
  }
  const register = openRegister();
  let [seq, hash] = [0, '0'.repeat(64)];
  let broken = false;
  for (;;) {
    signal?.throwIfAborted();
    const entries = await queries.query<Entry>(
      'select seq, at, action, body, previous, hash from consent_audit where seq > $1 order by seq limit $2',
      [seq, portion],
    );
    for (const entry of entries) {
      if (!broken && whatIsWrong(entry, seq, hash) !== null) {
        problems.push(whatIsWrong(entry, seq, hash) as string);
        broken = true;
      }
      for (const each of anchors.get(entry.seq) ?? [])
        if (each.hash !== entry.hash)
          problems.push(`entry ${entry.seq} is not the one that ${each.from} knows`);
      anchors.delete(entry.seq);
      register.hear(entry);
      [seq, hash] = [entry.seq, entry.hash];
    }
    if (entries.length < portion) break;
  }
  anchors.delete(0);
  for (const [missing, who] of anchors)
    problems.push(`entry ${missing} is missing, which ${who[0]!.from} knows`);
  const [head] = await queries.query<{ seq: number; hash: string }>('select seq, hash from consent_head');
  if (head === undefined || head.seq !== seq || head.hash !== hash)
    problems.push(`the chain ends at entry ${seq}, its head says ${head?.seq ?? 'nothing'}`);
  problems.push(...(await register.compare(queries)));
  return { entries: seq, grants: grants.length, head: { seq, hash }, problems };
}

function whatIsWrong(entry: Entry, before: number, hash: string): string | null {
  if (entry.seq !== before + 1) return `entry ${before + 1} is missing`;
  if (entry.previous !== hash) return `entry ${entry.seq} does not follow from the one before it`;
  const text = [entry.seq, entry.at, entry.previous, entry.action, entry.body].join('\n');
  return createHash('sha256').update(text).digest('hex') === entry.hash
    ? null
    : `entry ${entry.seq} was changed after it was written`;
}

/** What the audit says about who opted out and which grants stand, to hold the register against; and whether two moderators agreed to each that was taken
 * back, which an entry that somebody wrote into the database as we do cannot show by itself. */
function openRegister() {
  const out = new Set<number>();
  const signed = new Map<string, number>();
  const agreement = openAgreement();
  const faces = openRememberedFaces();
  const alone: string[] = [];
  return {
    hear({ seq, action, body }: Entry) {
      const told = readBody(body);
      agreement.hear(action, told);
      faces.hear(action, told);
      if (action === 'opted in' && !agreement.has(told))
        alone.push(`entry ${seq} takes an opt-out back, to which no two moderators agreed`);
      // What is for now ends no grant.
      if (action === 'opted out' || action === 'opted out for now')
        for (const person of told.people ?? []) out.add(person);
      if (action === 'opted in' && told.person !== undefined) out.delete(told.person);
      if (action === 'grant signed' && told.by !== undefined)
        signed.set(`${told.grant} of ${told.by.workspace}`, told.person ?? 0);
      if (action === 'grant revoked' && told.by !== undefined)
        signed.delete(`${told.grant} of ${told.by.workspace}`);
      if (action === 'opted out')
        for (const [grant, person] of signed) if (told.entered?.includes(person)) signed.delete(grant);
    },
    async compare(queries: Queries): Promise<string[]> {
      const rows = await queries.query<{ person: number }>(
        'select person_id as person from opt_outs where ended_at is null',
      );
      const standing = await queries.query<{ grant: string }>(
        `select 'r' || number || ' of ' || workspace as "grant" from grants where revoked_at is null`,
      );
      const there = new Set(rows.map(({ person }) => person));
      return [
        ...alone,
        ...[...out]
          .filter((id) => !there.has(id))
          .map((id) => `the opt-out of person ${id} is gone from the register`),
        ...[...there].filter((id) => !out.has(id)).map((id) => `the audit knows no opt-out of person ${id}`),
        ...standing
          .filter(({ grant }) => !signed.has(grant))
          .map(({ grant }) => `the audit knows no grant ${grant} that stands`),
        ...(await faces.compare(queries)),
      ];
    },
  };
}

/** Who agreed to what undoes an opt-out: a request to, or that an objection be lifted. */
function openAgreement() {
  const agreed = new Map<string, Set<string>>();
  const about = (verdict: string, { request, by }: Told) => `${verdict} ${request} of ${by?.workspace}`;
  return {
    hear(action: string, told: Told) {
      if (action !== 'request approved' && action !== 'request denied') return;
      const key = about(action, told);
      agreed.set(key, (agreed.get(key) ?? new Set()).add(told.by?.user ?? ''));
    },
    has: (told: Told) =>
      ['request approved', 'request denied'].some(
        (verdict) => (agreed.get(about(verdict, told))?.size ?? 0) >= 2,
      ),
  };
}

interface Told {
  request?: string;
  people?: number[];
  entered?: number[];
  person?: number;
  grant?: string;
  kind?: string;
  details?: { evidence?: { sha256?: string } };
  by?: { workspace: string; user: string };
}

/** An entry that was changed may hold anything. */
function readBody(body: string): Told {
  try {
    return JSON.parse(body) as Told;
  } catch {
    return {};
  }
}
