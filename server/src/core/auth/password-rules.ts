import { AppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import { commonPasswords } from './common-passwords.ts';

export const minPasswordLength = 12;
export const maxPasswordLength = 256;
const minDistinctCharacters = 5;
const minBesideUsername = 8;

/**
 * Rejects with `invalid_request` a password that is too short or among the first that an attacker tries. There are no
 * composition rules: they make passwords harder to remember, not to guess (NIST SP 800-63B-4, 3.1.1.2).
 */
export function checkNewPassword(password: string, username: string): void {
  const fault = findFault(password.normalize('NFC'), username);
  if (fault === undefined) return;
  throw new AppError('invalid_request', {
    detail: told`Choose another password: see "issues".`,
    issues: [{ path: 'password', message: fault }],
  });
}

function findFault(password: string, username: string): Told | undefined {
  if (Array.from(password).length < minPasswordLength) return told`must have at least ${minPasswordLength} characters`;
  if (password.length > maxPasswordLength) return told`must have at most ${maxPasswordLength} characters`;
  const folded = password.toLowerCase();
  if (commonPasswords.has(folded)) return told`is one of the most common passwords`;
  if (new Set(folded).size < minDistinctCharacters) return told`repeats too few different characters`;
  if (isRepeated(folded) || isSequence(folded)) return told`is a repetition or a sequence that is easy to guess`;
  const withoutName = folded.replaceAll(username.toLowerCase(), '');
  if (withoutName !== folded && withoutName.length < minBesideUsername) return told`is mostly the user name`;
  return undefined;
}

/** `abc1abc1abc1`: found again inside itself doubled, before its end. */
function isRepeated(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}

/** `abcdefghijkl` and `987654321098`: nearly every character is the neighbour of the one before. */
function isSequence(text: string): boolean {
  const steps = Array.from(
    { length: text.length - 1 },
    (_, index) => text.charCodeAt(index + 1) - text.charCodeAt(index),
  );
  return [1, -1].some((step) => steps.filter((taken) => taken === step).length >= steps.length - 1);
}
