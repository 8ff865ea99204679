/** What `run` throws; fails when it throws nothing. */
export async function caught(run: () => unknown): Promise<Error> {
  try {
    await run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}
