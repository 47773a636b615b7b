import type { Desk, Input, Progress } from '../../workers/handler.ts';

/** A desk for one job, with everything it heard. */
export function fakeDesk(given: Partial<Desk> = {}): {
  desk: Desk;
  progress: Progress[];
  stop: (reason?: unknown) => void;
} {
  const stopping = new AbortController();
  const progress: Progress[] = [];
  const desk: Desk = {
    job: 'j40',
    workspace: 'local',
    group: 'g7',
    attempt: 1,
    inputs: [],
    scratch: '/nonexistent',
    exportRoot: '/nonexistent',
    signal: stopping.signal,
    recipe: 'GENERATE "fog"',
    workKey: '0'.repeat(64),
    progress: (news) => void progress.push(news),
    log: () => {},
    ...given,
  };
  return { desk, progress, stop: (reason) => stopping.abort(reason) };
}

/** A film as an input. */
export function fakeFilm(path: string, hash: string, bytes: number): Input {
  return {
    role: 'operand',
    path,
    hash,
    kind: 'video',
    facts: {
      kind: 'video',
      container: 'mp4',
      bytes,
      duration: 4,
      frames: 96,
      width: 1280,
      height: 720,
      rate: { num: 24, den: 1 },
      codec: 'h264',
      pixelFormat: 'yuv420p',
      rotation: 0,
      audio: null,
    },
    recipe: 'GENERATE "fog" DURATION 4s',
  };
}
