import { typeError } from '../errors.js';

/** What every receiver gets beside the signal's own payload. */
export interface SignalContext {
  /** Who sent it; for the signals of models the model class. */
  readonly sender: object;
  readonly signal: object;
}

/** A function that is called when a signal is sent. A promise that it returns is awaited before the next one is called. */
export type Receiver<Payload> = (event: Payload & SignalContext) => void | PromiseLike<void>;

export interface ConnectOptions {
  /** Only signals of this sender; for the signals of models a class or a label such as `library.Book`. */
  readonly sender?: object | string;
  /** A name under which one receiver is connected at most once, whatever function it is. */
  readonly dispatchUid?: string;
}

/** A receiver of this signal's payload, whatever that is: only the signal itself calls it. */
interface Connected {
  readonly receiver: Receiver<never>;
  readonly sender: object | string | undefined;
  readonly dispatchUid: string | undefined;
}

/**
 * Something that happened, for whoever wants to know. Receivers are called in the order in which they were connected.
 *
 * @example
 * const priceChanged = new Signal<{ book: Book }>();
 * priceChanged.connect(async ({ book }) => notify(book));
 * await priceChanged.send(Book, { book });
 */
export class Signal<Payload extends object = object> {
  #connected: readonly Connected[] = [];

  /**
   * Calls `receiver` from now on. The same receiver (or the same `dispatchUid`) for the same sender is connected once.
   * Gives a function that disconnects it.
   */
  connect(receiver: Receiver<Payload>, options: ConnectOptions = {}): () => void {
    if (typeof receiver !== 'function') throw typeError('receiver', 'A receiver of a signal is a function.');
    const added: Connected = { receiver, sender: options.sender, dispatchUid: options.dispatchUid };
    if (!this.#connected.some((other) => isSame(other, added))) this.#connected = [...this.#connected, added];
    return () => {
      this.disconnect(receiver, options);
    };
  }

  /** Stops calling a receiver, named by itself or by `dispatchUid`; says whether there was one. */
  disconnect(receiver: Receiver<Payload> | null, options: ConnectOptions = {}): boolean {
    const removed = { receiver: receiver as Receiver<never>, sender: options.sender, dispatchUid: options.dispatchUid };
    const kept = this.#connected.filter((other) => !isSame(other, removed));
    const found = kept.length < this.#connected.length;
    this.#connected = kept;
    return found;
  }

  /** Whether anybody would be told; work for a signal is worth doing only then. */
  hasListeners(sender?: object): boolean {
    if (this.#connected.length === 0) return false;
    return sender === undefined || this.#connected.some((each) => this.#isFor(each, sender));
  }

  /** Tells every receiver, one after the other, and waits for each. The first error stops it and is thrown. */
  async send(sender: object, payload: Payload): Promise<void> {
    for (const receiver of this.#receiversFor(sender)) await receiver({ ...payload, sender, signal: this });
  }

  /** Tells every receiver even when one fails; gives the errors in order, undefined for those that went well. */
  async sendRobust(sender: object, payload: Payload): Promise<readonly unknown[]> {
    const errors: unknown[] = [];
    for (const receiver of this.#receiversFor(sender)) {
      try {
        await receiver({ ...payload, sender, signal: this });
        errors.push(undefined);
      } catch (error) {
        errors.push(error);
      }
    }
    return errors;
  }

  /** Tells every receiver where nothing can wait, as in a constructor. Throws TypeError when a receiver returns a promise. */
  sendSync(sender: object, payload: Payload): void {
    for (const receiver of this.#receiversFor(sender)) {
      const result = receiver({ ...payload, sender, signal: this });
      if (typeof (result as { then?: unknown } | undefined)?.then === 'function') {
        throw typeError(
          'async-receiver',
          'This signal is sent from a constructor: its receivers cannot be async functions.',
        );
      }
    }
  }

  /** Whether a receiver that asked for `wanted` hears what `sender` sends. */
  protected matches(wanted: object | string, sender: object): boolean {
    return wanted === sender;
  }

  #isFor(connected: Connected, sender: object): boolean {
    return connected.sender === undefined || this.matches(connected.sender, sender);
  }

  #receiversFor(sender: object): Receiver<Payload>[] {
    return this.#connected
      .filter((each) => this.#isFor(each, sender))
      .map(({ receiver }) => receiver as Receiver<Payload>);
  }
}

function isSame(a: Connected, b: Connected): boolean {
  if (a.sender !== b.sender) return false;
  if (a.dispatchUid !== undefined || b.dispatchUid !== undefined) return a.dispatchUid === b.dispatchUid;
  return a.receiver === b.receiver;
}
