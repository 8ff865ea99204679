/** A message of the server, by the names that node-postgres gives them. */
export type Message =
  | {
      readonly name: 'rowDescription';
      readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
    }
  | { readonly name: 'dataRow'; readonly fields: (string | null)[] }
  | { readonly name: 'commandComplete'; readonly text: string }
  | { readonly name: 'readyForQuery'; readonly status: string }
  | {
      readonly name: 'notification';
      readonly processId: number;
      readonly channel: string;
      readonly payload: string;
    }
  | ({ readonly name: 'error' } & ServerErrorFields)
  | { readonly name: 'parseComplete' | 'bindComplete' | 'portalSuspended' | 'emptyQuery' | 'other' };

/** What an error says of itself, under the names of node-postgres. */
export interface ServerErrorFields {
  readonly [field: string]: string;
}

/** Letters of the fields of an error (postgresql.org/docs/current/protocol-error-fields.html). */
const ERROR_FIELDS: Readonly<Record<string, string>> = {
  V: 'severity',
  C: 'code',
  M: 'message',
  D: 'detail',
  H: 'hint',
  P: 'position',
  s: 'schema',
  t: 'table',
  c: 'column',
  d: 'dataType',
  n: 'constraint',
  R: 'routine',
};

/** Reads one message from its place. */
class Reader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }
  int16(): number {
    this.#at += 2;
    return this.#bytes.readInt16BE(this.#at - 2);
  }
  int32(): number {
    this.#at += 4;
    return this.#bytes.readInt32BE(this.#at - 4);
  }
  skip(length: number): void {
    this.#at += length;
  }
  text(length: number): string {
    this.#at += length;
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
  }
  /** Text up to a NUL. */
  line(): string {
    const text = this.text(this.#bytes.indexOf(0, this.#at) - this.#at);
    this.#at++;
    return text;
  }
}

function readFields(reader: Reader): { name: string; dataTypeID: number }[] {
  return Array.from({ length: reader.int16() }, () => {
    const name = reader.line();
    reader.skip(6);
    const dataTypeID = reader.int32();
    reader.skip(8);
    return { name, dataTypeID };
  });
}

function readRow(reader: Reader): (string | null)[] {
  const row = new Array<string | null>(reader.int16());
  for (let index = 0; index < row.length; index++) {
    const length = reader.int32();
    row[index] = length < 0 ? null : reader.text(length);
  }
  return row;
}

function readError(reader: Reader): Message {
  const fields: Record<string, string> = {};
  for (let letter = reader.text(1); letter !== '\0'; letter = reader.text(1)) {
    const value = reader.line();
    if (Object.hasOwn(ERROR_FIELDS, letter)) fields[ERROR_FIELDS[letter]!] = value;
  }
  return { ...fields, name: 'error' } as Message;
}

function readMessage(type: string, reader: Reader): Message {
  switch (type) {
    case 'T':
      return { name: 'rowDescription', fields: readFields(reader) };
    case 'D':
      return { name: 'dataRow', fields: readRow(reader) };
    case 'C':
      return { name: 'commandComplete', text: reader.line() };
    case 'Z':
      return { name: 'readyForQuery', status: reader.text(1) };
    case 'E':
      return readError(reader);
    case 'A':
      return { name: 'notification', processId: reader.int32(), channel: reader.line(), payload: reader.line() };
    case '1':
      return { name: 'parseComplete' };
    case '2':
      return { name: 'bindComplete' };
    case 'I':
      return { name: 'emptyQuery' };
    case 's':
      return { name: 'portalSuspended' };
    default:
      return { name: 'other' };
  }
}

/**
 * The messages in the bytes that a server answered (postgresql.org/docs/current/protocol-message-formats.html). PGlite's own reader
 * drops a U+FEFF with which a text begins.
 */
export function readMessages(bytes: Uint8Array): Message[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: Message[] = [];
  for (let at = 0; at + 5 <= buffer.length; at += 1 + buffer.readInt32BE(at + 1)) {
    messages.push(readMessage(String.fromCharCode(buffer[at]!), new Reader(buffer, at + 5)));
  }
  return messages;
}
