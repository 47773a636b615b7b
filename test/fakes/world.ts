import type { VideoFacts } from '../../dsl/facts.ts';
import { knownFields } from '../../dsl/query/known-fields.ts';
import { compareBy, matches } from '../../dsl/query/matches.ts';
import type { Query } from '../../dsl/query/query.ts';
import type { Answered, Found, Known, SettingEntry, Unusable, World } from '../../dsl/world.ts';

/** A clip of a workspace: ten seconds of 1280×720 at 24 frames a second unless said otherwise. */
export function clip(
  id: string | null,
  facts: Partial<VideoFacts> = {},
  recipe: string | null = null,
): Known {
  const rate = facts.rate ?? { num: 24, den: 1 };
  const duration = facts.duration ?? 10;
  const known: VideoFacts = {
    kind: 'video',
    container: 'mp4',
    bytes: 1_000_000,
    duration,
    frames: Math.round((duration * rate.num) / rate.den),
    width: 1280,
    height: 720,
    rate,
    codec: 'h264',
    pixelFormat: 'yuv420p',
    rotation: 0,
    audio: null,
    ...facts,
  };
  return { hash: hashOf(`${id} ${JSON.stringify(facts)}`), kind: 'video', facts: known, id, recipe };
}

const text = (container: string): Known => ({
  hash: hashOf(container),
  kind: 'text',
  facts: { kind: 'text', container, bytes: 900 },
  id: null,
  recipe: null,
});

const picture: Known = {
  hash: hashOf('i1'),
  kind: 'image',
  facts: { kind: 'image', container: 'png', bytes: 9000, width: 640, height: 480 },
  id: 'i1',
  recipe: null,
};

const sound: Known = {
  hash: hashOf('speech'),
  kind: 'audio',
  facts: {
    kind: 'audio',
    container: 'wav',
    bytes: 64_000,
    duration: 2,
    audio: { codec: 'pcm_s16le', rate: 16_000, channels: 1, duration: 2 },
  },
  id: null,
  recipe: null,
};

const unusable = (problem: string, family: 4 | 5 = 4, hint?: string): Unusable => ({
  problem,
  family,
  ...(hint ? { hint } : {}),
});

const made =
  'GENERATE "fog" DURATION 10s SIZE 1280x720 FPS 24fps SEED 5 USING storyboard\n-- watchai 0.1.0 · seed 5 · engine storyboard';

const settings: SettingEntry[] = [
  { name: 'crawler.delay', value: '2s', help: 'wait between two requests', type: 'duration' },
  { name: 'render.fps', value: '24fps', help: 'frames a second', type: 'rate' },
  { name: 'render.size', value: '1280x720', help: 'size of what is made', type: 'size' },
  { name: 'cache', value: 'on', help: 'recall finished work', type: 'switch' },
  { name: 'spare.disk', value: '2GB', help: 'what stays free', type: 'bytes' },
  { name: 'tone', value: 'plain', help: 'how answers sound', type: 'word', words: ['plain', 'cheerful'] },
];

/** A small world in which the examples of the reference make sense. */
export function sampleWorld(change: Partial<World> = {}): World {
  const media = new Map<string, Known | null>([
    ['v1', clip('v1')],
    ['v2', clip('v2', { width: 1920, height: 1080 })],
    ['v3', clip('v3', { duration: 8 })],
    ['v12', clip('v12', {}, made)],
    ['v19', clip('v19')],
    ['big', clip('v30', { width: 3840, height: 2160 })],
    ['hd', clip('v20')],
    ['intro', clip('v21', { duration: 0.4 })],
    ['i1', picture],
    ['_', clip('v12', {}, made)],
  ]);
  const files = new Map<string, Known | Unusable>([
    ['clips/run.mp4', clip(null, { rate: { num: 30, den: 1 } })],
    ['clips/notes.txt', text('text/plain')],
    ['film.cube', text('application/x-cube')],
    ['clips/speech.wav', sound],
    ['clips/empty.mp4', unusable('the file is empty')],
    ['/etc/passwd', unusable('the file lies outside the folder you may read', 5, 'copy it there first')],
    ['out/film.mp4', clip(null, {}, made)],
  ]);
  return {
    media,
    files,
    destinations: new Map<string, Unusable | { exists: true } | null>([['out/there.mp4', { exists: true }]]),
    urls: new Map<string, Unusable | null>([
      [
        'http://169.254.169.254/x',
        unusable('the address is inside a private network', 5, 'an admin may allow a host'),
      ],
    ]),
    queries: new SampleAnswers(media),
    models: [
      { name: 'esrgan-slim', digest: 'a'.repeat(64), task: 'upscale', factors: [2, 3, 4] },
      { name: 'realesr-animevideov3', digest: 'b'.repeat(64), task: 'upscale', factors: [4] },
      { name: 'rife-4.6', digest: 'c'.repeat(64), task: 'interpolate', factors: [] },
    ],
    defaultModels: { upscale: 'esrgan-slim', interpolate: 'rife-4.6' },
    generators: ['storyboard'],
    settings: new Map(settings.map((entry) => [entry.name, entry])),
    names: ['v1', 'v2', 'v3', 'v12', 'v19', 'intro', 'hd', 'big', 'i1'],
    ...change,
  };
}

/** Answers any query over the clips of the sample: g7 made v1, v2 and v3, g8 is running, other groups are unknown. */
class SampleAnswers extends Map<string, Answered> {
  readonly #media: ReadonlyMap<string, Known | null>;

  constructor(media: ReadonlyMap<string, Known | null>) {
    super();
    this.#media = media;
  }

  override get(key: string): Answered {
    const { group, where, order, limit, collection } = JSON.parse(key) as Query;
    if (group === 'g8') return { problem: 'running group' };
    if (group !== null && group !== 'g7') return { problem: 'unknown group' };
    const kind = { videos: 'video', images: 'image' }[collection];
    const items = [...this.#media.values()].flatMap((known): Found[] => {
      const { id } = known ?? {};
      if (known === null || !id || !/^[vi]\d+$/.test(id) || !(kind === undefined || known.kind === kind))
        return [];
      if (group === 'g7' && !['v1', 'v2', 'v3'].includes(id)) return [];
      const origin = { type: 'known', known, label: id } as const;
      const fields = knownFields({
        origin,
        whole: known.facts,
        facts: known.facts,
        range: null,
        span: nowhere,
      });
      return [{ ...known, id, fields }];
    });
    const once = items.filter(({ id }, index) => items.findIndex((each) => each.id === id) === index);
    const kept = once.filter(({ fields }) => where === null || matches(where, fields));
    if (order.length > 0) kept.sort((a, b) => compareBy(order)(a.fields, b.fields));
    return { items: limit === null ? kept : kept.slice(0, limit) };
  }
}

const nowhere = { start: 0, end: 0 };

/** 64 hex digits that depend on the text, and nothing more. */
function hashOf(text: string): string {
  let hash = 0n;
  for (const character of text) hash = (hash * 1_000_003n + BigInt(character.codePointAt(0)!)) % 2n ** 256n;
  return hash.toString(16).padStart(64, '0');
}
