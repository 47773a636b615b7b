import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of 15 s and more, the longest first. By themselves they would come by their size, and one core would wait for the last. */
const first = [
  'consent/figures',
  'bots/repl/whole-story',
  'workers/pass',
  'engine/store/pglite',
  'engine/store/postgres',
  'bad-input/surroundings',
  'faults/discord',
  'bots/discord/story',
  'workers/segments',
  'faults/kill',
  'faults/rings',
  'bots/repl/from-picture',
  'faults/worker',
  'bots/repl/worker',
  'faults/slack',
  'bots/slack/story',
  'faults/map',
  'soak/soak',
  'package/package',
  'workers/storyboard/photo',
  'workers/mark/mark',
].map((name) => `/test/${name}.test.ts`);

/** The order of files: what has a process of its own, so that the others stay in theirs; of both the slow ones, then as was known from an
 * earlier run or, where nothing is, by size. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = first.findIndex((name) => moduleId.endsWith(name));
      return at === -1 ? first.length : at;
    };
    const shares = ({ project }: TestSpecification) => Number(!project.config.isolate);
    const others = await super.sort(files);
    return others.toSorted((a, b) => shares(a) - shares(b) || place(a) - place(b));
  }
}
