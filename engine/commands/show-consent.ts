import type { Answer } from '../answer.ts';
import { whyNotCovered } from '../consent/grants/covers.ts';
import { grantsOf } from '../consent/grants/standing.ts';
import { consentOf } from '../consent/of.ts';
import type { Asked, CommandTools } from './answerer.ts';
import { isModerator, notYours } from './consent-roles.ts';
import { clock } from './describe-request.ts';
import { column, mostRows } from './list.ts';

/** SHOW REQUESTS: what waits in this workspace, the most urgent first; whoever is no moderator sees their own. */
export async function showRequests({ asker }: Asked<'show'>, { parts, now }: CommandTools): Promise<Answer> {
  const own = isModerator(asker) ? null : asker.user;
  const rows = await parts.store.query<{
    id: string;
    kind: string;
    state: string;
    said: string;
    asked_by: string;
    due: Date;
    approvals: number;
  }>(
    `select 'r' || number as id, kind, state, said, asked_by, due_at as due,
            (select count(*)::integer from consent_decisions
             where request_id = consent_requests.id and verdict = 'approve') as approvals
     from consent_requests
     where workspace = $1 and state in ('open', 'escalated') and ($2::text is null or asked_by = $2)
     order by due_at, number limit 500`,
    [asker.workspace, own],
  );
  const at = now?.() ?? new Date();
  return {
    type: 'table',
    title: 'Requests',
    columns: [
      column('request', 'id'),
      column('asks'),
      column('about'),
      column('state', 'state'),
      column('approvals', 'number'),
      column('asked by'),
      column('time'),
    ],
    rows: rows.map(({ id, kind, said, state, approvals, asked_by, due }) => [
      ...[id, kind, said, state, approvals, asked_by, clock(due, at)],
    ]),
    total: rows.length,
    hint: rows.length === 0 ? 'nothing waits for a decision' : 'FIND REQUEST shows one whole',
  };
}

/** SHOW GRANTS: who may be shown here, each verified now, and why one does not hold. */
export async function showGrants({ asker }: Asked<'show'>, { parts, now }: CommandTools): Promise<Answer> {
  const people = await parts.store.query<{ id: number; name: string }>(
    `select distinct people.id, people.names[1] as name from grants join people on people.id = person_id where workspace = $1`,
    [asker.workspace],
  );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const grants = await grantsOf(parts.store, consentOf(parts).signer, asker.workspace, [...names.keys()]);
  const at = now?.() ?? new Date();
  return {
    type: 'table',
    title: 'Grants',
    columns: [
      column('grant', 'id'),
      column('who'),
      column('for'),
      column('until'),
      column('where'),
      column('not for'),
      column('holds'),
    ],
    rows: grants.map((grant) => {
      const { terms } = grant;
      const use = terms?.uses[0] ?? 'likeness';
      const why = whyNotCovered(grant, { use, now: at, texts: [] });
      return [
        ...[grant.id, names.get(grant.person) ?? '', terms?.uses.join(', ') ?? null],
        ...[terms?.until.slice(0, 10) ?? null, terms?.territory ?? null, terms?.except.join(', ') || null],
        why === null ? 'yes' : `no, it ${why}`,
      ];
    }),
    total: grants.length,
    hint: grants.length === 0 ? 'nobody gave this workspace leave yet; HELP GRANT says how to ask' : null,
  };
}

/** SHOW PEOPLE: the register, page by page. Who said no is nobody's business but the moderators'. */
export async function showPeople(
  { asker, arguments: { page = 1 } }: Asked<'show'>,
  { parts }: CommandTools,
): Promise<Answer> {
  if (!isModerator(asker)) return notYours('the register of people is for moderators', null);
  const rows = await parts.store.query<{
    name: string;
    others: number;
    kind: string;
    out: Date | null;
    source: string;
  }>(
    `select names[1] as name, cardinality(names) - 1 as others, kind, source,
            (select at from opt_outs where person_id = people.id and ended_at is null) as out
     from people order by id desc limit $1 offset $2`,
    [mostRows, (page - 1) * mostRows],
  );
  const [counted] = await parts.store.query<{ count: number }>(
    'select count(*)::integer as count from people',
  );
  return {
    type: 'table',
    title: 'People',
    columns: [
      column('name'),
      column('other names', 'number'),
      column('kind'),
      column('opted out', 'time'),
      column('from'),
    ],
    rows: rows.map(({ name, others, kind, out, source }) => [
      name,
      others,
      kind,
      out?.toISOString() ?? null,
      source,
    ]),
    total: counted?.count ?? 0,
    hint: rows.length === 0 ? 'the register is empty; IMPORT PEOPLE FROM "people.csv" fills it' : null,
  };
}
