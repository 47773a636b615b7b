import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';

/** A registry on loopback that serves one package, the way npm's does: a document that lists versions, and a tarball. */
export interface FakeRegistry extends AsyncDisposable {
  /** Options for pacote. */
  registry: { registry: string; fetchRetries: number };
  /** Of the tarball as it should be. */
  integrity: string;
  /** How often the tarball was asked for. */
  downloads: () => number;
}

/** What the registry does to its tarball: serves it as it is, serves other bytes, half of them, a byte a moment, or nothing. */
export type Conduct = 'honest' | 'altered' | 'cut' | 'slow' | 'missing';

export async function fakeRegistry(
  name: string,
  version: string,
  files: Readonly<Record<string, Uint8Array | string>>,
  conduct: () => Conduct = () => 'honest',
): Promise<FakeRegistry> {
  const tarball = await pack({ 'package.json': JSON.stringify({ name, version }), ...files });
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  let downloads = 0;
  const server: Server = createServer((request, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (conduct() === 'missing') return void response.writeHead(404).end('{}');
    if (request.url?.endsWith('.tgz')) {
      downloads++;
      return void send(response, tarball, conduct());
    }
    const dist = { tarball: `${base}/${name}/-/it-${version}.tgz`, integrity };
    const versions = { [version]: { name, version, dist } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    registry: { registry: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, fetchRetries: 0 },
    integrity,
    downloads: () => downloads,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, tarball: Buffer, conduct: Conduct): void {
  response.setHeader('content-type', 'application/octet-stream');
  if (conduct === 'altered') {
    const other = Buffer.from(tarball);
    other.writeUInt8(other.readUInt8(other.length >> 1) ^ 0xff, other.length >> 1);
    return void response.end(other);
  }
  if (conduct === 'cut') {
    response.setHeader('content-length', tarball.length);
    response.write(tarball.subarray(0, tarball.length >> 1), () => response.destroy());
    return;
  }
  if (conduct === 'slow') return void response.write(tarball.subarray(0, 100));
  response.end(tarball);
}

async function pack(files: Readonly<Record<string, Uint8Array | string>>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'watchai-pack-'));
  try {
    for (const [path, bytes] of Object.entries(files)) {
      const file = join(folder, 'package', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
    const out = join(folder, 'package.tgz');
    await create({ gzip: true, cwd: folder, file: out, portable: true }, ['package']);
    return await readFile(out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
