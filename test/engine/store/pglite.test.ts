import { describeCache } from '../../contracts/cache.ts';
import { describeGrowth } from '../../contracts/growth.ts';
import { describeJobs } from '../../contracts/jobs.ts';
import { describeOverview } from '../../contracts/overview.ts';
import { describeQueries } from '../../contracts/query.ts';
import { describeSegments } from '../../contracts/segments.ts';
import { describeStore } from '../../contracts/store.ts';
import { describeTurns } from '../../contracts/turns.ts';
import { openMemoryStore } from '../../fakes/database.ts';

describeStore('PGlite', openMemoryStore);
describeJobs('PGlite', openMemoryStore);
describeQueries('PGlite', openMemoryStore);
describeGrowth('PGlite', openMemoryStore);
describeCache('PGlite', openMemoryStore);
describeTurns('PGlite', openMemoryStore);
describeSegments('PGlite', openMemoryStore);
describeOverview('PGlite', openMemoryStore);
