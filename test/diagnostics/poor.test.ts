import { expect, test } from 'vitest';
import { shown } from './read.ts';

/** Messages that are right but not yet good. Whoever mends one moves it to syntax.test.ts. */
const poor: Record<string, string> = {
  'the fix closes a text that nobody meant where a name has an apostrophe': "STITCH bob's + b",
};

for (const [why, source] of Object.entries(poor)) {
  test(`poor: ${why}`, async () => {
    await expect(shown([source])).toMatchFileSnapshot(`./poor/${why.replaceAll(' ', '-')}.txt`);
  });
}
