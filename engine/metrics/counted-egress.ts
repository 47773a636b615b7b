import type { Egress } from '../egress/door.ts';
import { Failure } from '../failure.ts';
import type { Metrics } from './port.ts';

/** The door with a count of what goes through it; a request that its asker gave up is not counted. */
export function countedEgress(door: Egress, metrics: Metrics | undefined): Egress {
  if (metrics === undefined) return door;
  return {
    check: (url) => door.check(url),
    async request(request, signal) {
      try {
        const answer = await door.request(request, signal);
        metrics.sent(request.method, classOf(answer.status));
        return answer;
      } catch (error) {
        if (!signal?.aborted) metrics.sent(request.method, isRefusal(error) ? 'refused' : 'failed');
        throw error;
      }
    },
  };
}

function classOf(status: number): '1xx' | '2xx' | '3xx' | '4xx' | '5xx' {
  return (['1xx', '2xx', '3xx', '4xx', '5xx'] as const)[Math.floor(status / 100) - 1] ?? '5xx';
}

/** PQL5xx is what policy refuses. */
function isRefusal(error: unknown): boolean {
  return error instanceof Failure && error.code.startsWith('PQL5');
}
