import type { Replication } from '../backend.js';

const single = async (connection: Parameters<Replication['position']>[0], sql: string, params: unknown[]) =>
  (await connection.run(sql, params)).rows[0]?.[0] ?? null;

/** 0 would wait for ever. */
const seconds = (milliseconds: number): string => String(Math.max(milliseconds, 1) / 1000);

/** Global transaction ids of MariaDB, such as `0-1-270` (mariadb.com/kb/en/gtid/). The server itself waits for them. */
export const mariadbReplication: Replication = {
  async position(connection) {
    return String((await single(connection, 'SELECT @@gtid_current_pos', [])) ?? '');
  },
  async reaches(connection, position, milliseconds) {
    if (!/^(\d{1,10}-\d{1,10}-\d{1,20}(,(?=\d)|$))*$/.test(position)) return false;
    return Number(await single(connection, 'SELECT MASTER_GTID_WAIT(?, ?)', [position, seconds(milliseconds)])) === 0;
  },
};

/** Sets of global transaction ids of MySQL, where the server keeps them (gtid_mode=ON). */
export const mysqlReplication: Replication = {
  async position(connection) {
    return String((await single(connection, 'SELECT @@GLOBAL.gtid_executed', [])) ?? '');
  },
  async reaches(connection, position, milliseconds) {
    if (!/^[0-9a-f-]{36}(:\d+(-\d+)?)+(,\s*[0-9a-f-]{36}(:\d+(-\d+)?)+)*$/i.test(position)) return false;
    const found = await single(connection, 'SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?)', [
      position,
      seconds(milliseconds),
    ]);
    return Number(found) === 0;
  },
};
