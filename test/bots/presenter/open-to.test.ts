import { expect, test } from 'vitest';

import { onlyWhereOpen } from '../../../bots/presenter/open-to.ts';
import { everywhere } from '../../../bots/presenter/surface.ts';
import { folderChat } from '../../fakes/folder-chat.ts';
import { cardView } from '../../fakes/presenter.ts';
import { emptyFolder } from '../repl/spawn-pql.ts';

test('says nothing where a bot is not open, and lets what was to be said there wait', async () => {
  const all = everywhere(folderChat(await emptyFolder()));
  const place = { channel: '#a', thread: null, message: null };
  const post = (openTo: string[] | null, workspace: string) =>
    onlyWhereOpen(all, openTo)
      .in(workspace)
      .post(place, cardView(), `${workspace.slice(6)}-${openTo}`);
  expect(await post(['T1'], 'slack:T1')).toMatchObject({ channel: '#a' });
  expect(await post(null, 'slack:T2')).toMatchObject({ channel: '#a' });
  await expect(post(['T1'], 'slack:T2')).rejects.toMatchObject({ trouble: { kind: 'later', after: 3600 } });
});
