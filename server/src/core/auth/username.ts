import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';

const form = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@+-]{0,63}$/u;

/** The one spelling of a user name: users type it with any capitals, composed or not. */
export function canonicalUsername(username: string): string {
  return username.normalize('NFKC').toLowerCase();
}

/** Rejects with `invalid_request` what would not be told apart from other names, or not be a name at all. */
export function checkNewUsername(username: string): void {
  if (form.test(username)) return;
  throw new AppError('invalid_request', {
    detail: told`Choose another user name: see "issues".`,
    issues: [
      {
        path: 'username',
        message: told`must be 1 to 64 letters, digits and . _ @ + -, starting with a letter or digit`,
      },
    ],
  });
}
