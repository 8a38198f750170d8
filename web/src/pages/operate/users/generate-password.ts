/** Without those that look alike when somebody reads them out. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 5;

/** About 99 bits, such as `k7fqa-wd3hm-9xpte-r2cvb`. */
export function generatePassword(): string {
  return Array.from({ length: groups }, () => Array.from({ length: groupLength }, randomLetter).join('')).join('-');
}

/** Bytes beyond the last whole round are passed over, so that every letter is as likely. */
function randomLetter(): string {
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
  const wholeRounds = Math.floor(256 / letters.length) * letters.length;
  return byte < wholeRounds ? letters.charAt(byte % letters.length) : randomLetter();
}
