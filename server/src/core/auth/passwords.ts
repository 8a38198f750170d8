import { hash, verify, type Options } from '@node-rs/argon2';
import { createBoundedQueue } from './bounded-queue.ts';

// argon2id with the first of the parameter sets of the OWASP Password Storage Cheat Sheet; about 10 ms and 19 MiB each.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;
const currentForm = '$argon2id$v=19$m=19456,t=2,p=1$';
/** Of no password: checking against it takes the time of a real one. */
const nobodysHash = `${currentForm}${'A'.repeat(22)}$${'A'.repeat(43)}`;

const maxAtOnce = 2;
const maxWaiting = 32;

export interface Passwords {
  /** Rejects with `overloaded` when a check asked for now would be refused. */
  assertRoom(): void;
  /** In PHC form. */
  hash(password: string): Promise<string>;
  /** For an unknown user `phc` is undefined: false, after the same time. Rejects with `overloaded`. */
  verify(password: string, phc: string | undefined): Promise<boolean>;
  /** Whether the hash was made with older parameters. */
  isOutdated(phc: string): boolean;
}

/** Hashes passwords outside the event loop, few at once, so that a flood of logins leaves the machine usable. */
export function createPasswords(): Passwords {
  const queue = createBoundedQueue({ atOnce: maxAtOnce, waiting: maxWaiting });
  return {
    assertRoom: () => queue.assertRoom(),
    hash: (password) => queue.run(() => hash(normalize(password), parameters)),
    verify: (password, phc) => queue.run(() => verify(phc ?? nobodysHash, normalize(password))),
    isOutdated: (phc) => !phc.startsWith(currentForm),
  };
}

/** The same letters may arrive composed or decomposed, depending on the keyboard. */
function normalize(password: string): string {
  return password.normalize('NFC');
}
