/** What differs from server to server, as far as SQL depends on it; learned when the first session is opened. */
export interface ServerFacts {
  /** MariaDB, and not MySQL: they have parted in JSON, regular expressions, RETURNING and types. */
  readonly isMariaDB: boolean;
  readonly version: readonly [major: number, minor: number, patch: number];
  /** Whether the server knows time zones by name. Where its tables are empty, zones are worked out here. */
  readonly hasZones: boolean;
  /** Whether the database's tables get a character set that holds all of Unicode by themselves. */
  readonly isUnicode: boolean;
}

/** `10.11.19-MariaDB-0+deb12u1`, `8.0.36`, `5.5.5-10.11.2-MariaDB`; null for a text that tells no version. */
export function parseVersion(text: string): Pick<ServerFacts, 'isMariaDB' | 'version'> | null {
  const isMariaDB = /mariadb/i.test(text);
  // MariaDB once put 5.5.5- before its own version for the sake of old replicas.
  const match = /^(?:5\.5\.5-(?=\d))?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (match === null) return null;
  return { isMariaDB, version: [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] };
}

/** Whether the server is `version` or later. */
export function isAtLeast({ version }: Pick<ServerFacts, 'version'>, major: number, minor = 0, patch = 0): boolean {
  const wanted = [major, minor, patch];
  for (let index = 0; index < 3; index++) {
    const difference = version[index]! - wanted[index]!;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** One text for servers that are spoken to alike. */
export const factsKey = ({ isMariaDB, version, hasZones, isUnicode }: ServerFacts): string =>
  `${isMariaDB ? 'mariadb' : 'mysql'} ${version.join('.')} ${hasZones} ${isUnicode}`;

/** What is assumed where no server was asked: the oldest that is supported. */
export const assumedFacts: ServerFacts = Object.freeze({
  isMariaDB: false,
  version: [8, 0, 19] as const,
  hasZones: true,
  isUnicode: true,
});
