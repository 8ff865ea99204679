import { OperationalError } from '../errors.js';

/** What a statement fails with that its AbortSignal ended or kept from being sent. */
export const cancelled = (signal: AbortSignal, cause: unknown = signal.reason): OperationalError =>
  new OperationalError('cancelled', 'The statement was cancelled by its AbortSignal.', { cause });
