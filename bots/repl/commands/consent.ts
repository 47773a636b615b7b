import { readFile } from 'node:fs/promises';
import type { Verified } from '../../../engine/consent/audit/verify.ts';
import type { Signer } from '../../../engine/consent/signing/signer.ts';
import type { Store } from '../../../engine/store/port.ts';
import { exitStatus } from '../../outcome.ts';
import type { Flags, Setting } from '../program.ts';
import { ArgumentError } from '../read-source.ts';

/** `pql consent verify [head …]`: proves that nothing in the register of consent was rewritten, also against heads that were kept elsewhere. */
export async function verify(files: readonly string[], flags: Flags, setting: Setting): Promise<number> {
  const heads = await Promise.all(files.map(readHead));
  const { verifyConsent } = await import('../../../engine/consent/audit/verify.ts');
  const found = await withRegister(setting, ({ store, signer }) => verifyConsent(store, signer, heads));
  setting.terminal.out.write(
    flags.json ? `${JSON.stringify({ type: 'consent', ...found })}\n` : inWords(found, heads.length),
  );
  return found.problems.length === 0 ? exitStatus.done : exitStatus.failed;
}

/** `pql consent head`: prints the head of the audit, signed, to be kept where nobody who can write to the database can. */
export async function head(setting: Setting): Promise<number> {
  const { exportHead } = await import('../../../engine/consent/audit/head.ts');
  const text = await withRegister(setting, ({ store, signer }) =>
    exportHead(store, signer, setting.terminal.now()),
  );
  setting.terminal.out.write(`${text}\n`);
  return exitStatus.done;
}

async function withRegister<T>(
  { config }: Setting,
  work: (register: { store: Store; signer: Signer }) => Promise<T>,
): Promise<T> {
  const [{ openParts }, { localSigner }] = await Promise.all([
    import('../../../engine/open-parts.ts'),
    import('../wiring/consent.ts'),
  ]);
  const parts = await openParts(config);
  try {
    return await work({ store: parts.store, signer: localSigner(config) });
  } finally {
    await parts[Symbol.asyncDispose]();
  }
}

async function readHead(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new ArgumentError(`${file} cannot be read`, 'give a file that pql consent head wrote');
  });
}

function inWords({ entries, grants, head, problems }: Verified, heads: number): string {
  const counted = `${entries} entries, ${grants} grants${heads === 0 ? '' : `, ${heads} kept heads`}`;
  if (problems.length === 0) return `unbroken: ${counted}; it ends with ${head.hash}\n`;
  return [`broken: ${counted}`, ...problems.map((problem) => `  ${problem}`), ''].join('\n');
}
