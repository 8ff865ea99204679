import { EventEmitter } from 'node:events';
import type { Client } from './connection.js';
import { type Message, readMessages } from './pglite-messages.js';
import { lostAnswer, type Unanswered } from './pglite-stack.js';
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
  #asked: Unanswered = { parses: 0, binds: 0, runs: 0 };

  constructor(serialize: Serialize) {
    super();
    this.#serialize = serialize;
  }
  /** The messages, and what they want to be answered. */
  take(): { readonly bytes: Uint8Array; readonly asked: Unanswered } {
    const [parts, asked] = [this.#parts, this.#asked];
    this.#parts = [];
    this.#asked = { parses: 0, binds: 0, runs: 0 };
    return { bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts), asked };
  }
  query(text: string): void {
    this.#asked.runs++;
    this.#parts.push(this.#serialize.query(text));
  }
  parse(message: Parameters<Serialize['parse']>[0]): void {
    this.#asked.parses++;
    this.#parts.push(this.#serialize.parse(message));
  }
  bind(message: Parameters<Serialize['bind']>[0]): void {
    this.#asked.binds++;
    this.#parts.push(this.#serialize.bind(message));
  }
  describe(message: Parameters<Serialize['describe']>[0]): void {
    this.#parts.push(this.#serialize.describe(message));
  }
  execute(message: Parameters<Serialize['execute']>[0]): void {
    this.#asked.runs++;
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
  #ended = false;

  constructor(database: PGlite, serialize: Serialize) {
    super();
    this.#database = database;
    this.connection = new Outbox(serialize);
  }

  query(statement: ServerStatement): void {
    // In the words of node-postgres; PGlite would stumble over what it no longer has.
    const refused = this.#ended
      ? new Error('Client was closed and is not queryable')
      : statement.submit(this.connection);
    if (refused !== null) {
      this.connection.take();
      statement.handleError(refused, this.connection);
      return;
    }
    const { bytes, asked } = this.connection.take();
    this.#database.execProtocolRaw(bytes).then(
      (answer) => this.#answer(statement, readMessages(answer), asked),
      (error: unknown) => statement.handleError(error, this.connection),
    );
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#database.close();
    this.emit('end');
  }

  #answer(statement: ServerStatement, messages: readonly Message[], asked: Unanswered): void {
    let failure: Error | null = null;
    for (const message of messages) {
      switch (message.name) {
        case 'parseComplete':
          asked.parses--;
          statement.handleParseComplete();
          break;
        case 'rowDescription':
          statement.handleRowDescription(message);
          break;
        case 'dataRow':
          statement.handleDataRow(message);
          break;
        case 'bindComplete':
          asked.binds--;
          break;
        case 'emptyQuery':
          asked.runs--;
          break;
        case 'commandComplete':
          asked.runs--;
          statement.handleCommandComplete(message);
          break;
        case 'portalSuspended':
          asked.runs--;
          statement.handlePortalSuspended(this.connection);
          break;
        case 'notification':
          this.emit('notification', message);
          break;
        case 'error':
          failure ??=
            lostAnswer(asked, message.code) ??
            Object.assign(new Error(message.message), message, { name: 'PGliteError' });
          break;
        case 'readyForQuery':
          this.connection.emit('readyForQuery', message);
          break;
        default:
      }
    }
    failure ??= lostAnswer(asked);
    if (failure === null) statement.handleReadyForQuery(this.connection);
    else statement.handleError(failure, this.connection);
  }
}
