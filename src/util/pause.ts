/** Resolves after so many milliseconds. The runtime's own promise of a timer is a module that every import would have to load. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
