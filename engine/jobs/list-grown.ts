/** SQL that holds for a row of `jobs` whose list its run grew by, or would have grown by had it not been known before: then the steps that come
 * of it stand in the plan, with ids that begin with the list's. */
export const listGrown = `(
  exists (select from jobs grown where grown.grown_from = jobs.id)
  or jobs.operation = 'select' and exists (
    select from jobs known where known.run_id = jobs.run_id and starts_with(known.step, jobs.step || '.')))`;
