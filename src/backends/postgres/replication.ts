import type { Replication } from '../backend.js';

const POSITION = /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i;

/**
 * The log of a server and its streaming replicas (postgresql.org/docs/current/functions-admin.html). A commit that does not wait
 * for the disk may lie behind what is written of the log, but never behind what is in it.
 */
export const replication: Replication = {
  async position(connection) {
    const { rows } = await connection.run(
      "SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() WHEN current_setting('synchronous_commit') = 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_lsn() END)::text",
      [],
    );
    return String(rows[0]![0]);
  },
  async reaches(connection, position) {
    if (!POSITION.test(position)) return false;
    const { rows } = await connection.run(
      'SELECT CASE WHEN (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END) >= $1::pg_lsn THEN 1 ELSE 0 END',
      [position],
    );
    return Number(rows[0]![0]) === 1;
  },
};
