/** The longest that a timer of the runtime can take. */
const LONGEST = 2 ** 31 - 1;

/** Whether the promise is settled, either way, before so many milliseconds are over; `Number.POSITIVE_INFINITY` for no limit. */
export async function settledWithin(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  if (milliseconds === Number.POSITIVE_INFINITY) return settled;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, LONGEST), false);
  });
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}
