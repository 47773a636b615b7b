import { Builder, LocalSigner, Reader } from '@contentauth/c2pa-node';
import type { ProvenanceAnswer, ProvenanceJob, ProvenanceNews } from './job.ts';

/** A process of its own, since the library signs without giving way and reads what strangers made. It can be killed at any moment. */
process.once('disconnect', () => process.exit(0));
process.once('message', (job: ProvenanceJob) => {
  // That it has started, which takes time on a busy machine, is news.
  tell(null);
  (job.do === 'sign' ? sign(job) : read(job))
    .catch(
      (error: unknown): ProvenanceAnswer => ({
        problem: String(error instanceof Error ? error.message : error),
      }),
    )
    .then((answer) => process.send?.(answer));
});

function tell(at: string | null): void {
  process.send?.({ at } satisfies ProvenanceNews);
}

/** Nothing is ever fetched, whatever a file asks for. */
const settings = {
  verify: { verify_after_sign: false, remote_manifest_fetch: false, ocsp_fetch: false, verify_trust: true },
  builder: { thumbnail: { enabled: false } },
};

/** Whoever reads it has other things to do, too. */
const mostLetters = 8_000_000;

async function sign(job: Extract<ProvenanceJob, { do: 'sign' }>): Promise<ProvenanceAnswer> {
  const { credentials, statement, mediaType } = job;
  const signer = LocalSigner.newSigner(
    Buffer.from(credentials.chain),
    Buffer.from(credentials.key),
    credentials.algorithm,
    job.timeFrom ?? undefined,
  );
  // The library's types ask for what it fills in itself.
  const builder = Builder.withJson(statement.manifest as never, settings);
  for (const { hash, mediaType, says } of statement.ingredients) {
    tell(hash);
    const path = job.files.get(hash);
    const bare = () => builder.addIngredient(JSON.stringify(says));
    const file = { path: path ?? '', mimeType: mediaType };
    if (path === undefined || (job.wary && !(await isRead(file)))) await bare();
    // What it cannot read is named without its manifest.
    else await builder.addIngredient(JSON.stringify(says), file).catch(bare);
  }
  tell(null);
  builder.sign(signer, { path: job.source, mimeType: mediaType }, { path: job.target, mimeType: mediaType });
  return { signed: true };
}

/** Some of what it takes for an ingredient keeps it from signing: a film that is made from itself, say. A reader sees that. */
const isRead = (file: { path: string; mimeType: string }) =>
  Reader.fromAsset(file, settings).then(
    () => true,
    () => false,
  );

async function read(job: Extract<ProvenanceJob, { do: 'read' }>): Promise<ProvenanceAnswer> {
  const { ours, clocks } = job;
  const read = await readBy(job, ours === '' ? {} : { allowed_list: ours });
  // To the library whom an authority of the time vouches for is trusted to have signed as well: a look of its own, for the time alone.
  const timed =
    clocks !== '' && read?.includes('timeStamp.validated') === true
      ? await readBy(job, { trust_anchors: clocks })
      : null;
  return [read, timed].some((text) => (text?.length ?? 0) > mostLetters)
    ? { problem: 'they say too much' }
    : { read, timed };
}

async function readBy(
  { source, mediaType }: { source: string; mediaType: string },
  trust: Readonly<Record<string, string>>,
): Promise<string | null> {
  const reader = await Reader.fromAsset({ path: source, mimeType: mediaType }, { ...settings, trust });
  return reader === null ? null : JSON.stringify(reader.json());
}
