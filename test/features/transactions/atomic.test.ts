import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../../src/database/database.js';
import { closeDatabases } from '../../../src/database/databases.js';
import { subscribe } from '../../../src/database/instrumentation.js';
import { atomic, getRollback, inAtomicBlock, onCommit, setRollback } from '../../../src/database/transaction.js';
import { IntegrityError, OperationalError, TransactionManagementError } from '../../../src/errors.js';
import { fileDatabase, memoryDatabase } from '../../support/sqlite.js';

let db: Database;
let remove: () => Promise<void>;

const add = (name: string): Promise<unknown> => db.execute`INSERT INTO person (name) VALUES (${name})`;
const names = async (): Promise<unknown[]> =>
  (await db.execute`SELECT name FROM person ORDER BY id`).map(({ name }) => name);
const pause = (milliseconds = 5): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const failing = (): Promise<never> => Promise.reject(new Error('no'));

describe.each(['memory', 'file'] as const)('atomic() on a database in %s', (place) => {
  beforeEach(async () => {
    if (place === 'memory') {
      db = await memoryDatabase({ waitTimeout: 300 });
      remove = closeDatabases;
    } else {
      ({ database: db, remove } = await fileDatabase({ waitTimeout: 300 }));
    }
    await db.executeRaw(
      'CREATE TABLE person (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL UNIQUE, friend integer REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED)',
    );
  });
  afterEach(() => remove());

  describe('commit and rollback', () => {
    it('commits when the work is done and gives its result', async () => {
      const result = await atomic(async () => {
        await add('Ada');
        return 42;
      });
      expect(result).toBe(42);
      expect(await names()).toEqual(['Ada']);
    });

    it('rolls back when the work throws, and throws the same', async () => {
      const error = new Error('no');
      await expect(
        atomic(async () => {
          await add('Ada');
          throw error;
        }),
      ).rejects.toBe(error);
      expect(await names()).toEqual([]);
    });

    it('rolls back whatever is thrown, also what is no Error', async () => {
      await expect(
        atomic(async () => {
          await add('Ada');
          throw 'text';
        }),
      ).rejects.toBe('text');
      await expect(
        atomic(() => {
          throw undefined;
        }),
      ).rejects.toBeUndefined();
      expect(await names()).toEqual([]);
    });

    it('undoes only the inner block when that one throws', async () => {
      await atomic(async () => {
        await add('Ada');
        await atomic(async () => {
          await add('Bob');
          throw new Error('no');
        }).catch(() => {});
        await add('Cyd');
      });
      expect(await names()).toEqual(['Ada', 'Cyd']);
    });

    it('undoes inner blocks with the outer one', async () => {
      await atomic(async () => {
        await atomic(() => add('Ada'));
        throw new Error('no');
      }).catch(() => {});
      expect(await names()).toEqual([]);
    });

    it('reads in the block what it wrote', async () => {
      await atomic(async () => {
        await add('Ada');
        expect(await names()).toEqual(['Ada']);
      });
    });

    it('runs what is awaited only at its end inside as well', async () => {
      // As a QuerySet does, it begins when it is awaited.
      const lazy = (name: string): PromiseLike<boolean> => ({
        then: (resolve, reject) =>
          add(name)
            .then(() => inAtomicBlock())
            .then(resolve, reject),
      });
      expect(await atomic(() => lazy('Ada'))).toBe(true);
      expect(await atomic(() => atomic(() => lazy('Bob')))).toBe(true);
      expect(await names()).toEqual(['Ada', 'Bob']);
    });

    it('rolls back when a deferred foreign key fails at the commit, and goes on working', async () => {
      await expect(
        atomic(() => db.execute`INSERT INTO person (name, friend) VALUES ('Ada', 77)`),
      ).rejects.toMatchObject({ kind: 'foreign-key' });
      await add('Bob');
      expect(await names()).toEqual(['Bob']);
    });

    it('makes the outer block roll back when an inner one without a savepoint fails', async () => {
      await atomic(async () => {
        await add('Ada');
        await atomic(failing, { savepoint: false }).catch(() => {});
        expect(getRollback()).toBe(true);
        await expect(names()).rejects.toThrow(TransactionManagementError);
      });
      expect(await names()).toEqual([]);
    });

    it('rolls back on demand without an error', async () => {
      await atomic(async () => {
        await add('Ada');
        setRollback(true);
      });
      expect(await names()).toEqual([]);
    });

    it('refuses a durable block inside another, and how a transaction begins there', async () => {
      await atomic(async () => {
        await expect(atomic(() => add('Ada'), { durable: true })).rejects.toThrow(TransactionManagementError);
        await expect(atomic(() => add('Ada'), { readOnly: true })).rejects.toThrow(TransactionManagementError);
      });
      await atomic(() => add('Ada'), { durable: true });
      expect(await names()).toEqual(['Ada']);
    });

    it('knows whether it is inside', async () => {
      expect(inAtomicBlock()).toBe(false);
      await atomic(() => expect(inAtomicBlock()).toBe(true));
      expect(() => getRollback()).toThrow(TransactionManagementError);
    });

    it('works as a decorator of a method', async () => {
      // As `@atomic` and `@atomic({ savepoint: false })` do; the test runner's compiler knows no standard decorators yet.
      const context = { kind: 'method' } as ClassMethodDecoratorContext;
      class Accounts {
        prefix = 'Mx ';
        async open(name: string): Promise<boolean> {
          await add(this.prefix + name);
          return inAtomicBlock();
        }
        async fail(name: string): Promise<void> {
          await add(name);
          throw new Error('no');
        }
      }
      Accounts.prototype.open = atomic(Accounts.prototype.open, context);
      Accounts.prototype.fail = atomic({ savepoint: false })(Accounts.prototype.fail, context);
      expect(await new Accounts().open('Ada')).toBe(true);
      await expect(new Accounts().fail('Bob')).rejects.toThrow('no');
      expect(await names()).toEqual(['Mx Ada']);
    });
  });

  describe('an error of the database inside a block', () => {
    it('keeps every further query from running until the block ends, and the block rolls back', async () => {
      await atomic(async () => {
        await add('Ada');
        const error = await add('Ada').catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(IntegrityError);
        const refused = await add('Bob').catch((caught: unknown) => caught);
        expect(refused).toBeInstanceOf(TransactionManagementError);
        expect((refused as Error).cause).toBe(error);
      });
      expect(await names()).toEqual([]);
    });

    it('ends with the inner block that has a savepoint', async () => {
      await atomic(async () => {
        await add('Ada');
        await atomic(() => add('Ada')).catch(() => {});
        await atomic(async () => {
          await add('Ada').catch(() => {});
        });
        await add('Bob');
      });
      expect(await names()).toEqual(['Ada', 'Bob']);
    });
  });

  describe('onCommit()', () => {
    it('runs after the outermost commit, in the order of asking', async () => {
      const calls: unknown[] = [];
      await atomic(async () => {
        onCommit(() => calls.push('first'));
        await atomic(async () => onCommit(async () => calls.push(inAtomicBlock(), await names())));
        onCommit(() => calls.push('last'));
        await add('Ada');
        expect(calls).toEqual([]);
      });
      expect(calls).toEqual(['first', false, ['Ada'], 'last']);
    });

    it('is forgotten with the block that is rolled back, and with blocks inside it', async () => {
      const calls: string[] = [];
      await atomic(async () => {
        onCommit(() => calls.push('outer'));
        await atomic(async () => {
          onCommit(() => calls.push('middle'));
          await atomic(async () => {
            onCommit(() => calls.push('inner'));
          });
          throw new Error('no');
        }).catch(() => {});
      });
      await atomic(async () => {
        onCommit(() => calls.push('never'));
        throw new Error('no');
      }).catch(() => {});
      await atomic(async () => {
        onCommit(() => calls.push('never'));
        setRollback(true);
      });
      expect(calls).toEqual(['outer']);
    });

    it('runs at once outside of any block', () => {
      const hook = vi.fn();
      onCommit(hook);
      expect(hook).toHaveBeenCalledOnce();
    });

    it('stops at an error, which reaches the caller while the transaction stays', async () => {
      const after = vi.fn();
      await expect(
        atomic(async () => {
          await add('Ada');
          onCommit(failing);
          onCommit(after);
        }),
      ).rejects.toThrow('no');
      expect(after).not.toHaveBeenCalled();
      expect(await names()).toEqual(['Ada']);
    });

    it('goes on after an error of a robust one, which is logged', async () => {
      const log = vi.spyOn(console, 'error').mockImplementation(() => {});
      const after = vi.fn();
      await atomic(() => {
        onCommit(failing, { robust: true });
        onCommit(after);
      });
      expect(after).toHaveBeenCalledOnce();
      expect(log).toHaveBeenCalledOnce();
      log.mockRestore();
    });

    it('takes functions only', () => {
      expect(() => onCommit('x' as never)).toThrow(TypeError);
    });
  });

  describe('concurrent work', () => {
    it('never runs a query from outside inside the transaction', async () => {
      let written = (): void => {};
      const whenWritten = new Promise<void>((resolve) => (written = resolve));
      const inside = atomic(async () => {
        await add('Ada');
        written();
        await pause(20);
        throw new Error('no');
      }).catch(() => {});
      await whenWritten;
      const outside = add('Bob');
      const seen = names();
      await Promise.all([inside, outside]);
      expect(await seen).not.toContain('Ada');
      expect(await names()).toEqual(['Bob']);
    });

    it('runs blocks that begin at the same time one after the other', async () => {
      let running = 0;
      const block = (name: string): Promise<void> =>
        atomic(async () => {
          running += 1;
          expect(running).toBe(1);
          await add(name);
          await pause(2);
          running -= 1;
        });
      await Promise.all([block('a'), block('b'), block('c')]);
      expect(await names()).toEqual(['a', 'b', 'c']);
    });

    it('lets branches of Promise.all open and close their savepoints in order', async () => {
      const controls: string[] = [];
      const end = subscribe(({ sql, control }) => control && controls.push(sql.split(' ')[0]!));
      await atomic(async () => {
        const branch = (name: string): Promise<unknown> =>
          atomic(async () => {
            await add(name);
            await pause(name === 'a' ? 10 : 1);
            await add(`${name}2`);
            if (name === 'b') throw new Error('no');
          }).catch(() => {});
        await Promise.all([branch('a'), add('plain'), branch('b'), branch('c')]);
      });
      end();
      expect(await names()).toEqual(['a', 'a2', 'plain', 'c', 'c2']);
      expect(controls).toEqual([
        'BEGIN',
        'SAVEPOINT',
        'RELEASE',
        'SAVEPOINT',
        'ROLLBACK',
        'RELEASE',
        'SAVEPOINT',
        'RELEASE',
        'COMMIT',
      ]);
    });

    it('waits at the end of the block for queries that nobody awaited', async () => {
      await atomic(async () => {
        void add('Ada');
        void atomic(() => add('Bob'));
      });
      expect(await names()).toEqual(['Ada', 'Bob']);
    });

    it('refuses a query of a block that has ended', async () => {
      let later: Promise<unknown> = Promise.resolve();
      await atomic(async () => {
        later = pause().then(() => add('late'));
        later.catch(() => {});
      });
      await expect(later).rejects.toThrow(TransactionManagementError);
      expect(await names()).toEqual([]);
    });

    it('fails in time when an inner block waits for a query of the outer one', async () => {
      const error = await atomic(async () => {
        let start = (): void => {};
        const outer = new Promise<void>((resolve) => (start = resolve)).then(() => add('outer'));
        await atomic(async () => {
          start();
          await outer;
        });
      }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(OperationalError);
      expect((error as Error).message).toContain('nested atomic()');
      expect(await names()).toEqual([]);
    });
  });

  it('ends a block that SQLite has rolled back by itself, and goes on working', async () => {
    await expect(atomic(() => db.execute`INSERT OR ROLLBACK INTO person (name) VALUES (NULL)`)).rejects.toMatchObject({
      kind: 'not-null',
    });
    await add('Ada');
    expect(await names()).toEqual(['Ada']);
  });

  it('rolls back when something in the block never ends', async () => {
    const blocked = atomic(async () => {
      await add('Ada');
      void atomic(() => new Promise<void>(() => {})).catch(() => {});
    });
    await expect(blocked).rejects.toThrow("'COMMIT' waited 0.3 s");
    expect(await names()).toEqual([]);
  });

  it('reads in chunks while others write, and shows what was there at the start', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await add(name);
    const compiled = {
      sql: 'SELECT name FROM person ORDER BY id',
      params: [],
      decoders: [null],
      wideColumns: [],
      oneRow: false,
      readOnly: true,
    };
    const seen: unknown[] = [];
    for await (const rows of db.stream(compiled, [], 2)) {
      seen.push(rows.flat());
      await add(`new ${seen.length}`);
    }
    expect(seen).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    await atomic(async () => {
      for await (const rows of db.stream(compiled, [], 3)) {
        await add(`inside ${String(rows[0]![0])}`);
        if (rows[0]![0] === 'd') break;
      }
    });
    expect((await names()).length).toBe(10);
  });

  it('closes when all is done', async () => {
    await atomic(async () => {
      await expect(db.close()).rejects.toThrow('inside an atomic() block');
    });
    const running = atomic(async () => {
      await pause(10);
      await add('Ada');
    });
    await pause(1);
    await db.close();
    await running;
    await expect(add('Bob')).rejects.toThrow('closed');
  });
});

describe('a database in a file', () => {
  beforeEach(async () => {
    ({ database: db, remove } = await fileDatabase({ waitTimeout: 100 }));
    await db.executeRaw('CREATE TABLE person (id integer PRIMARY KEY, name text)');
  });
  afterEach(() => remove());

  it('lets others read while a transaction is open', async () => {
    let seen: unknown[] = ['unread'];
    let written = (): void => {};
    const whenWritten = new Promise<void>((resolve) => (written = resolve));
    const reading = whenWritten.then(async () => (seen = await names()));
    await atomic(async () => {
      await add('Ada');
      written();
      await pause(10);
      expect(seen).toEqual([]);
    });
    await reading;
  });

  it('says who holds the writer when a wait takes too long', async () => {
    let written = (): void => {};
    const whenWritten = new Promise<void>((resolve) => (written = resolve));
    const holding = atomic(async () => {
      await add('Ada');
      written();
      await pause(200);
    });
    await whenWritten;
    await expect(add('Bob')).rejects.toThrow(
      /waited 0\.1 s for a connection of database 'default'\. Held by: 'atomic\(\)' for 0\.\d s/,
    );
    await holding;
  });

  it('writes nothing in a read-only block', async () => {
    await expect(atomic(() => add('Ada'), { readOnly: true })).rejects.toThrow('readonly');
    expect(await atomic(names, { readOnly: true })).toEqual([]);
  });
});
