import { atomic, onCommit, type Transaction, withSignal } from 'nuages';
import { check, type Same } from './assertions.js';
import { type Author, Post } from './library/models.js';

export async function transactions(author: Author, signal: AbortSignal) {
  const given = await atomic(async (tx) => {
    check<Same<typeof tx, Transaction>>();
    check<Same<typeof tx.isActive, boolean>>();
    const posts = await Post.objects.using(tx).filter({ author });
    check<Same<typeof posts, Post[]>>();
    await author.save({ using: tx });
    await author.refreshFromDb({ using: tx });
    await author.delete({ using: tx });
    onCommit(() => {}, { using: tx });
    const count = tx.run(() => Post.objects.count());
    check<Same<typeof count, Promise<number>>>();
    return atomic(() => 'x', { using: tx });
  });
  check<Same<typeof given, string>>();
  // @ts-expect-error a transaction is given by atomic(), not made of a number
  Post.objects.using(1);

  await atomic(() => {}, { retries: 3, on: ['deadlock'], isolationLevel: 'serializable', signal });
  await atomic(() => {}, { retries: 3, on: (error) => error instanceof RangeError });
  // @ts-expect-error there is no such level
  await atomic(() => {}, { isolationLevel: 'chaos' });
  // @ts-expect-error codes come as a list
  await atomic(() => {}, { retries: 1, on: 'deadlock' });

  const first = await Post.objects.withSignal(signal).filter({ title: 'x' }).first();
  check<Same<typeof first, Post | null>>();
  const counted = await withSignal(signal, () => Post.objects.count());
  check<Same<typeof counted, number>>();
  // @ts-expect-error a controller is no signal
  Post.objects.withSignal(new AbortController());
}
