import type { AllowList } from '../../../engine/egress/allow.ts';
import type { Egress } from '../../../engine/egress/door.ts';

/** The one door for outgoing requests, loaded when something first goes out; `allow` is asked at each request. */
export function lazyEgress(allow: () => Promise<AllowList>): Egress {
  let door: Promise<Egress> | null = null;
  const open = () => {
    door ??= import('../../../engine/egress/door.ts').then(({ createEgress }) => createEgress({ allow }));
    return door;
  };
  return {
    request: async (request, signal) => (await open()).request(request, signal),
    check: async (url) => (await open()).check(url),
  };
}
