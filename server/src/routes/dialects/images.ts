import { refuse } from './refusal.ts';

const dataUrl = /^data:(?:image\/[\w.+-]{1,64})?;base64,/i;
const outsideAlphabet = /[^A-Za-z0-9+/]/;

/** The base64 of a picture that is inside its address; nothing is ever fetched from elsewhere. */
export function toImage(url: string, param: string): string {
  if (/^https?:/i.test(url)) {
    throw refuse(param, 'image URLs are not currently supported, please use base64 encoded data instead');
  }
  const head = dataUrl.exec(url)?.[0];
  if (head === undefined) throw refuse(param, 'invalid image input');
  return checkedBase64(url.slice(head.length), param);
}

export function checkedBase64(data: string, param: string): string {
  // A pattern for the whole would go back over megabytes, and may run out of room for that.
  const odd = data.search(outsideAlphabet);
  const length = odd === -1 ? data.length : odd;
  const isPadded = ['', '=', '=='].includes(data.slice(length));
  if (length === 0 || !isPadded || length % 4 === 1) throw refuse(param, 'invalid image input');
  return data;
}
