import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blotted } from '../../../engine/log/blotted.ts';
import { blotter } from '../../../engine/log/blotter.ts';
import { secretsIn } from '../../../engine/log/secrets-in.ts';
import { openLog } from '../../../engine/log.ts';

// Put together here, so that no scanner takes them for real ones.
const slack = ['xoxb', '123456789012', 'abcdefGHIJKL'].join('-');
const aws = `AKIA${'ABCDEFGH12345678'}`;
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJhZGEifQ', 'c2lnbmF0dXJl'].join('.');
const discord = ['MTk4NjIyNDgzNDcxOTI1MjQ4', 'Cl2FMQ', 'ZnCjm1XVW7vRze4b7Cq4se7kKWs0'].join('.');

describe('what is secret by its form', () => {
  test.each([
    ['postgres://ada:hunter2@db:5432/films down', 'hunter2', 'db:5432/films down'],
    ['postgres://ada:p@ss/w0rd#x@db/films', 'w0rd', '@db/films'],
    ['redis://:s3cr3t@cache:6379/0', 's3cr3t', 'cache:6379'],
    ['GET https://ada:pw%40x@host.example/a?sig=1 gave 403', 'pw%40x', 'host.example/a'],
    ['https://b.s3.amazonaws.com/v.mp4?X-Amz-Signature=ab12&X-Amz-Credential=k', 'ab12', '/v.mp4'],
    ['/v.mp4?X-Amz-Signature=ab12cd&part=3', 'ab12cd', 'part=3'],
    ['s3://bucket/v.mp4?X-Amz-Credential=AbCd&x=1', 'AbCd', 's3://bucket/v.mp4'],
    ['Authorization: Bearer abc.def', 'abc.def', 'Authorization'],
    ['authorization=Basic YWRhOnB3', 'YWRhOnB3', 'authorization'],
    ['headers: {"authorization":"AWS4-HMAC-SHA256 Credential=x, Signature=ffee"}', 'ffee', 'headers'],
    ['{"token":"abc\\"def","job":"j1"}', 'def', '"job":"j1"'],
    ['{\\"api_key\\": \\"abcdef\\"}', 'abcdef', 'api_key'],
    ["password='a b c' host=db", 'b c', 'host=db'],
    ['PQL_NOTIFY_SECRET=whsec_QUJDREVG rest', 'QUJDREVG', 'rest'],
    ['AWS_SECRET_ACCESS_KEY: wJalrXUtnFEMI/K7MDENG', 'wJalr', 'AWS_SECRET_ACCESS_KEY'],
    ['set-cookie: session=abc123; HttpOnly', 'abc123', 'set-cookie'],
    [`bot ${slack} left`, slack, 'left'],
    [`with ${aws}.`, aws, 'with'],
    [`id ${jwt} refused`, jwt, 'refused'],
    [`Bot ${discord}`, discord, 'Bot'],
    ['https://hooks.slack.com/services/T0/B0/XXyyZZ', 'XXyyZZ', 'hooks.slack.com'],
    ['https://discord.com/api/v10/webhooks/12/abcDEF/messages', 'abcDEF', 'discord.com'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc', 'MIIE', ''],
    ['access_token\u{3d}\t"one two"', 'one two', 'access_token'],
  ])('%s', (said, secret, kept) => {
    expect(blotted(said)).not.toContain(secret);
    expect(blotted(said)).toContain(kept);
    expect(blotted(said)).toContain('[secret]');
  });

  test.each([
    'STITCH v12 + hd TO out/film.mp4: clip 2 was encoded: it is 640x360, not 1280x720',
    'password authentication failed for user "ada"',
    'https://example.com/a/b.mp4 gave 404',
    'unexpected token ) at 1:14',
    'the key of this call-back is 32 bytes',
    '/home/ada/films/2026-11-28/a.b.c-d_e.mp4',
    'no gpu slot: 3 ahead, about 40 s',
  ])('leaves alone: %s', (said) => {
    expect(blotted(said)).toBe(said);
  });

  test('is known once: what was blotted out stays as it is', () => {
    const once = blotted('postgres://a:b@c/d password=x Bearer abcdefghi https://h/?q=1');
    expect(blotted(once)).toBe(once);
  });

  test('takes no time that grows out of proportion, whatever is said', () => {
    const pieces = [
      'a.',
      'http://',
      'redis://',
      'token',
      'token\\',
      'eyJ-',
      '://',
      '?',
      '@',
      '-----BEGIN ',
      'eyJaaaaaaaaa.',
    ];
    for (const piece of pieces) {
      const said = piece.repeat(Math.ceil(200_000 / piece.length));
      const began = process.cpuUsage();
      blotted(said);
      const { user } = process.cpuUsage(began);
      // A form that begins anew at every place takes minutes.
      expect(user / 1e6, piece).toBeLessThan(5);
    }
  });
});

describe('what is secret by the environment', () => {
  const secrets = secretsIn({
    DATABASE_URL: 'postgres://ada:Tr0ub%26dor@db/films',
    REDIS_URL: 'redis://redis:redis@redis:6379',
    PQL_NOTIFY_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    SLACK_BOT_TOKEN: 'a-quite-ordinary-word',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
    DEBUG_TOKEN: 'on',
    PATH: '/usr/bin',
    USER: 'ada',
  });

  test('is each value under a telling name and each password in a URL, and no ordinary word', () => {
    expect(secrets.sort()).toEqual(
      [
        'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        'Tr0ub%26dor',
        'Tr0ub&dor',
        'a-quite-ordinary-word',
        'wJalrXUtnFEMI',
        'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      ].sort(),
    );
  });

  test('is blotted out of every part of a line', () => {
    const lines: string[] = [];
    const log = openLog({ level: 'debug', sink: (line) => lines.push(line), now: () => 0, secrets });
    const cause = new Error('no: Tr0ub&dor', { cause: { toString: () => 'wJalrXUtnFEMI' } });
    log
      .with({ worker: 'a-quite-ordinary-word' })
      .write(
        'error',
        'x Tr0ub%26dor y',
        { list: [{ said: '<a-quite-ordinary-word>' }], wJalrXUtnFEMI: 1 },
        cause,
      );
    expect(lines).toHaveLength(1);
    for (const secret of secrets) expect(lines[0]).not.toContain(secret);
    expect(JSON.parse(lines[0] ?? '').message).toBe('x [secret] y');
  });

  test('is found in JSON, in URLs and in base64, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 12, maxLength: 40 }).filter((secret) => secret.trim().length >= 12),
        fc.string({ maxLength: 10 }),
        fc.constantFrom<(text: string) => string>(
          (text) => text,
          (text) => JSON.stringify(text),
          (text) => Buffer.from(text, 'utf8').toString('base64'),
        ),
        (secret, before, spell) => {
          const clean = blotter([secret]).text(`said: ${spell(`${before}${secret}!`)} end`);
          expect(clean).not.toContain(secret);
          expect(clean).toContain('[secret]');
          expect(Buffer.from(clean.replaceAll('[secret]', ' '), 'base64').toString()).not.toContain(secret);
        },
      ),
      { numRuns: 300 },
    );
  });
});
