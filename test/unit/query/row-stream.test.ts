import { describe, expect, it } from 'vitest';
import { RowStream } from '../../../src/query/row-stream.js';

/** Chunks as they come from a database; `closed` counts how often the source was ended early. */
function source(chunks: readonly (readonly unknown[])[], failure?: Error) {
  const state = { closed: 0, asked: 0 };
  async function* generate(): AsyncGenerator<readonly unknown[]> {
    let done = false;
    try {
      for (const chunk of chunks) {
        state.asked += 1;
        yield chunk;
      }
      done = true;
      if (failure !== undefined) throw failure;
    } finally {
      if (!done) state.closed += 1;
    }
  }
  return { state, stream: new RowStream(generate()) };
}

async function all(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const row of stream) rows.push(row);
  return rows;
}

describe('a stream of rows', () => {
  it('gives the rows of all chunks in order, empty chunks left out', async () => {
    expect(await all(source([[1, 2], [], [3], []]).stream)).toEqual([1, 2, 3]);
    expect(await all(source([]).stream)).toEqual([]);
  });

  it('asks for a chunk only when the one before is at its end', async () => {
    const { state, stream } = source([[1, 2], [3]]);
    await stream.next();
    await stream.next();
    expect(state.asked).toBe(1);
    await stream.next();
    expect(state.asked).toBe(2);
  });

  it('answers calls that do not wait for one another in their order', async () => {
    const { stream } = source([[1], [2, 3]]);
    const results = await Promise.all(Array.from({ length: 5 }, () => stream.next()));
    expect(results.map(({ value }) => value)).toEqual([1, 2, 3, undefined, undefined]);
    expect(results.map(({ done }) => done)).toEqual([false, false, false, true, true]);
  });

  it('ends its source when the loop is left, and stays at its end', async () => {
    const { state, stream } = source([[1, 2], [3]]);
    for await (const row of stream) if (row === 1) break;
    expect(state.closed).toBe(1);
    expect(await stream.next()).toEqual({ value: undefined, done: true });
  });

  it('throws the error of its source once, and is at its end then', async () => {
    const { stream } = source([[1]], new Error('lost'));
    await stream.next();
    await expect(stream.next()).rejects.toThrow('lost');
    expect(await stream.next()).toEqual({ value: undefined, done: true });
  });
});
