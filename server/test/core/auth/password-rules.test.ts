import { describe, expect, it } from 'vitest';
import { checkNewPassword } from '../../../src/core/auth/password-rules.ts';
import type { AppError } from '../../../src/errors/app-error.ts';
import { inEnglish } from '../../../src/errors/told.ts';

const refusal = (password: string, username = 'mariana'): string | undefined => {
  try {
    checkNewPassword(password, username);
    return undefined;
  } catch (error) {
    return inEnglish((error as AppError).issues[0]!.message);
  }
};

describe('password rules', () => {
  it.each([
    'correto cavalo bateria',
    'ção é ótima às seis',
    'aaaa bbbb cccc dddd eeee',
    '            um começo de espaços',
    '7391648205927461',
    'mariana gosta de pão na chapa',
    '🐎🔋🐎📎🎲🌻🍞☕🚲🌧🎈🧭',
    'x7'.repeat(2) + 'longo o bastante'.repeat(15),
  ])('take %j', (password) => {
    expect(refusal(password)).toBeUndefined();
  });

  it.each([
    ['', 'must have at least 12 characters'],
    ['onze letras', 'must have at least 12 characters'],
    ['🐎🔋🐎📎🎲🌻🍞☕🚲🌧🎈', 'must have at least 12 characters'],
    [`${'ab c'.repeat(64)}x`, 'must have at most 256 characters'],
    ['Password1234', 'is one of the most common passwords'],
    ['SENHASECRETA', 'is one of the most common passwords'],
    ['aaaaaaaaaaaaaaaa', 'repeats too few different characters'],
    ['1212121212121', 'repeats too few different characters'],
    ['senha1senha1senha1', 'is a repetition or a sequence that is easy to guess'],
    ['abcdefghijklm', 'is a repetition or a sequence that is easy to guess'],
    ['9876543210987', 'is a repetition or a sequence that is easy to guess'],
    ['Mariana12345', 'is mostly the user name'],
    ['marianaMARIANA', 'is a repetition or a sequence that is easy to guess'],
  ])('refuse %j: %s', (password, reason) => {
    expect(refusal(password)).toBe(reason);
  });

  it('count letters the same, composed or not', () => {
    expect(refusal('ãéíõúàâêôüçñ'.normalize('NFC'))).toBeUndefined();
    expect(refusal('ãéíõúàâêôüç'.normalize('NFD'))).toBe('must have at least 12 characters');
  });
});
