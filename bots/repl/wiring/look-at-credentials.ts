import { readFile, stat } from 'node:fs/promises';
import type { Config } from '../../../engine/config.ts';
import { Failure } from '../../../engine/failure.ts';
import { certificatesIn, nameOf, readCertificate } from '../../../workers/provenance/chain.ts';
import { type Credentials, homeFile, readCredentials } from '../../../workers/provenance/credentials.ts';
import { type Finding, ok, problem, warn } from '../doctor/finding.ts';

const name = 'credentials';
/** A month is enough to have a certificate renewed. */
const soon = 30 * 86_400_000;

/** Which certificate signs what leaves, and how long it holds. Makes none. */
export async function lookAtCredentials(
  { home, c2pa, timeAuthority, timeRoots }: Pick<Config, 'home' | 'c2pa' | 'timeAuthority' | 'timeRoots'>,
  now = new Date(),
): Promise<Finding[]> {
  return [
    await lookAtSigner({ home, c2pa }, now),
    lookAtTime(timeAuthority),
    ...(await lookAtRoots(timeRoots, now)),
  ];
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

/** Whose time stamps VERIFY believes; nothing where nobody named any. */
async function lookAtRoots(file: string | null, now: Date): Promise<Finding[]> {
  if (file === null) return [];
  const about = 'time authorities';
  const mend = (found: string, why: string) =>
    problem(about, found, why, 'let PQL_C2PA_TSA_ROOTS name a file of certificates in PEM that pql may read');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return [mend('none are believed', 'the file of PQL_C2PA_TSA_ROOTS cannot be read')];
  const all = certificatesIn(text).map(readCertificate);
  const whole = all.flatMap((each) => each ?? []);
  if (whole.length === 0)
    return [mend('none are believed', 'the file of PQL_C2PA_TSA_ROOTS holds no certificate in PEM')];
  const found = whole.map(nameOf).join(', ');
  if (whole.length < all.length)
    return [mend(found, `${all.length - whole.length} of ${all.length} certificates are damaged`)];
  const over = whole.filter(({ validTo }) => new Date(validTo) < now);
  return [
    over.length === 0
      ? ok(about, found, 'PQL_C2PA_TSA_ROOTS is set: VERIFY believes their time stamps')
      : warn(
          about,
          found,
          `ended: ${over.map(nameOf).join(', ')}; their stamps are not believed any more`,
          'add to PQL_C2PA_TSA_ROOTS what came after them',
        ),
  ];
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
