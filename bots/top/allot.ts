/** Shares `room` lines among sections that want so many each. The first gets all that it wants; the others a head and one row each, as long
 * as there is room for it, and then in turn what is left. None gets more than it wants, and none a head alone. */
export function allot(room: number, wanted: readonly number[]): number[] {
  let left = Math.max(0, room);
  const given = wanted.map((want, index) => {
    const least = index === 0 ? Math.min(want, left) : Math.min(want, 2);
    if (least > left || (want > 1 && least < 2)) return 0;
    left -= least;
    return least;
  });
  for (;;) {
    const open = given.flatMap((has, index) => (has > 0 && has < wanted[index]! ? [index] : []));
    if (open.length === 0 || left < 1) return given;
    const each = Math.max(1, Math.floor(left / open.length));
    for (const index of open) {
      const more = Math.min(each, wanted[index]! - given[index]!, left);
      given[index]! += more;
      left -= more;
    }
  }
}
