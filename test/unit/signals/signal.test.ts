import { describe, expect, it } from 'vitest';
import { ModelSignal } from '../../../src/signals/model-signals.js';
import { Signal } from '../../../src/signals/signal.js';

const sender = {};

describe('A signal', () => {
  it('calls its receivers in order and waits for each', async () => {
    const signal = new Signal<{ n: number }>();
    const heard: string[] = [];
    signal.connect(async ({ n }) => {
      await Promise.resolve();
      heard.push(`first ${n}`);
    });
    signal.connect(({ n }) => void heard.push(`second ${n}`));
    await signal.send(sender, { n: 1 });
    expect(heard).toEqual(['first 1', 'second 1']);
  });

  it('tells a receiver that named a sender only what that sender sends', async () => {
    const signal = new Signal();
    const heard: object[] = [];
    signal.connect((event) => void heard.push(event.sender), { sender });
    await signal.send({}, {});
    await signal.send(sender, {});
    expect(heard).toEqual([sender]);
    expect(signal.hasListeners({})).toBe(false);
    expect(signal.hasListeners(sender)).toBe(true);
  });

  it('connects a receiver once, and one per dispatchUid', async () => {
    const signal = new Signal();
    let calls = 0;
    const receiver = () => {
      calls += 1;
    };
    signal.connect(receiver);
    signal.connect(receiver);
    signal.connect(
      () => {
        calls += 10;
      },
      { dispatchUid: 'x' },
    );
    signal.connect(
      () => {
        calls += 10;
      },
      { dispatchUid: 'x' },
    );
    await signal.send(sender, {});
    expect(calls).toBe(11);
  });

  it('can be disconnected by receiver, by dispatchUid and by what connect() gave', () => {
    const signal = new Signal();
    const receiver = () => {};
    signal.connect(receiver);
    signal.connect(() => {}, { dispatchUid: 'x' });
    const stop = signal.connect(() => {});
    expect(signal.disconnect(receiver)).toBe(true);
    expect(signal.disconnect(receiver)).toBe(false);
    expect(signal.disconnect(null, { dispatchUid: 'x' })).toBe(true);
    expect(signal.hasListeners()).toBe(true);
    stop();
    expect(signal.hasListeners()).toBe(false);
  });

  it('stops at the first error, or gathers them when sent robustly', async () => {
    const signal = new Signal();
    const heard: string[] = [];
    const failure = new Error('no');
    signal.connect(() => {
      throw failure;
    });
    signal.connect(() => void heard.push('second'));
    await expect(signal.send(sender, {})).rejects.toBe(failure);
    expect(heard).toEqual([]);
    expect(await signal.sendRobust(sender, {})).toEqual([failure, undefined]);
    expect(heard).toEqual(['second']);
  });

  it('refuses async receivers where nothing can wait', () => {
    const signal = new Signal();
    signal.connect(async () => {});
    expect(() => signal.sendSync(sender, {})).toThrow(TypeError);
  });

  it('of models takes a label in place of a class', () => {
    const signal = new ModelSignal();
    signal.connect(() => {}, { sender: 'library.Book' });
    expect(signal.hasListeners({ label: 'library.Book' })).toBe(true);
    expect(signal.hasListeners({ label: 'library.Author' })).toBe(false);
  });
});
