/**
 * Makes the database that a URL names, empty, whatever was there before. For tests and CI.
 *
 * `npx tsx scripts/fresh-database.ts postgres://postgres@127.0.0.1:5432/nuages_ci`
 */
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';

const [given] = process.argv.slice(2);
if (given === undefined) throw new Error('fresh-database takes the URL of a database.');
const url = new URL(given);
const name = url.pathname.slice(1);
if (!/^nuages_\w+$/.test(name)) {
  throw new Error(`fresh-database drops what is there, so it only takes databases called nuages_…, not '${name}'.`);
}

// Text sorts by code point, as in the recorded answers.
if (url.protocol === 'mysql:') {
  url.pathname = '/';
  const connection = await createConnection(url.href);
  await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  await connection.end();
} else {
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`);
  await client.end();
  // SHA1() and its siblings are functions of this extension.
  const inside = new Client({ connectionString: given });
  await inside.connect();
  await inside.query('CREATE EXTENSION IF NOT EXISTS pgcrypto');
  await inside.end();
}
