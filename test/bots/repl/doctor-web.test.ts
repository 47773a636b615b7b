import { expect, test } from 'vitest';
import { lookAtWeb } from '../../../bots/repl/doctor/web.ts';

const web = { host: '127.0.0.1', port: 8080 };
const here = 'https://films.example.org';

test.each([
  [null, null, 'ok', 'none are given out'],
  [web, null, 'warn', 'none are given out'],
  [web, here, 'ok', `below ${here}, served at 127.0.0.1:8080`],
  [null, here, 'ok', `below ${here}`],
  [web, 'http://films.example.org', 'warn', 'below http://films.example.org, served at 127.0.0.1:8080'],
  [web, 'http://localhost:8080', 'ok', 'below http://localhost:8080, served at 127.0.0.1:8080'],
])('doctor says whether links can be given out and reached: %j, %s', async (address, publicUrl, state, found) => {
  expect(await lookAtWeb({ web: address, publicUrl })).toMatchObject([{ name: 'links', state, found }]);
});
