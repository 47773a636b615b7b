import type { Answer } from '../answer.ts';
import { openTemplates } from '../consent/faces/templates.ts';
import { consentOf } from '../consent/of.ts';
import { Failure } from '../failure.ts';
import type { Asked, CommandTools } from './answerer.ts';
import { isModerator, notYours } from './consent-roles.ts';
import { column } from './list.ts';

/** SHOW FACES: who is looked for, and the files of this workspace that they were seen in. Each is opened, so that what an older key sealed is sealed anew. */
export async function showFaces({ asker }: Asked<'show'>, { parts }: CommandTools): Promise<Answer> {
  if (!isModerator(asker)) return notYours('who is looked for by their face is for moderators', null);
  const locked = await whyLocked(parts);
  const rows = await parts.store.query<{
    name: string;
    request: string;
    since: Date;
    key: string;
    seen: string[];
  }>(
    `select names[1] as name, 'r' || consent_requests.number as request, made_at as since, key_id as key,
            array(select distinct media.letter || media.number || case when sure then '' else '?' end
                  from face_findings join media using (hash)
                  where face_findings.person_id = people.id and media.workspace = $1) as seen
     from face_templates join people on people.id = person_id join consent_requests on consent_requests.id = request_id
     order by made_at desc limit 500`,
    [asker.workspace],
  );
  return {
    type: 'table',
    title: 'Faces',
    columns: [
      column('who'),
      column('request', 'id'),
      column('since', 'time'),
      column('key'),
      column('seen in'),
    ],
    rows: rows.map(({ name, request, since, key, seen }) => [
      ...[name, request, since.toISOString(), key, seen.join(', ') || null],
    ]),
    total: rows.length,
    hint: locked ?? (rows.length === 0 ? 'nobody is; HELP REMEMBER says how to ask for it' : null),
  };
}

/** Why what is remembered cannot be opened here; null when it can. */
async function whyLocked(parts: CommandTools['parts']): Promise<string | null> {
  const { faces } = consentOf(parts);
  if (faces === null) return null;
  try {
    await openTemplates(parts.store, faces.keys);
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `${error.message}: ${error.hint}`;
  }
}
