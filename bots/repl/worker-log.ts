import type { Lane } from '../../dsl/plan.ts';
import type { Claimed } from '../../engine/jobs/claim.ts';
import type { Terminal } from './terminal.ts';

/** What a worker tells of the jobs that it runs (see LanesNews in workers/lanes.ts). */
export type WorkerNews =
  | { type: 'started'; job: Claimed }
  | { type: 'ended'; job: Claimed; seconds: number; ending: { how: string; failure: Told | null } | null }
  | { type: 'paused'; why: string }
  | { type: 'resumed' };

interface Told {
  code: string;
  message: string;
}

export interface WorkerLog {
  begun(worker: {
    id: string;
    slots: Readonly<Partial<Record<Lane, number>>>;
    provider: string | null;
  }): void;
  told(news: WorkerNews): void;
  trouble(message: string): void;
  draining(milliseconds: number): void;
  ended(): void;
}

/** Prints what a worker does on standard output, a line each, as words or as JSON objects. */
export function workerLog(terminal: Pick<Terminal, 'out' | 'now'>, json: boolean): WorkerLog {
  const print = (type: string, more: object, words: string) => {
    const time = terminal.now().toISOString();
    terminal.out.write(json ? `${JSON.stringify({ time, type, ...more })}\n` : `${time} ${words}\n`);
  };
  return {
    begun({ id, slots, provider }) {
      const served = Object.entries(slots).map(([lane, count]) => `${lane} ${count}`);
      const networks = provider === null ? '' : `; networks run on ${provider}`;
      print('begun', { worker: id, slots, provider }, `${id} works: ${served.join(', ')}${networks}`);
    },
    told(news) {
      if (news.type === 'paused')
        return print('paused', { why: news.why }, `takes no more jobs for now: ${news.why}`);
      if (news.type === 'resumed') return print('resumed', {}, 'takes jobs again');
      const { job } = news;
      const { operation, title, workspace, attempts: attempt } = job;
      const [id, group] = [`j${job.number}`, `g${job.group}`];
      const which = `${id} of ${group} in ${workspace}`;
      const common = { job: id, group, workspace, operation, attempt };
      if (news.type === 'started')
        return print('started', { ...common, title }, `${which} started: ${title}`);
      const seconds = Math.round(news.seconds * 1000) / 1000;
      const { how = 'lost', failure = null } = news.ending ?? {};
      const told = failure === null ? {} : { code: failure.code, message: failure.message };
      const why = failure === null ? '' : `: ${failure.code} ${failure.message}`;
      print('ended', { ...common, how, seconds, ...told }, `${which} ${how} after ${seconds} s${why}`);
    },
    trouble: (message) => print('trouble', { message }, message),
    draining(milliseconds) {
      const seconds = milliseconds / 1000;
      print(
        'draining',
        { seconds },
        `takes no more jobs; what runs has ${seconds} s to end, another signal ends it now`,
      );
    },
    ended: () => print('gone', {}, 'gone; what was left is handed back'),
  };
}
