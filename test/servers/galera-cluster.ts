import { MariadbServer } from './mariadb-server.js';
import { freePort } from './programs.js';

/** Settings that are tested; `docs/scaling.md` shows them. */
export const GALERA_SETTINGS: Readonly<Record<string, string>> = {
  'wsrep-on': 'ON',
  'wsrep-provider': '/usr/lib/galera/libgalera_smm.so',
  'wsrep-sst-method': 'rsync',
  'binlog-format': 'ROW',
  'default-storage-engine': 'InnoDB',
  'innodb-autoinc-lock-mode': '2',
  'innodb-flush-log-at-trx-commit': '0',
};

/** A cluster of MariaDB servers that each take writes, by Galera. */
export class GaleraCluster {
  readonly nodes: readonly MariadbServer[];
  readonly #ports: readonly number[];
  readonly #transfers: readonly number[];

  private constructor(nodes: readonly MariadbServer[], ports: readonly number[], transfers: readonly number[]) {
    this.nodes = nodes;
    this.#ports = ports;
    this.#transfers = transfers;
  }

  static async start(size: number): Promise<GaleraCluster> {
    const nodes: MariadbServer[] = [];
    const ports: number[] = [];
    const transfers: number[] = [];
    for (let index = 0; index < size; index += 1) {
      nodes.push(await MariadbServer.prepare());
      ports.push(await freePort());
      transfers.push(await freePort());
    }
    const cluster = new GaleraCluster(nodes, ports, transfers);
    try {
      await cluster.launch(0, ['--wsrep-new-cluster']);
      for (let index = 1; index < size; index += 1) await cluster.launch(index);
    } catch (error) {
      await cluster.remove();
      throw error;
    }
    return cluster;
  }

  /** Starts a node, which takes over what the others have. */
  async launch(index: number, flags: readonly string[] = []): Promise<void> {
    const incremental = await freePort();
    await this.nodes[index]!.launch(
      {
        ...GALERA_SETTINGS,
        'wsrep-cluster-address': `gcomm://${this.#ports.map((port) => `127.0.0.1:${port}`).join(',')}`,
        'wsrep-node-name': `node${index + 1}`,
        'wsrep-node-address': `127.0.0.1:${this.#ports[index]}`,
        'wsrep-sst-receive-address': `127.0.0.1:${this.#transfers[index]}`,
        'wsrep-provider-options': `base_port=${this.#ports[index]};gmcast.listen_addr=tcp://127.0.0.1:${this.#ports[index]};ist.recv_addr=127.0.0.1:${incremental};gcache.size=32M;pc.recovery=no`,
      },
      flags,
    );
  }

  async remove(): Promise<void> {
    for (const node of [...this.nodes].reverse()) await node.remove();
  }
}
