import type { Answer } from '../answer.ts';
import type { Asked, CommandTools } from './answerer.ts';
import { column, list, mostRows } from './list.ts';

/** SHOW PROMPTS: what was described to GENERATE, each once, with its newest clip. */
export async function showPrompts({ asker }: Asked<'show'>, { parts }: CommandTools): Promise<Answer> {
  const rows = await parts.store.query<{
    id: string;
    prompt: string;
    clips: number;
    made: Date;
    total: number;
  }>(
    `select (array_agg(letter || number order by id desc))[1] as id, prompt, count(*)::integer as clips,
            max(created_at) as made, count(*) over ()::integer as total
     from media where workspace = $1 and prompt is not null
     group by prompt order by max(id) desc limit $2`,
    [asker.workspace, mostRows],
  );
  return list(
    'Prompts',
    [column('newest', 'id'), column('clips', 'number'), column('made', 'time'), column('prompt')],
    rows.map(({ id, clips, made, prompt }) => [id, clips, made.toISOString(), prompt]),
    rows[0]?.total ?? 0,
    {
      older: 'SEARCH PIPELINES "words" finds older ones',
      empty: 'nothing was described yet; try GENERATE "a lighthouse in fog" DURATION 4s',
    },
  );
}
