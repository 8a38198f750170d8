import { refuse } from './refusal.ts';

const dataUrl = /^data:(?:image\/[\w.+-]{1,64})?;base64,/i;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

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
  if (!base64.test(data) || data.replace(/=+$/, '').length % 4 === 1) throw refuse(param, 'invalid image input');
  return data;
}
