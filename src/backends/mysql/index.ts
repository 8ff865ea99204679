import type { Backend, ServerSide } from '../backend.js';
import { dialectFor } from './dialect.js';
import { createDriver } from './driver.js';
import { explainFor } from './explain.js';
import { introspectionFor } from './introspection.js';
import { mariadbReplication, mysqlReplication } from './replication.js';
import { schemaEditorFor } from './schema-editor.js';
import { assumedFacts, type ServerFacts } from './server-facts.js';
import { parseSettings } from './settings.js';

/** How a server is spoken to. */
function serverSide(facts: ServerFacts): ServerSide {
  const dialect = dialectFor(facts);
  return {
    dialect,
    schemaEditor: schemaEditorFor(facts, dialect),
    introspection: introspectionFor(facts.isMariaDB),
    explain: explainFor(facts.isMariaDB),
    replication: facts.isMariaDB ? mariadbReplication : mysqlReplication,
  };
}

/** A MySQL or MariaDB server, by mysql2. What differs between them is decided once the first session tells which it is. */
export const mysql: Backend = {
  ...serverSide(assumedFacts),
  schemes: ['mysql', 'mariadb'],
  createDriver: async (settings) => {
    const { driver, facts } = await createDriver(parseSettings(settings));
    return { ...driver, server: serverSide(facts) };
  },
  // Every constraint is checked at its statement; nothing waits.
  checkConstraints: async () => {},
};
