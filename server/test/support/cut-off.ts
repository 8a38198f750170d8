import { expect } from 'vitest';
import { AppError } from '../../src/errors/app-error.ts';
import { openMongo, type MongoConnection } from '../../src/db/mongodb/connection.ts';
import { openMongoGate } from './mongo-gate.ts';

export interface CutOff<T> {
  database: string;
  /** Opens what is to be cut off. */
  open(connection: MongoConnection): T;
  /** Called again and again, with 1, 2, 3, …; what it rejects with must be an error of the product. */
  attempt(opened: T, number: number): Promise<unknown>;
  /** Looks at what each attempt left. */
  check(number: number): Promise<void>;
}

/**
 * Cuts an attempt off from MongoDB after its first command, the next one after its second, and so on, until one goes
 * through. How many were cut off is how many commands one needs.
 */
export async function cutOffEverywhere<T extends AsyncDisposable>(options: CutOff<T>): Promise<number> {
  for (let number = 1; ; number += 1) {
    const wasCutOff = await cutOff(options, number);
    await options.check(number);
    if (!wasCutOff) return number - 1;
  }
}

async function cutOff<T extends AsyncDisposable>(
  { database, open, attempt }: CutOff<T>,
  number: number,
): Promise<boolean> {
  let wasCutOff = false;
  await using gate = await openMongoGate();
  await using connection = openMongo({ url: gate.url, database });
  await using opened = open(connection);
  // After this, what it does in the background when it is opened is done, too.
  await connection.check();
  await connection.check();
  gate.arm({
    commands: number,
    closing() {
      wasCutOff = true;
      // Otherwise it would look for the server for some seconds.
      void connection[Symbol.asyncDispose]();
    },
  });
  const failure: unknown = await attempt(opened, number).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (wasCutOff) expect(failure).toBeInstanceOf(AppError);
  else expect(failure).toBeUndefined();
  return wasCutOff;
}
