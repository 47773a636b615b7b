import type { Facts } from '../../dsl/facts.ts';
import type { Json } from '../../dsl/json.ts';
import { type Kind, kindLetters } from '../../dsl/kind.ts';
import type { Answer, Column } from '../answer.ts';
import type { Asked, CommandTools } from './answerer.ts';
import { column, firstLine, list, mostRows } from './list.ts';

interface MediaRow {
  id: string;
  names: string | null;
  facts: Facts;
  bytes: number;
  origin: string | null;
  made: Date;
  total: number;
}

const titles: Readonly<Record<Kind, string>> = {
  video: 'Videos',
  image: 'Images',
  audio: 'Sounds',
  text: 'Texts',
};

/** What is measured of each kind. */
const columns: Readonly<Record<Kind, Column[]>> = {
  video: [column('length', 'seconds'), column('size'), column('fps', 'number'), column('sound')],
  image: [column('size')],
  audio: [column('length', 'seconds'), column('rate', 'number')],
  text: [column('type')],
};

/** SHOW VIDEOS, IMAGES, AUDIO, TEXTS. */
export async function showMedia(
  kind: Kind,
  { asker }: Asked<'show'>,
  { parts }: CommandTools,
): Promise<Answer> {
  const rows = await parts.store.query<MediaRow>(
    `select media.letter || media.number as id, artifacts.facts, artifacts.bytes, media.created_at as made,
            (select string_agg(name, ', ' order by given_at desc) from names where media_id = media.id) as names,
            coalesce(left(media.recipe, 1000), media.source) as origin,
            count(*) over ()::integer as total
     from media join artifacts using (hash)
     where media.workspace = $1 and media.letter = $2
     order by media.id desc limit $3`,
    [asker.workspace, kindLetters[kind], mostRows],
  );
  return list(
    titles[kind],
    [
      column('id', 'id'),
      column('name'),
      ...columns[kind],
      column('bytes', 'bytes'),
      column('made', 'time'),
      column('from', 'pql'),
    ],
    rows.map(({ id, names, facts, bytes, made, origin }) => [
      id,
      names,
      ...measured(facts),
      bytes,
      made.toISOString(),
      origin === null ? null : firstLine(origin.replace(/^\s*--.*$/gm, '')),
    ]),
    rows[0]?.total ?? 0,
    {
      older: 'FIND name finds one by its name',
      empty: `there are no ${titles[kind].toLowerCase()} here yet`,
    },
  );
}

function measured(facts: Facts): Json[] {
  switch (facts.kind) {
    case 'video':
      return [
        facts.duration,
        `${facts.width}x${facts.height}`,
        Math.round((facts.rate.num / facts.rate.den) * 100) / 100,
        facts.audio === null ? 'silent' : facts.audio.codec,
      ];
    case 'image':
      return [`${facts.width}x${facts.height}`];
    case 'audio':
      return [facts.duration, facts.audio.rate];
    case 'text':
      return [facts.container];
  }
}
