import { stat } from 'node:fs/promises';
import type { Config } from '../../../engine/config.ts';
import { Failure } from '../../../engine/failure.ts';
import { type Credentials, homeFile, readCredentials } from '../../../workers/provenance/credentials.ts';
import { type Finding, ok, problem, warn } from '../doctor/finding.ts';

const name = 'credentials';
/** A month is enough to have a certificate renewed. */
const soon = 30 * 86_400_000;

/** Which certificate signs what leaves, and how long it holds. Makes none. */
export async function lookAtCredentials(
  { home, c2pa, timeAuthority }: Pick<Config, 'home' | 'c2pa' | 'timeAuthority'>,
  now = new Date(),
): Promise<Finding[]> {
  return [await lookAtSigner({ home, c2pa }, now), lookAtTime(timeAuthority)];
}

async function lookAtSigner({ home, c2pa }: Pick<Config, 'home' | 'c2pa'>, now: Date): Promise<Finding> {
  const key = await stat(c2pa?.key ?? homeFile(home)).catch(() => null);
  if (c2pa === null && key === null)
    return ok(name, 'none yet', `a test certificate is made with the first film that leaves; ${howToOwn}`);
  try {
    const credentials = await readCredentials(home, c2pa, now);
    const exposed = key !== null && (key.mode & 0o007) !== 0;
    return judge(credentials, { own: c2pa !== null, exposed, now });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return problem(
      name,
      'nothing can leave',
      error.message,
      error.hint ?? 'set PQL_C2PA_CERT and PQL_C2PA_KEY',
    );
  }
}

/** Not asked here: an authority counts what it is asked. */
function lookAtTime(authority: string | null): Finding {
  return authority === null
    ? ok(
        'time stamps',
        'none',
        'PQL_C2PA_TSA names no authority: what is signed holds as long as its certificate',
      )
    : ok('time stamps', `asked of ${new URL(authority).host}`, 'PQL_C2PA_TSA is set');
}

const howToOwn = 'with a certificate of your own, PQL_C2PA_CERT and PQL_C2PA_KEY name its chain and its key';

function judge(
  { name: signer, algorithm, ends, test }: Credentials,
  { own, exposed, now }: { own: boolean; exposed: boolean; now: Date },
): Finding {
  const found = `${signer}, ${algorithm.toUpperCase()}, ends ${ends.toISOString().slice(0, 10)}`;
  if (exposed)
    return warn(
      name,
      found,
      'everybody on this machine can read its key, and sign as you',
      `chmod 600 ${own ? 'the file that PQL_C2PA_KEY names' : 'credentials.pem in the home'}`,
    );
  if (ends.getTime() - now.getTime() < soon)
    return warn(
      name,
      found,
      `nothing leaves any more once it has ended, in ${Math.floor((ends.getTime() - now.getTime()) / 86_400_000)} days`,
      own
        ? 'have it renewed, and let PQL_C2PA_CERT and PQL_C2PA_KEY name the new one'
        : 'remove credentials.pem from the home; another is made',
    );
  return ok(
    name,
    found,
    test
      ? `it shows that nothing was changed since, not who you are; ${howToOwn}`
      : own
        ? 'PQL_C2PA_CERT and PQL_C2PA_KEY are set'
        : 'it lies in the home',
  );
}
