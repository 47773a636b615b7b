import { openS3 } from '../../../engine/artifacts/s3.ts';
import { digest, withFile } from '../../../engine/artifacts/stream.ts';

// Another machine, which uploads a file in parts until it is killed.
const [endpoint = '', film = ''] = process.argv.slice(2);
const remote = await openS3(
  { type: 's3', bucket: 'films', prefix: 'of/ada', endpoint, region: null },
  { credentials: { accessKeyId: 'me', secretAccessKey: 'hunter2' }, partBytes: 65_536 },
);
await withFile(film, 'r', async (source) => remote.send(source, await digest(source)));
