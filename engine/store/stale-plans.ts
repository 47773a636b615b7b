/** Says after each statement, which took so many milliseconds, whether the plans that a database keeps should be forgotten now.
 *
 * PostgreSQL plans a statement again for its values five times and then keeps one plan, made for tables as large as they were; of the
 * embedded one nobody ever says that they have grown. So plans are forgotten when twice as many statements have run as the last time,
 * which for tables that statements fill one by one is when they may have doubled, and soon after one that took long. Forgetting costs a
 * plan for each statement in use, 1 to 3 ms; planning every time cost more than half of a job. */
export function stalePlans(): (milliseconds: number) => boolean {
  let ran = 0;
  let due = atFirst;
  return (milliseconds) => {
    ran += 1;
    if (milliseconds > long) due = Math.min(due, ran + breather);
    if (ran < due) return false;
    due = 2 * ran;
    return true;
  };
}

const atFirst = 200;

/** Milliseconds; most take less than one. */
const long = 20;

/** Statements between two that take long, so that those which always do are not the only ones that are planned. */
const breather = 50;
