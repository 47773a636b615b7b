import { sql } from 'kysely';
import { text, whole } from '../columns.ts';
import { lettered } from '../id-columns.ts';
import { age, moment } from '../time-columns.ts';
import type { Source } from './source.ts';

/** FROM PROMPTS: the newest of what was made of each, found one after the other from the newest on, so that a page of a million costs a page. */
export const promptsSource: Source = {
  table: 'media',
  only: sql`media.prompt is not null and not exists (
    select from media newer
    where newer.workspace = media.workspace and newer.prompt is not null and newer.id > media.id
      and left(newer.prompt, 200) = left(media.prompt, 200) and newer.prompt = media.prompt)`,
  columns: {
    prompt: text(sql`media.prompt`, { always: true }),
    newest: lettered(sql`media.letter`, sql`media.number`, { always: true }),
    clips: whole(
      sql`(select count(*) from media other
        where other.workspace = media.workspace and other.prompt is not null
          and left(other.prompt, 200) = left(media.prompt, 200) and other.prompt = media.prompt)`,
      { always: true },
    ),
    created: moment(sql`media.created_at`, { always: true }),
    age: age(sql`media.created_at`),
  },
  tie: sql`media.id`,
};
