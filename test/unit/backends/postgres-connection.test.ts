import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Client, PostgresConnection } from '../../../src/backends/postgres/connection.js';
import type { ProtocolConnection, ServerStatement } from '../../../src/backends/postgres/server-statement.js';

/** A server that answers every statement with one row; `packets` are the messages of each. */
class QuietServer extends EventEmitter implements Client {
  readonly packets: string[][] = [];
  readonly statements: ServerStatement[] = [];
  #packet: string[] = [];
  readonly connection = Object.assign(new EventEmitter(), {
    stream: {},
    query: (text: string) => void this.#packet.push(`query ${text}`),
    parse: ({ text }: { text: string }) => void this.#packet.push(`parse ${text}`),
    bind: () => void this.#packet.push('bind'),
    describe: () => {},
    execute: () => void this.#packet.push('execute'),
    close: () => {},
    flush: () => {},
    sync: () => void this.#packet.push('sync'),
    sendCopyFail: () => {},
  }) as EventEmitter & ProtocolConnection;

  query(statement: ServerStatement): void {
    this.statements.push(statement);
    statement.submit(this.connection);
    const packet = this.#packet;
    this.#packet = [];
    this.packets.push(packet);
    setImmediate(() => {
      for (const message of packet) if (message.startsWith('parse')) this.connection.emit('parseComplete');
      statement.handleDataRow({ fields: ['1'] });
      statement.handleCommandComplete({ text: 'SELECT 1' });
      this.connection.emit('readyForQuery', { status: 'T' });
      statement.handleReadyForQuery(this.connection);
    });
  }
  async end(): Promise<void> {}
}

const open = (): { server: QuietServer; session: PostgresConnection } => {
  const server = new QuietServer();
  return { server, session: new PostgresConnection(server, async () => {}, 100) };
};

describe('a transaction on PostgreSQL', () => {
  it('begins together with its first statement, in one round trip', async () => {
    const { server, session } = open();
    await session.control('BEGIN');
    expect(server.packets).toEqual([]);
    await session.run('SELECT $1', ['1'], { prepare: true });
    await session.run('SELECT $1', ['2'], { prepare: true });
    await session.control('COMMIT');
    expect(server.packets).toEqual([
      ['parse BEGIN', 'bind', 'execute', 'parse SELECT $1', 'bind', 'execute', 'sync'],
      ['bind', 'execute', 'sync'],
      ['query COMMIT'],
    ]);
  });

  it('begins together with a savepoint', async () => {
    const { server, session } = open();
    await session.control('BEGIN ISOLATION LEVEL SERIALIZABLE');
    await session.control('SAVEPOINT s1');
    expect(server.packets).toEqual([['query BEGIN ISOLATION LEVEL SERIALIZABLE; SAVEPOINT s1']]);
  });

  it('in which nothing happens is never heard of', async () => {
    const { server, session } = open();
    for (const end of ['COMMIT', 'ROLLBACK']) {
      await session.control('BEGIN');
      await session.control(end);
    }
    expect(server.packets).toEqual([]);
  });

  it('stays to be begun when its first statement is refused before it is sent', async () => {
    const { server, session } = open();
    await session.control('BEGIN');
    await expect(session.run('SELECT $1', [{}])).rejects.toThrow('parameter');
    await expect(session.run('SELECT 1', [], { signal: AbortSignal.abort() })).rejects.toThrow();
    await session.run('SELECT 1', []);
    expect(server.packets).toEqual([['parse BEGIN', 'bind', 'execute', 'parse SELECT 1', 'bind', 'execute', 'sync']]);
  });
});

describe('a statement on PostgreSQL', () => {
  it('gives its rows away, since it may stay in memory for longer than they are wanted', async () => {
    const { server, session } = open();
    expect((await session.run('SELECT 1', [])).rows).toEqual([['1']]);
    const chunks: unknown[][][] = [];
    for await (const chunk of session.stream('SELECT 1', [], 10)) chunks.push(chunk);
    expect(chunks).toEqual([[['1']]]);
    const asked = server.statements.filter((_, index) => server.packets[index]!.includes('execute'));
    expect(asked.map((statement) => statement.takeRows())).toEqual([[], []]);
  });
});
