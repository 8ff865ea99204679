import { readFile } from 'node:fs/promises';
import { OperationalError } from '../errors.js';
import { type Given, improper, oneOf, text } from './options.js';

const MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof MODES)[number];

/** How a connection is encrypted. */
export interface TlsSettings {
  readonly sslMode: SslMode;
  /** Paths of PEM files: who signs servers, and this client's own certificate and key. */
  readonly sslRootCert: string | null;
  readonly sslCert: string | null;
  readonly sslKey: string | null;
  /** Options of node:tls, from code alone. */
  readonly ssl: Readonly<Record<string, unknown>> | null;
}

/** Names of the options that a URL may carry. */
export const TLS_OPTIONS: readonly string[] = ['sslMode', 'sslRootCert', 'sslCert', 'sslKey'];

/** `words` are other names of the modes: those of the database's own programs. */
export function tlsSettings(given: Given, words: Readonly<Record<string, SslMode>> = {}): TlsSettings {
  const { ssl } = given;
  if (ssl !== undefined && ssl !== null && (typeof ssl !== 'object' || Array.isArray(ssl)))
    throw improper('invalid-option', "The option 'ssl' takes options of node:tls ({ ca, cert, key … }).");
  const sslRootCert = text('sslRootCert', given.sslRootCert);
  const sslCert = text('sslCert', given.sslCert);
  const sslKey = text('sslKey', given.sslKey);
  if ((sslCert === null) !== (sslKey === null))
    throw improper('invalid-option', "The options 'sslCert' and 'sslKey' belong together: a certificate and its key.");
  const isWanted = ssl != null || sslRootCert !== null || sslCert !== null;
  const said =
    typeof given.sslMode === 'string' && Object.hasOwn(words, given.sslMode) ? words[given.sslMode] : given.sslMode;
  const mode = oneOf('sslMode', said, MODES) ?? (isWanted ? 'verify-full' : 'disable');
  if (mode === 'disable' && isWanted)
    throw improper('invalid-option', "The option 'sslMode' is 'disable', and yet there are certificates for it.");
  return {
    // Whoever names a signer wants it to be looked at: so does libpq.
    sslMode: mode === 'require' && sslRootCert !== null ? 'verify-ca' : mode,
    sslRootCert,
    sslCert,
    sslKey,
    ssl: (ssl as TlsSettings['ssl']) ?? null,
  };
}

/** Options of node:tls: `require` encrypts, `verify-ca` knows who signed, `verify-full` also whose it is. Null: no encryption. */
export interface TlsOptions {
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether the name in the certificate must be the host's. */
  readonly verifyName: boolean;
}

/** Reads the certificates. Throws ImproperlyConfigured for a file that cannot be read. */
export async function tlsOptions(settings: TlsSettings): Promise<TlsOptions | null> {
  const { sslMode, sslRootCert, sslCert, sslKey, ssl } = settings;
  if (sslMode === 'disable') return null;
  const [ca, cert, key] = await Promise.all([
    pem('sslRootCert', sslRootCert),
    pem('sslCert', sslCert),
    pem('sslKey', sslKey),
  ]);
  const files = { ...(ca === null ? {} : { ca }), ...(cert === null ? {} : { cert, key }) };
  if (sslMode === 'require') return { options: { rejectUnauthorized: false, ...files, ...ssl }, verifyName: false };
  return { options: { ...files, ...ssl, rejectUnauthorized: true }, verifyName: sslMode === 'verify-full' };
}

/** Codes of node:tls and OpenSSL for a certificate that does not hold; mysql2 has one for all. */
const UNTRUSTED = /^(HANDSHAKE_SSL_ERROR$|ERR_TLS_CERT_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;
/** What drivers say of servers without TLS. */
const NO_TLS = /does not support (SSL connections|secure connection)/i;

/** The library's error for a connection that could not be encrypted as was asked; null for any other error. */
export function tlsError(error: unknown, details: object): OperationalError | null {
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: { code?: unknown } };
  for (const each of [code, cause?.code]) {
    if (typeof each === 'string' && UNTRUSTED.test(each))
      return new OperationalError(
        'untrusted-server',
        `The server's certificate does not hold (${each}): it must be signed by whom 'sslRootCert' names and, with sslMode 'verify-full', be for the host's name.`,
        details,
      );
  }
  if (!NO_TLS.test(String(message))) return null;
  return new OperationalError('no-tls', "The server has no TLS, which 'sslMode' asks for.", details);
}

async function pem(name: string, path: string | null): Promise<string | null> {
  if (path === null) return null;
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as { code?: string };
    throw improper('unreadable-file', `The file of the option '${name}' cannot be read (${code ?? 'unknown error'}).`);
  }
  if (content.includes('-----BEGIN ')) return content;
  throw improper('unreadable-file', `The file of the option '${name}' is no PEM file: it has no '-----BEGIN' line.`);
}
