import { expect, it } from 'vitest';
import { createRecentMessages } from '../../../src/core/ask/conversation/recent-messages.ts';
import type { Message } from '../../../src/models/conversation.ts';
import { openMemoryCache } from '../../../src/services/cache/memory-cache.ts';
import { sampleAnswer } from '../../support/sample-answer.ts';

const nothing = { turns: 0, messages: [] };

function turn(name: string): [Message, Message] {
  const message = { createdAt: new Date(), rewritten: null, answer: null };
  const answer = sampleAnswer({ id: `ans_${name}`, conversationId: null });
  return [
    { ...message, id: `msg_${name}`, role: 'user', text: `${name}?` },
    { ...message, id: `ans_${name}`, role: 'assistant', text: name, answer },
  ];
}

/** What the store has, and how often it was asked. */
function store(stored: Message[]) {
  const reads: string[] = [];
  return {
    reads,
    async messages(id: string, limit: number) {
      reads.push(id);
      return stored.slice(-limit).map((message) => ({ ...message, rating: null }));
    },
  };
}

it('another service goes on with a conversation without reading it again', async () => {
  const cache = openMemoryCache({ now: Date.now });
  const stored = [...turn('a'), ...turn('b')];
  const conversations = store(stored);
  const one = createRecentMessages(conversations, cache);
  const other = createRecentMessages(conversations, cache);
  await one.note({ id: 'con_1', place: 1, messages: turn('a') }, nothing);
  const afterOne = await other.read({ id: 'con_1', turns: 1 });
  expect(afterOne.messages.map(({ text }) => text)).toEqual(['a?', 'a']);
  await other.note({ id: 'con_1', place: 2, messages: turn('b') }, afterOne);
  const kept = await one.read({ id: 'con_1', turns: 2 });
  expect(conversations.reads).toEqual([]);
  const read = await createRecentMessages(conversations, openMemoryCache({ now: Date.now })).read({
    id: 'con_1',
    turns: 2,
  });
  expect(kept).toEqual(read);
});

it('a turn that came in between is not left out', async () => {
  const conversations = store([...turn('a'), ...turn('x'), ...turn('b')]);
  const recent = createRecentMessages(conversations, openMemoryCache({ now: Date.now }));
  await recent.note({ id: 'con_1', place: 1, messages: turn('a') }, nothing);
  const before = await recent.read({ id: 'con_1', turns: 1 });
  // `x` of another service took the second place.
  await recent.note({ id: 'con_1', place: 3, messages: turn('b') }, before);
  const { messages } = await recent.read({ id: 'con_1', turns: 3 });
  expect(messages.map(({ text }) => text)).toEqual(['a?', 'a', 'x?', 'x', 'b?', 'b']);
  expect(conversations.reads).toEqual(['con_1']);
});

it('keeps the last twelve messages', async () => {
  const recent = createRecentMessages(store([]), openMemoryCache({ now: Date.now }));
  let window = await recent.read({ id: 'con_1', turns: 0 });
  for (let place = 1; place <= 9; place += 1) {
    await recent.note({ id: 'con_1', place, messages: turn(String(place)) }, window);
    window = await recent.read({ id: 'con_1', turns: place });
  }
  expect(window.messages.filter(({ role }) => role === 'user').map(({ text }) => text)).toEqual([
    '4?',
    '5?',
    '6?',
    '7?',
    '8?',
    '9?',
  ]);
});
