import { sql } from 'kysely';
import { type Kind, kindLetters } from '../../../dsl/kind.ts';
import type { Literal } from '../../../dsl/query/query.ts';
import type { Sql } from '../builder.ts';
import { type Column, flag, known, real, text, whole, word } from '../columns.ts';
import { lettered, numbered, numbersOf } from '../id-columns.ts';
import { age, moment } from '../time-columns.ts';
import type { Source } from './source.ts';

/** FROM VIDEOS, IMAGES, AUDIO, TEXTS: what is measured of a kind is known of all of its kind. */
export function mediaOfKind(kind: Kind, workspace: string): Source {
  const plays = kind === 'video' || kind === 'audio';
  const seen = kind === 'video' || kind === 'image';
  const letter = kindLetters[kind];
  return {
    table: 'media',
    only: sql`media.letter = ${letter}::text`,
    columns: {
      ...mediaColumns(workspace, { plays, seen, film: kind === 'video' }),
      id: numbered(letter, sql`media.number`, { always: true }),
    },
    tie: sql`media.number`,
  };
}

/** FROM MEDIA. */
export function allMedia(workspace: string): Source {
  return {
    table: 'media',
    only: null,
    columns: mediaColumns(workspace, { plays: false, seen: false, film: false }),
    tie: sql`media.id`,
  };
}

/** `always` says what all rows have. */
function mediaColumns(
  workspace: string,
  always: { plays: boolean; seen: boolean; film: boolean },
): Record<string, Column> {
  return {
    id: lettered(sql`media.letter`, sql`media.number`, { always: true }),
    name: text(sql`media.name`),
    kind: word(kindOf, { always: true }),
    duration: real(sql`media.duration`, { always: always.plays }),
    width: whole(sql`media.width`, { always: always.seen }),
    height: whole(sql`media.height`, { always: always.seen }),
    size: text(sql`(media.width || 'x' || media.height)`),
    fps: real(sql`media.fps`, { always: always.film }),
    frames: whole(sql`media.frames`, { always: always.film }),
    codec: word(sql`media.codec`),
    container: word(sql`media.container`),
    sound: flag(sql`media.sound`),
    audio_codec: word(soundCodec),
    hertz: whole(sql`media.hertz`),
    channels: whole(sql`media.channels`),
    bytes: whole(sql`media.bytes`, { always: true }),
    created: moment(sql`media.created_at`, { always: true }),
    age: age(sql`media.created_at`),
    prompt: text(sql`media.prompt`),
    verb: word(sql`media.verb`),
    engine: word(sql`media.engine`),
    seed: whole(sql`media.seed`),
    model: word(sql`media.model`),
    group: groupOf(workspace),
    job: numbered('j', sql`(select jobs.number from jobs where jobs.id = media.job_id)`),
    source: text(sql`media.source`),
    recipe: text(sql`media.recipe`, { shown: sql`left(media.recipe, 1000)` }),
  };
}

const kindOf = sql`case media.letter when 'v' then 'video' when 'i' then 'image' when 'a' then 'audio' else 'text' end`;

/** Nothing that many ask, so it stands in the facts alone. */
const soundCodec = sql`(select artifacts.facts -> 'audio' ->> 'codec' from artifacts where artifacts.hash = media.hash)`;

/** Shows the group that made it, and finds what a group made or recalled. */
function groupOf(workspace: string): Column {
  const number = sql`(select runs.number from jobs join runs on runs.id = jobs.run_id where jobs.id = media.job_id)`;
  const usual = numbered('g', number);
  const among = (literals: readonly Literal[], negated: boolean): Sql => {
    const results = sql`select jobs.result from jobs join runs on runs.id = jobs.run_id
      where runs.workspace = ${workspace} and runs.number = any(${numbersOf(literals, 'g')}::integer[])
        and not jobs.effect and jobs.state = 'done' and jobs.result is not null`;
    return negated
      ? sql`(${known(number)} and media.hash not in (${results}))`
      : sql`media.hash in (${results})`;
  };
  return {
    ...usual,
    loose: true,
    test: (op, literal) =>
      op === '=' || op === '!=' ? among([literal], op === '!=') : usual.test(op, literal),
    among,
  };
}
