import { showTook } from '../../dsl/amounts.ts';
import { countedUp, type WhyWaiting } from '../jobs/why-waiting.ts';

/** Why a job waits, in a sentence. */
export function waitingWords(why: WhyWaiting): string {
  const { job, lane } = why;
  switch (why.because) {
    case 'later':
      return `${job} is tried again in ${showTook(Math.ceil(why.seconds))}`;
    case 'throttle':
      return `${job} waits until another one of its list has ended: AT MOST`;
    case 'twin':
      return `${job} waits for the same work, which runs already, and takes its result`;
    case 'limit':
      return `${job} waits: as many jobs run as SET running.asker or running.workspace allows`;
    case 'minutes':
      return `${job} waits: ${why.whose === 'asker' ? 'who asked for it has' : 'this workspace has'} used as many minutes as SET minutes.${why.whose} allows in 24 hours; some are free again in ${showTook(Math.ceil(why.seconds))}`;
    case 'turn': {
      const { own, here, elsewhere } = why.ahead;
      const parts = [
        ...(own > 0 ? [`${counted(own)} of your own`] : []),
        ...(here > 0 ? [`${counted(here)} of others here`] : []),
        ...(elsewhere > 0 ? [`${counted(elsewhere)} of other workspaces`] : []),
      ];
      const when = why.seconds === null ? '' : `, starts in about ${showTook(Math.ceil(why.seconds))}`;
      return parts.length === 0
        ? `${job} is the next of lane ${lane}${when}`
        : `${job} waits for lane ${lane}${when}: ahead are ${parts.join(', ')}`;
    }
  }
}

function counted(jobs: number): string {
  return jobs >= countedUp ? `more than ${countedUp}` : String(jobs);
}
