import type { Random } from '../../workers/storyboard/random.ts';

/** What an asker may say next. */
export interface Said {
  text: string;
  /** A group that may be gone when this has been said. */
  removes: string | null;
}

/** Where statements find something to say of. */
export interface Place {
  /** A short clip with sound, and one that is long enough to be divided; null for none. Absolute paths. */
  clip: string;
  long: string | null;
  /** Groups that this asker was told of, the latest last. */
  groups: readonly string[];
  /** Counts what was said before, so that no two files that are written have one name. */
  number: number;
}

/** Draws the next statement: mostly work of a second or two, now and then a word about what was asked before. */
export function nextStatement(random: Random, place: Place): Said {
  const { groups } = place;
  if (groups.length > 0 && random.chance(0.3)) return command(random, groups);
  return { text: work(random, place), removes: null };
}

function work(random: Random, { clip, long, number }: Place): string {
  const scene = random.pick(['fog', 'a lighthouse at dusk', 'rain in the city', 'a boat on the sea']);
  // Few seeds and few amounts, so that some of it was done before and some is being done by somebody else at this moment.
  const drawn = `GENERATE "${scene}" DURATION ${random.pick(['250ms', '500ms'])} SIZE 64x48 FPS 12fps SEED ${random.whole(1, 12)}`;
  const begin = random.whole(0, 4) * 250;
  const cut = `TRIM "${clip}"[${begin}ms..${begin + 500}ms]`;
  const graded = `GRADE EXPOSURE ${random.pick(['+0.2', '+0.4', '-0.3'])} CONTRAST ${random.whole(1, 9)}%`;
  const film = `TO "films/${number}.mp4"`;
  const forms = [
    drawn,
    `${drawn} ${film}`,
    cut,
    `${cut} | ${graded} ${film}`,
    `${cut} | ENHANCE DENOISE ${random.whole(10, 30)}`,
    `${drawn} AS scene${number}; ${cut} AS real${number}; STITCH scene${number} + real${number} ${film}`,
    `STITCH (${drawn}) + (${cut}) TRANSITION fade 100ms`,
    `PROBE "${clip}"; MEASURE (${cut}) EVERY 250ms`,
    `FROM videos WHERE duration < 2s ORDER BY created DESC LIMIT 3 | MAP ( ${graded} ) AT MOST 2`,
    `FROM videos WHERE duration < 2s LIMIT 2 | MAP ( ENHANCE DENOISE ${random.whole(10, 30)} ) REDUCE STITCH ${film}`,
    `FROM SHOTS OF "${clip}" | MAP ( ${graded} ) AT MOST 2`,
  ];
  if (long !== null && random.chance(0.015)) return `ENHANCE "${long}" DENOISE ${random.whole(5, 40)}`;
  return random.pick(forms);
}

function command(random: Random, groups: readonly string[]): Said {
  const group = random.pick(groups.slice(-8));
  const kept = (text: string) => ({ text, removes: null });
  return random.pick<() => Said>([
    () => kept(`CANCEL ${group}`),
    () => kept(`CANCEL ${groups.at(-1)}`),
    () => kept(`RETRY ${group}`),
    () => kept(`RETRY ${group}`),
    () => kept(`FIND ${group}`),
    () => kept('SHOW WORKERS'),
    () => kept('PURGE CACHE'),
    () => kept(`REMOVE v${random.whole(1, 20)}`),
    () => ({ text: `REMOVE GROUP ${group}`, removes: group }),
    () => ({ text: `PURGE GROUP ${group}`, removes: group }),
  ])();
}
