import { openMongo, type MongoConnection } from '../../src/db/mongodb/connection.ts';
import { openFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { mongoUrl, newDatabaseName } from './mongo-backend.ts';

export interface ProxiedMongo extends AsyncDisposable {
  proxy: FaultProxy;
  /** Through the proxy. */
  connection: MongoConnection;
  /** To the same database, past the proxy. */
  direct: MongoConnection;
}

/** A new database behind a proxy with the faults of a network. */
export async function proxiedMongo(): Promise<ProxiedMongo> {
  const { hostname, port, username, password } = new URL(mongoUrl);
  const proxy = await openFaultProxy({ target: { host: hostname, port: Number(port || 27_017) } });
  const login = username === '' ? '' : `${username}:${password}@`;
  const database = newDatabaseName();
  const direct = openMongo({ url: mongoUrl, database });
  // Otherwise a member of a replica set would tell its own address.
  const url = `mongodb://${login}127.0.0.1:${proxy.port}/?directConnection=true`;
  const connection = openMongo({ url, database });
  return {
    proxy,
    connection,
    direct,
    async [Symbol.asyncDispose]() {
      await direct.run((opened) => opened.dropDatabase());
      await Promise.all([connection, direct, proxy].map((opened) => opened[Symbol.asyncDispose]()));
    },
  };
}
