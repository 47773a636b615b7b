import type { Example } from '../operation.ts';

/** FROM, MAP, REDUCE and START MAPREDUCE are no verbs of the catalogue but forms of the grammar; HELP and the reference tell of them alike. */
export interface Form {
  /** In capitals. */
  verb: string;
  /** One line, without a full stop. */
  help: string;
  usage: readonly string[];
  /** Sentences. */
  details: readonly string[];
  examples: readonly Example[];
}

export const forms: readonly Form[] = [
  {
    verb: 'FROM',
    help: 'asks for things by what is known of them',
    usage: [
      'FROM collection [WHERE condition] [ORDER BY field [DESC], …] [LIMIT n] [PAGE n]',
      'FROM GROUP g7 [WHERE …]',
      'FROM SHOTS OF clip [WHERE …]',
      'FROM clip + clip [WHERE …]',
    ],
    details: [
      'Alone it answers with a table; MAP and REDUCE work on what it finds.',
      'Conditions: = != < <= > >=, IN (…), CONTAINS "…", BETWEEN … AND …, IS KNOWN, joined by AND, OR, NOT and parentheses. Units belong to the values: duration > 5s, bytes < 20MB, age < 7d, created >= 2026-11-28 (days and times are in UTC).',
      'FROM GROUP g7 finds the results of a group, not what they were made from.',
      'The shots of a clip are known only while the statement runs: SHOTS finds them, MEASURE says how much moves in each, and the statement grows by as many jobs as there are shots.',
    ],
    examples: [
      {
        text: 'FROM videos WHERE duration > 5s AND prompt CONTAINS "harbour" ORDER BY created DESC LIMIT 10',
        says: 'the newest ten',
      },
      { text: 'FROM jobs WHERE state = failed AND age < 1h', says: 'what went wrong in the last hour' },
      {
        text: 'FROM SHOTS OF v1 WHERE motion > 2 ORDER BY motion DESC LIMIT 5 | REDUCE STITCH TO out/best.mp4',
        says: 'a film of the five liveliest shots',
      },
    ],
  },
  {
    verb: 'MAP',
    help: 'does something to each thing that FROM finds',
    usage: ['MAP ( stage | stage … ) [AT MOST n]'],
    details: [
      'Each thing is piped into the first stage, or stands where _ does: MAP ( STITCH intro + _ + outro ).',
      'A path may say which of them it is: {id}, {n} and every field, as in TO "out/{id}.mp4".',
      'AT MOST 4 lets at most four of its jobs run at the same time.',
    ],
    examples: [
      {
        text: 'FROM videos WHERE height < 720 | MAP ( ENHANCE UPSCALE 2x TO "out/{id}.mp4" ) AT MOST 4',
        says: 'enlarges all small clips, four at a time',
      },
    ],
  },
  {
    verb: 'REDUCE',
    help: 'makes one of all things that FROM finds or MAP made',
    usage: ['REDUCE [BY field] VERB …', 'REDUCE [BY field] ( stage | stage … )'],
    details: [
      'BY makes one of those that have the field in common, and the path says which: TO "out/{codec}.mp4".',
      'Of nothing, nothing is made: that is refused in words.',
    ],
    examples: [
      {
        text: 'FROM GROUP g7 | MAP ( ENHANCE UPSCALE 2x ) | REDUCE STITCH TO out/all.mp4',
        says: 'enlarges all results of a group and puts them together',
      },
      { text: 'FROM videos | REDUCE BY codec STITCH TO "out/{codec}.mp4"', says: 'a film for each codec' },
    ],
  },
  {
    verb: 'START',
    help: 'the same as FROM GROUP, MAP and REDUCE in more words; alone it asks for its parts',
    usage: ['START MAPREDUCE IN PIPELINE g7 MAP ( … ) REDUCE …'],
    details: [],
    examples: [
      {
        text: 'START MAPREDUCE IN PIPELINE g7 MAP ( ENHANCE UPSCALE 2x ) REDUCE STITCH TO out/all.mp4',
        says: 'enlarges all results of g7 and puts them together',
      },
    ],
  },
];
