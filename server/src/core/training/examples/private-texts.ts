import { isCardNumber, isCnpj, isCpf } from '../../text/check-digits.ts';
import { told, type Told } from '../../../errors/told.ts';

/** What a text holds that a model should not learn by heart. */
export interface PrivateText {
  kind: 'secret' | 'personal' | 'contact';
  /** What it looks like, for people. */
  name: Told;
}

interface Pattern extends PrivateText {
  /** Every repetition in it is bounded: it takes time in proportion to the text. */
  form: RegExp;
  /** Of what was found, letters and digits only. */
  isReal?(characters: string): boolean;
}

const secret = (name: Told, form: RegExp): Pattern => ({ kind: 'secret', name, form });

const patterns: readonly Pattern[] = [
  secret(told`a private key`, /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g),
  secret(told`a password in an address`, /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,100}:[^\s/@]{1,200}@/gi),
  secret(told`a signed token`, /\beyJ[\w-]{8,500}\.eyJ[\w-]{8,4000}\.[\w-]{8,}/g),
  secret(told`a key of AWS`, /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g),
  secret(told`a token of GitHub`, /\b(?:gh[pousr]_[0-9A-Za-z]{30,255}|github_pat_\w{30,255})\b/g),
  secret(told`a token of Slack`, /\bxox[abeoprs]-[0-9A-Za-z-]{10,255}/g),
  secret(told`a key of Google`, /\bAIza[\w-]{35}/g),
  secret(told`a key of Stripe`, /\b[rs]k_(?:live|test)_[0-9A-Za-z]{16,255}/g),
  secret(told`an API key`, /\bsk-(?:[a-z0-9]{2,10}-){0,3}[\w-]{20,255}/gi),
  secret(told`an API key`, /\bbil_[0-9a-f]{16}_[\w-]{20,255}/g),
  {
    kind: 'personal',
    name: told`the number of a payment card`,
    form: /\b[2-6](?:[ -]?\d){12,18}\b/g,
    isReal: isCardNumber,
  },
  { kind: 'personal', name: told`a CPF`, form: /\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b/g, isReal: isCpf },
  {
    kind: 'personal',
    name: told`a CNPJ`,
    form: /\b[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}\/?[0-9A-Z]{4}-?\d{2}\b/g,
    isReal: isCnpj,
  },
  { kind: 'contact', name: told`an e-mail address`, form: /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b/g },
  { kind: 'contact', name: told`a telephone number`, form: /(?:\+\d{1,3}[ -]?)?\(\d{2,3}\) ?\d{4,5}[ -]?\d{4}\b/g },
  { kind: 'contact', name: told`a telephone number`, form: /\+\d{1,3}(?:[ -]?\d{2,5}){2,4}\b/g },
];

/** The kinds of secrets and personal data in a text, each once. */
export function findPrivateTexts(text: string): PrivateText[] {
  const found = patterns.filter(({ form, isReal }) =>
    [...text.matchAll(form)].some(([match]) => isReal?.(match.replaceAll(/[^0-9A-Z]/g, '')) ?? true),
  );
  return [...new Map(found.map(({ kind, name }) => [name.template, { kind, name }])).values()];
}
