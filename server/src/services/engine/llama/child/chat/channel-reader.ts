import type { Tool } from '../../../../../models/language-model.ts';
import type { CallFormat } from './call-format.ts';
import type { OutputReader, ReadPart } from './chat-form.ts';
import { unfinished } from './overlap.ts';
import { parseCalls } from './parse-calls.ts';

const channel = '<|channel|>';
const message = '<|message|>';
const start = '<|start|>';
const ends = ['<|end|>', '<|call|>', '<|return|>', start];
const headerBeginnings = [channel, start, 'to='];

/** Special tokens of the channels, which `createChannelReader` must see. */
export const channelTokens: readonly string[] = [channel, message, '<|constrain|>', ...ends];

/** Calls of models that speak in channels. */
export const channelCalls: CallFormat = {
  openers: [],
  write: (name) => ({ before: `${channel}commentary to=functions.${name} <|constrain|>json${message}`, after: '' }),
};

/** Whether a template writes each message in a channel, as that of gpt-oss does. */
export function usesChannels(template: string): boolean {
  return template.includes(channel) && template.includes(message);
}

/**
 * Reads the messages of a model that thinks in the channel `analysis`, calls functions by a header that names them, and
 * speaks in all other channels. Source: the Harmony response format of OpenAI.
 */
export function createChannelReader(tools: readonly Tool[]): OutputReader {
  let state: 'header' | 'body' = 'header';
  let kind: 'text' | 'thinking' | 'call' = 'text';
  let name = '';
  let header = '';
  let held = '';
  let parts: ReadPart[] = [];

  /** Both return whether there is more to do. */
  function readHeader(): boolean {
    const end = held.indexOf(message);
    if (end === -1) {
      if (mayBeHeader(held)) return false;
      open('');
      return true;
    }
    open(held.slice(0, end));
    held = held.slice(end + message.length);
    return true;
  }

  function open(written: string): void {
    header = written;
    name = /\bto=functions\.([^\s<]+)/.exec(written)?.[1] ?? '';
    if (name !== '') kind = 'call';
    else kind = written.includes(`${channel}analysis`) ? 'thinking' : 'text';
    state = 'body';
  }

  function readBody(): boolean {
    const place = ends.map((end) => held.indexOf(end)).filter((found) => found !== -1);
    if (place.length > 0) {
      const end = Math.min(...place);
      close(held.slice(0, end));
      held = held.slice(end).replace(/^<\|(?:end|call|return)\|>/, '');
      return true;
    }
    if (kind !== 'call') {
      const shown = held.length - unfinished(held, ends);
      say(held.slice(0, shown));
      held = held.slice(shown);
    }
    return false;
  }

  function close(body: string): void {
    state = 'header';
    if (kind !== 'call') return say(body);
    const calls = parseCalls(`{"name": ${JSON.stringify(name)}, "arguments": ${body}}`, tools);
    if (calls !== undefined) parts.push(...calls.map((call): ReadPart => ({ type: 'tool-call', call })));
    else parts.push({ type: 'text', text: header + message + body });
  }

  function say(text: string): void {
    if (text !== '') parts.push({ type: kind === 'thinking' ? 'thinking' : 'text', text });
  }

  function taken(): readonly ReadPart[] {
    const said = parts;
    parts = [];
    return said;
  }

  return {
    push(text) {
      held += text;
      while (held !== '' && (state === 'header' ? readHeader() : readBody()));
      return taken();
    },
    end() {
      if (state === 'body') close(held);
      else if (!held.trimStart().startsWith(start))
        parts.push(...(held === '' ? [] : [{ type: 'text' as const, text: held }]));
      held = '';
      return taken();
    },
  };
}

function mayBeHeader(text: string): boolean {
  const written = text.trimStart();
  return headerBeginnings.some((beginning) => written.startsWith(beginning) || beginning.startsWith(written));
}
