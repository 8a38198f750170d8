const mostAddresses = 64;

/**
 * Addresses of servers, separated by commas; undefined unless each is `http:` or `https:`, without a query or fragment. A
 * user and password may be in them.
 */
export function parseAddresses(text: string): readonly string[] | undefined {
  const urls = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const areWell = urls.length > 0 && urls.length <= mostAddresses && urls.every(isAddress);
  return areWell ? [...new Set(urls.map((url) => new URL(url).href))] : undefined;
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, hostname } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && search === '' && hash === '' && hostname !== '';
}
