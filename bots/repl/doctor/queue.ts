import { showBytes } from '../../../dsl/amounts.ts';
import { type Finding, ok, problem } from './finding.ts';

/** Who rings for workers: this process, or the server of REDIS_URL and whether it will do. */
export async function lookAtQueue(url: string | null): Promise<Finding[]> {
  if (url === null) return [ok('queue', 'in this process', 'REDIS_URL is not set')];
  const place = `server ${new URL(url).host}`;
  const { lookAtServer } = await import('../../../engine/queue/redis.ts');
  const { evictionProblem } = await import('../../../engine/queue/server-info.ts');
  try {
    const info = await lookAtServer(url);
    const found = `${place}, ${info.version}, ${showBytes(info.used)}`;
    const wrong = evictionProblem(info);
    return [
      wrong === null
        ? ok('queue', found, 'it rings for the workers of REDIS_URL and keeps what it is given')
        : problem('queue', found, `it ${wrong.message}`, wrong.hint),
    ];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [
      problem('queue', place, message, 'start the server or mend REDIS_URL; until then work is found late'),
    ];
  }
}
