import { describeDelivery } from '../../contracts/delivery.ts';
import { openMemoryStore } from '../../fakes/database.ts';

describeDelivery('PGlite', openMemoryStore);
