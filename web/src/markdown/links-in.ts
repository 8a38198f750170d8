const address = /https?:\/\/[^\s<>"'`)\]}]+/g;
const ending = /[.,;:!?]+$/;

/** The web addresses that texts contain, as they stand there. */
export function linksIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(
    texts
      .flatMap((text) => [...text.matchAll(address)].map(([found]) => found.replace(ending, '')))
      .filter(isWebAddress),
  );
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '';
}
