import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Small files with much work in them. By themselves they would come last, the largest files first, and one core would wait for them. */
const first = [
  'engine/store/pglite',
  'engine/store/postgres',
  'faults/map',
  'faults/slack',
  'faults/disk-full',
  'bots/repl/whole-story',
  'bots/repl/explain',
  'bots/repl/shared-results',
  'package/package',
].map((name) => `/test/${name}.test.ts`);

/** The order of files where nothing is known from an earlier run. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => first.some((name) => moduleId.endsWith(name));
    return [...others.filter(isSlow), ...others.filter((file) => !isSlow(file))];
  }
}
