const form = /^sha256[:-](?<hex>[0-9a-f]{64})$/i;

/** `sha256:` and 64 small hexadecimal digits, of the ways clients write it; undefined for what is no digest. */
export function parseDigest(text: string): string | undefined {
  const hex = form.exec(text)?.groups?.['hex'];
  return hex === undefined ? undefined : `sha256:${hex.toLowerCase()}`;
}

/** The hexadecimal digits of a digest. */
export function digestHex(digest: string): string {
  return digest.slice('sha256:'.length);
}
