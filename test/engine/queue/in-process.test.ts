import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import { describeQueue } from '../../contracts/queue.ts';

describeQueue('in process', async () => inProcessQueue());
