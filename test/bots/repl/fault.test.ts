import { expect, test } from 'vitest';
import { describeFault, faultEvent } from '../../../bots/repl/fault.ts';
import { Failure } from '../../../engine/failure.ts';
import { emptyFolder } from './spawn-pql.ts';

const describe = async (error: unknown) =>
  describeFault(error, { home: await emptyFolder(), secrets: [] }, new Date(0));

test.each([
  new Error('Connection terminated unexpectedly'),
  new Error('Query read timeout'),
  Object.assign(new Error('terminating connection'), { code: '57P01' }),
])('a database that goes away in the middle is no mistake of ours: %s', async (error) => {
  const text = await describe(error);
  expect(text).toMatch(/^the database does not answer just now: .*\n {3}= try again in a moment/);
  expect(faultEvent(error, text)).toMatchObject({
    type: 'failed',
    hint: expect.stringContaining('pql doctor'),
  });
});

test('what was written for people is said as it is, and anything else is ours', async () => {
  const failure = new Failure('user', 'PQL604', 'it does not let us in', { hint: 'mend the password' });
  expect(await describe(failure)).toBe('it does not let us in\n   = mend the password');
  expect(await describe(new TypeError('x is not a function'))).toMatch(
    /^something went wrong inside pql: x is not a function\n {3}= the details are in .*pql\.log$/,
  );
});
