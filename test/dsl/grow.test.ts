import { expect, test } from 'vitest';
import { grow, type ListItem } from '../../dsl/grow.ts';
import type { Growth } from '../../dsl/plan.ts';
import { compiled } from './compiling.ts';

const shot = (from: number, until: number, more: object = {}): ListItem => ({ from, until, ...more });

function growthOf(source: string): Growth {
  const { plan, diagnostics } = compiled(source);
  expect(diagnostics).toEqual([]);
  return plan!.steps.find(({ grows }) => grows !== undefined)!.grows!;
}

test('each part is cut out, and what MAP says is done with it, told as if somebody had written it', () => {
  const growth = growthOf(
    'FROM SHOTS OF v1 | MAP ( GRADE LOOK noir | ENHANCE DENOISE 20 TO "out/{n}-{opens}.mp4" ) AT MOST 2',
  );
  const { steps, results } = grow(growth, 's2', [
    shot(0, 1.041666, { opens: 'start' }),
    shot(1.0416666666, 3, { opens: 'cut' }),
  ]);
  expect(steps.map(({ id, title }) => `${id} ${title}`)).toEqual([
    's2.1 TRIM v1[0s..1.041s]',
    's2.1.e1 GRADE LOOK noir',
    's2.1.e2 ENHANCE DENOISE 20',
    's2.1.e3 TO out/1-start.mp4',
    's2.2 TRIM v1[1.041s..3s]',
    's2.2.e1 GRADE LOOK noir',
    's2.2.e2 ENHANCE DENOISE 20',
    's2.2.e3 TO out/2-cut.mp4',
  ]);
  expect(results).toEqual(['s2.1.e2', 's2.2.e2']);
  expect(steps[6]!.recipe).toBe(
    'TRIM "v1"[1.041s..3s] | GRADE LOOK noir | ENHANCE DENOISE 20\n-- watchai 0.1.0',
  );
  expect(new Set(steps.map(({ throttle }) => JSON.stringify(throttle))).size).toBe(1);
  expect(steps[0]!.throttle?.most).toBe(2);
});

test('what does not need the thing is made once, before there is a list', () => {
  const { plan } = compiled('FROM SHOTS OF v1 | MAP ( STITCH (GENERATE "intro") + _ )');
  expect(plan!.steps.map(({ title }) => title)).toContain('GENERATE "intro"');
  const growth = plan!.steps.find(({ grows }) => grows)!.grows!;
  const made = plan!.steps.find(({ operation }) => operation === 'generate')!.id;
  const { steps } = grow(growth, 's9', [shot(0, 1), shot(1, 2)]);
  expect(
    steps.map(({ inputs }) => inputs.map((input) => (input.from === 'step' ? input.step : input.from))),
  ).toEqual([['artifact'], [made, 's9.1'], ['artifact'], [made, 's9.2']]);
});

test('the same list grows into the same steps', () => {
  const growth = growthOf('FROM SHOTS OF v1 | REDUCE BY opens STITCH TO "out/{opens}.mp4"');
  const items = [shot(0, 1, { opens: 'start' }), shot(1, 2, { opens: 'cut' }), shot(2, 3, { opens: 'cut' })];
  const { steps, results } = grow(growth, 's2', items);
  expect(grow(growth, 's2', items)).toEqual({ steps, results });
  expect(results).toEqual(['s2.by1.g1', 's2.by2.g1']);
  expect(
    steps.filter(({ operation }) => operation === 'export').map(({ arguments: { path } }) => path),
  ).toEqual(['out/start.mp4', 'out/cut.mp4']);
});

test('a plan with what grows is plain JSON, and what it grows into parses as its own recipe', () => {
  const source =
    'FROM SHOTS OF (GENERATE "fog" SEED 1) WHERE motion > 2 | MAP ( GRADE LOOK noir ) | REDUCE STITCH AS film';
  const { plan } = compiled(source);
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  const film = plan!.steps.find(({ name }) => name === 'film')!;
  const [body] = film.recipe.split('\n');
  expect(body).toBe(
    'FROM SHOTS OF (GENERATE "fog" SEED 1 DURATION 4s SIZE 1280x720 FPS 24fps USING storyboard) WHERE motion > 2 | MAP ( GRADE _ LOOK noir ) | REDUCE STITCH _ FIT pad',
  );
  const again = compiled(body!);
  expect(again.diagnostics).toEqual([]);
  expect(again.plan!.steps.at(-1)!.recipe).toBe(film.recipe);
});
