import type { NamedStatement, StatementNames } from './statement-names.js';

/** The little of node-postgres that statements use: messages out, in the order in which they are called. */
export interface ProtocolConnection {
  readonly stream: { cork?(): void; uncork?(): void };
  query(text: string): void;
  parse(message: { name: string; text: string }): void;
  bind(message: { portal: string; statement: string; values: readonly (string | Buffer | null)[] }): void;
  describe(message: { type: 'P' | 'S'; name: string }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: 'P' | 'S'; name: string }): void;
  flush(): void;
  sync(): void;
  sendCopyFail(message: string): void;
}

/** A column as the server describes it. */
export interface FieldDescription {
  readonly name: string;
  readonly dataTypeID: number;
}

/** What node-postgres calls on a statement that is sent with `client.query(statement)`. */
export abstract class ServerStatement {
  #rows: (string | null)[][] = [];
  fields: readonly FieldDescription[] = [];
  affected = 0;
  /** The BEGIN that goes with it, in one packet; null for none. */
  begin: string | null = null;
  #begun = false;
  /** Set by whoever sends it. */
  resolve: () => void = () => {};
  reject: (error: unknown) => void = () => {};
  /** node-postgres looks for it and sets it where it is missing. */
  readonly callback = (): void => {};

  /**
   * The rows, which are the caller's from now on. V8 collects young objects more often than old ones, and takes what an old one
   * refers to for used even if that is itself no longer reachable: statements that followed one another with their rows in them were
   * found to live, nearly all, until the old objects were collected.
   */
  takeRows(): (string | null)[][] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  protected abstract send(connection: ProtocolConnection): void;
  /** Without a Sync behind it, BEGIN and the statement are answered together, and the statement is skipped when BEGIN fails. */
  protected sendBegin(connection: ProtocolConnection, begin: string): void {
    connection.parse({ name: '', text: begin });
    connection.bind({ portal: '', statement: '', values: [] });
    connection.execute({ portal: '', rows: 0 });
  }

  submit(connection: ProtocolConnection): Error | null {
    // Several messages as one packet.
    connection.stream.cork?.();
    try {
      if (this.begin !== null) this.sendBegin(connection, this.begin);
      this.send(connection);
      return null;
    } catch (error) {
      return error as Error;
    } finally {
      connection.stream.uncork?.();
    }
  }

  handleRowDescription(message: { fields: readonly FieldDescription[] }): void {
    this.fields = message.fields;
  }
  handleDataRow(message: { fields: (string | null)[] }): void {
    this.#rows.push(message.fields);
  }
  /** `INSERT 0 5`, `UPDATE 3`, `SELECT 10`, `CREATE TABLE`. */
  handleCommandComplete(message: { text: string }): void {
    const count = Number(message.text.slice(message.text.lastIndexOf(' ') + 1));
    this.affected = Number.isNaN(count) ? 0 : count;
  }
  handleParseComplete(): void {
    if (this.begin === null || this.#begun) this.parsed();
    this.#begun = true;
  }
  /** The server took the text. */
  protected parsed(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(_connection: ProtocolConnection): void {}
  handleReadyForQuery(_connection: ProtocolConnection): void {
    this.resolve();
  }
  handleError(error: unknown, _connection: ProtocolConnection): void {
    this.reject(error);
  }
  handleCopyInResponse(connection: ProtocolConnection): void {
    connection.sendCopyFail('COPY FROM STDIN needs data, which a statement has not.');
  }
  handleCopyData(): void {}
}

/** Text without parameters: transaction control, settings, definitions of tables. */
export class SimpleStatement extends ServerStatement {
  readonly #text: string;
  constructor(text: string) {
    super();
    this.#text = text;
  }
  protected send(connection: ProtocolConnection): void {
    connection.query(this.begin === null ? this.#text : `${this.begin}; ${this.#text}`);
  }
  protected override sendBegin(): void {}
}

/** A statement with parameters, all its rows at once; under a name where `names` keeps one for its text. */
export class PreparedStatement extends ServerStatement {
  readonly #sql: string;
  readonly #params: readonly (string | Buffer | null)[];
  readonly #describe: boolean;
  readonly #names: StatementNames | null;
  #name = '';

  /** `describe`: whether names and types of the columns are wanted. */
  constructor(
    sql: string,
    params: readonly (string | Buffer | null)[],
    describe: boolean,
    names: StatementNames | null,
  ) {
    super();
    this.#sql = sql;
    this.#params = params;
    this.#describe = describe;
    this.#names = names;
  }
  protected send(connection: ProtocolConnection): void {
    const { name, isNew, forget } = this.#names?.get(this.#sql) ?? UNNAMED;
    this.#name = name;
    for (const old of forget) connection.close({ type: 'S', name: old });
    if (isNew) connection.parse({ name, text: this.#sql });
    connection.bind({ portal: '', statement: name, values: this.#params });
    if (this.#describe) connection.describe({ type: 'P', name: '' });
    connection.execute({ portal: '', rows: 0 });
    connection.sync();
  }
  protected override parsed(): void {
    this.#names?.confirm(this.#sql, this.#name);
  }
}
const UNNAMED: NamedStatement = { name: '', isNew: true, forget: [] };

/** What opens a portal. */
export interface PortalOpening {
  readonly text: string;
  readonly params: readonly (string | Buffer | null)[];
}

/**
 * One step of a portal, from which rows are read in chunks. A portal lives as long as its transaction, and each step is complete in
 * itself, so that other statements of the transaction may run between two of them.
 */
export class PortalStep extends ServerStatement {
  readonly #portal: string;
  readonly #count: number;
  readonly #opening: PortalOpening | null;
  /** Whether rows are left. */
  suspended = false;

  constructor(portal: string, count: number, opening: PortalOpening | null) {
    super();
    this.#portal = portal;
    this.#count = count;
    this.#opening = opening;
  }
  protected send(connection: ProtocolConnection): void {
    if (this.#opening !== null) {
      const { text, params } = this.#opening;
      connection.parse({ name: '', text });
      connection.bind({ portal: this.#portal, statement: '', values: params });
      connection.describe({ type: 'P', name: this.#portal });
    }
    connection.execute({ portal: this.#portal, rows: this.#count });
    connection.sync();
  }
  override handlePortalSuspended(): void {
    this.suspended = true;
  }
}

/** Ends a portal, whether or not its rows are at an end. */
export class PortalEnd extends ServerStatement {
  readonly #portal: string;
  constructor(portal: string) {
    super();
    this.#portal = portal;
  }
  protected send(connection: ProtocolConnection): void {
    connection.close({ type: 'P', name: this.#portal });
    connection.sync();
  }
}
