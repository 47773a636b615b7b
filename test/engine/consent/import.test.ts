import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { peopleCalled } from '../../../engine/consent/registry/people.ts';
import { enterStartingList } from '../../../engine/consent/registry/starting-list.ts';
import { wordsOf } from '../../fakes/gated.ts';
import { openGatedStore } from '../../fakes/gated-store.ts';

const { store, gated } = await openGatedStore();

const importing = async (file: string, text: string): Promise<string> => {
  await writeFile(join(gated.folder, file), text);
  return wordsOf(await gated.ask(`IMPORT PEOPLE FROM "${file}"`, gated.as('root', 'admin')));
};

test('an admin enters public figures, and again enters nobody twice', async () => {
  const list = 'name,aliases,context\nZoltan Quibble,Zoli Quibble|Зольтан Квибл,painter\nOona Quibble,,\n';
  expect(await importing('people.csv', list)).toContain('2 people read, 2 of them new');
  expect(await importing('people.csv', list)).toContain('2 people read, 0 of them new');
  expect(await peopleCalled(store, 'zoli quibble')).toMatchObject([
    {
      names: ['Zoltan Quibble', 'Zoli Quibble', 'Зольтан Квибл'],
      kind: 'public figure',
      context: ['painter'],
    },
  ]);
  expect(await gated.codes('GENERATE "Oona Quibble"')).toEqual(['PQL541']);
});

test('of a file with a mistake nobody is entered, and the line is told', async () => {
  expect(await importing('wrong.csv', 'name\nFirst Person\n\n"","x"\n')).toMatch(
    /^PQL422 wrong\.csv: line \d/,
  );
  expect(await peopleCalled(store, 'First Person')).toEqual([]);
});

test('JSON does as well, other files do not, and moderators do not import', async () => {
  expect(await importing('people.json', '[{"name": "Juno Quibble"}]')).toContain('1 people read');
  expect(await importing('people.txt', 'Juno')).toContain('PQL403');
  expect(wordsOf(await gated.ask('IMPORT PEOPLE FROM "people.csv"', gated.as('mia')))).toContain('PQL548');
});

test('the list that comes with the program is entered once', async () => {
  await enterStartingList(store);
  const count = () => store.query<{ count: number }>('select count(*)::integer as count from people');
  const [once] = await count();
  expect(once!.count).toBeGreaterThan(300);
  await enterStartingList(store);
  expect(await count()).toEqual([once]);
});
