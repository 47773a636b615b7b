import type { Config } from '../../engine/config.ts';
import { type Delivery, startDelivery } from '../../engine/delivery/deliver.ts';
import { openRoom } from '../../engine/delivery/room.ts';
import type { LocalParts } from '../../engine/embedded.ts';
import type { Log } from '../../engine/log.ts';
import type { Leave } from '../../engine/provenance/leave.ts';
import type { Presenter } from '../presenter/presenter.ts';
import type { Surfaces } from '../presenter/surface.ts';
import { createCarry } from './carry.ts';

/** Bytes on their way to a chat at the same time: the libraries of both chats take five and a half times as much memory as a file has. */
const onTheirWay = 128e6;

/** Delivers the last views of a chat's cards, with their films, until disposed of. */
export function deliverTo(
  surfaces: Surfaces,
  presenter: Pick<Presenter, 'view' | 'posted'>,
  { store, artifacts, scratch }: Pick<LocalParts, 'store' | 'artifacts' | 'scratch'>,
  { publicUrl }: Pick<Config, 'publicUrl'>,
  log: Log,
  leave?: Leave,
): Delivery {
  const room = openRoom(onTheirWay);
  const carry = createCarry({
    surfaces,
    presenter,
    store,
    artifacts,
    scratch,
    publicUrl,
    room,
    ...(leave && { leave }),
  });
  return startDelivery(store, { surface: surfaces.chat, carry, log, ahead: surfaces.ahead ?? 0 });
}
