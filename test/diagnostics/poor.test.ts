import { expect, test } from 'vitest';
import { shown } from './read.ts';

/** Messages that are right but not yet good. Whoever mends one moves it to syntax.test.ts. */
const poor: Record<string, string> = {
  'two problems are told where a + before the parenthesis is the one': 'STITCH a (GENERATE "fog")',
  'a verb in the place of a value takes what follows as clauses': 'ENHANCE a UPSCALE STITCH b + c',
};

for (const [why, source] of Object.entries(poor)) {
  test(`poor: ${why}`, async () => {
    await expect(shown([source])).toMatchFileSnapshot(`./poor/${why.replaceAll(' ', '-')}.txt`);
  });
}
