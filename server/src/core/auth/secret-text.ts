import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

const secretBytes = 32;

/** 256 random bits as 43 characters. */
export function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url');
}

/** SHA-256, hex. Enough for secrets of 256 random bits: nobody can try them all, however fast the hash. */
export function sha256(text: string): string {
  return hash('sha256', text);
}

/** Compares two hex digests of the same length in a time that says nothing about them. */
export function sameDigest(first: string, second: string): boolean {
  return timingSafeEqual(Buffer.from(first, 'hex'), Buffer.from(second, 'hex'));
}
