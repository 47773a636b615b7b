import type { Query } from '../../dsl/query/query.ts';
import type { Shown } from './answer-query.ts';
import { beginning, composed, plain } from './list.ts';

const everything: Omit<Query, 'collection'> = { group: null, where: null, order: [], limit: null };

const generate = 'try GENERATE "a lighthouse in fog" DURATION 4s';

const called = [plain('id', 'id', 'id'), plain('name', 'name')];
const stored = [
  plain('bytes', 'bytes', 'bytes'),
  plain('made', 'created', 'time'),
  composed(
    'from',
    ['recipe', 'source'],
    (row) => beginning('', 'recipe').of(row) ?? row.source ?? null,
    'pql',
  ),
];

/** What SHOW says in fewer words than FROM: a query and its table, by subject. */
export const shownBySubject: Readonly<Record<string, { query: Query; shown: Shown }>> = {
  groups: {
    query: { ...everything, collection: 'groups' },
    shown: {
      title: 'Groups',
      columns: [
        plain('group', 'id', 'id'),
        plain('state', 'state', 'state'),
        composed('done', ['done', 'jobs'], ({ done, jobs }) => `${done}/${jobs}`),
        plain('asked', 'created', 'time'),
        plain('took', 'took', 'seconds'),
        beginning('statement', 'statement'),
      ],
      empty: `nothing was run yet; ${generate}`,
    },
  },
  jobs: {
    // What is at work first, then the newest.
    query: {
      ...everything,
      collection: 'jobs',
      order: [
        { field: 'running', descending: true },
        { field: 'id', descending: true },
      ],
    },
    shown: {
      title: 'Jobs',
      columns: [
        plain('job', 'id', 'id'),
        plain('group', 'group', 'id'),
        plain('state', 'state', 'state'),
        plain('lane', 'lane'),
        plain('took', 'took', 'seconds'),
        plain('result', 'result', 'id'),
        beginning('statement', 'statement'),
      ],
      empty: 'nothing was run yet',
    },
  },
  prompts: {
    query: { ...everything, collection: 'prompts' },
    shown: {
      title: 'Prompts',
      columns: [
        plain('newest', 'newest', 'id'),
        plain('clips', 'clips', 'number'),
        plain('made', 'created', 'time'),
        plain('prompt', 'prompt'),
      ],
      empty: `nothing was described yet; ${generate}`,
    },
  },
  videos: {
    query: { ...everything, collection: 'videos' },
    shown: {
      title: 'Videos',
      columns: [
        ...called,
        plain('length', 'duration', 'seconds'),
        plain('size', 'size'),
        composed(
          'fps',
          ['fps'],
          ({ fps }) => (typeof fps === 'number' ? Math.round(fps * 100) / 100 : null),
          'number',
        ),
        composed('sound', ['audio_codec'], ({ audio_codec }) => audio_codec ?? 'silent'),
        ...stored,
      ],
      empty: 'there are no videos here yet',
    },
  },
  images: {
    query: { ...everything, collection: 'images' },
    shown: {
      title: 'Images',
      columns: [...called, plain('size', 'size'), ...stored],
      empty: 'there are no images here yet',
    },
  },
  audio: {
    query: { ...everything, collection: 'audio' },
    shown: {
      title: 'Sounds',
      columns: [
        ...called,
        plain('length', 'duration', 'seconds'),
        plain('rate', 'hertz', 'number'),
        ...stored,
      ],
      empty: 'there are no sounds here yet',
    },
  },
  texts: {
    query: { ...everything, collection: 'texts' },
    shown: {
      title: 'Texts',
      columns: [...called, plain('type', 'container'), ...stored],
      empty: 'there are no texts here yet',
    },
  },
  media: {
    query: { ...everything, collection: 'media' },
    shown: {
      title: 'Media',
      columns: [
        ...called,
        plain('kind', 'kind'),
        plain('length', 'duration', 'seconds'),
        plain('size', 'size'),
        ...stored,
      ],
      empty: 'there is nothing here yet',
    },
  },
};
