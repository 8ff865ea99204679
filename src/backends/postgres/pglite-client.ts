import { EventEmitter } from 'node:events';
import type { Client } from './connection.js';
import { type Message, readMessages } from './pglite-messages.js';
import type { ProtocolConnection, ServerStatement } from './server-statement.js';

/** The little of PGlite that a session uses. */
export interface PGlite {
  readonly waitReady: Promise<void>;
  execProtocolRaw(message: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** PGlite's writer of messages. */
export interface Serialize {
  query(text: string): Uint8Array;
  parse(message: { name: string; text: string }): Uint8Array;
  bind(message: { portal: string; statement: string; values: readonly unknown[] }): Uint8Array;
  describe(message: { type: 'P' | 'S'; name: string }): Uint8Array;
  execute(message: { portal: string; rows: number }): Uint8Array;
  close(message: { type: 'P' | 'S'; name: string }): Uint8Array;
  flush(): Uint8Array;
  sync(): Uint8Array;
}

/** Collects the messages of one statement. */
class Outbox extends EventEmitter implements ProtocolConnection {
  readonly stream = {};
  readonly #serialize: Serialize;
  #parts: Uint8Array[] = [];

  constructor(serialize: Serialize) {
    super();
    this.#serialize = serialize;
  }
  take(): Uint8Array {
    const parts = this.#parts;
    this.#parts = [];
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }
  query(text: string): void {
    this.#parts.push(this.#serialize.query(text));
  }
  parse(message: Parameters<Serialize['parse']>[0]): void {
    this.#parts.push(this.#serialize.parse(message));
  }
  bind(message: Parameters<Serialize['bind']>[0]): void {
    this.#parts.push(this.#serialize.bind(message));
  }
  describe(message: Parameters<Serialize['describe']>[0]): void {
    this.#parts.push(this.#serialize.describe(message));
  }
  execute(message: Parameters<Serialize['execute']>[0]): void {
    this.#parts.push(this.#serialize.execute(message));
  }
  close(message: Parameters<Serialize['close']>[0]): void {
    this.#parts.push(this.#serialize.close(message));
  }
  flush(): void {
    this.#parts.push(this.#serialize.flush());
  }
  sync(): void {
    this.#parts.push(this.#serialize.sync());
  }
  /** Nothing can answer a server inside the process while it waits; the statement fails by itself. */
  sendCopyFail(): void {}
}

/** PGlite as a client that speaks the protocol of a server, so that everything behind it is the same code. */
export class PGliteClient extends EventEmitter implements Client {
  readonly connection: Outbox;
  readonly #database: PGlite;

  constructor(database: PGlite, serialize: Serialize) {
    super();
    this.#database = database;
    this.connection = new Outbox(serialize);
  }

  query(statement: ServerStatement): void {
    const refused = statement.submit(this.connection);
    if (refused !== null) {
      this.connection.take();
      statement.handleError(refused, this.connection);
      return;
    }
    this.#database.execProtocolRaw(this.connection.take()).then(
      (bytes) => this.#answer(statement, readMessages(bytes)),
      (error: unknown) => statement.handleError(error, this.connection),
    );
  }

  async end(): Promise<void> {
    await this.#database.close();
    this.emit('end');
  }

  #answer(statement: ServerStatement, messages: readonly Message[]): void {
    let failure: Error | null = null;
    for (const message of messages) {
      switch (message.name) {
        case 'parseComplete':
          statement.handleParseComplete();
          break;
        case 'rowDescription':
          statement.handleRowDescription(message);
          break;
        case 'dataRow':
          statement.handleDataRow(message);
          break;
        case 'commandComplete':
          statement.handleCommandComplete(message);
          break;
        case 'portalSuspended':
          statement.handlePortalSuspended(this.connection);
          break;
        case 'notification':
          this.emit('notification', message);
          break;
        case 'error':
          failure ??= Object.assign(new Error(message.message), message, { name: 'PGliteError' });
          break;
        case 'readyForQuery':
          this.connection.emit('readyForQuery', message);
          break;
        default:
      }
    }
    if (failure === null) statement.handleReadyForQuery(this.connection);
    else statement.handleError(failure, this.connection);
  }
}
