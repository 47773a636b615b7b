import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An S3 server that others wrote (the package `s3rver`), with the bucket `films`. It checks who asks and until when, not what they sign,
 * and knows neither conditional writes nor checksums nor unfinished uploads, as older servers do not. */
export async function startS3rver(): Promise<{ endpoint: string } & AsyncDisposable> {
  const S3rver = createRequire(import.meta.url)('s3rver') as new (
    options: object,
  ) => {
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  };
  const directory = await mkdtemp(join(tmpdir(), 'pql-s3rver-'));
  const bucket = { name: 'films' };
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [bucket],
  });
  const { port } = await server.run();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The only key that it knows. */
export const s3rverCredentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
