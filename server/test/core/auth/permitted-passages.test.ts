import { describe, expect, it } from 'vitest';
import { permittedPassages } from '../../../src/core/auth/permitted-passages.ts';
import type { PassageFilter } from '../../../src/models/passage-filter.ts';
import type { EndUser, Principal } from '../../../src/models/principal.ts';
import { ana } from '../../support/principals.ts';

const member: Principal = { ...ana, groups: ['vendas'] };
const admin: Principal = {
  ...member,
  username: 'chefe',
  role: 'admin',
  groups: ['direção'],
  scopes: ['ask', 'act_as'],
};
const rui: EndUser = { user: 'rui', groups: ['compras', 'sul'] };

const anaReads = ['everyone', 'user:ana', 'group:vendas'];
const ruiReads = ['everyone', 'user:rui', 'group:compras', 'group:sul'];
const limited = (principal: Principal): Principal => ({ ...principal, keyId: 'k', collections: ['a', 'b'] });
const speaking = (principal: Principal): Principal => ({ ...principal, scopes: ['ask', 'act_as'] });

interface Case {
  who: string;
  principal: Principal;
  collections?: readonly string[];
  actAs?: EndUser;
  expected: PassageFilter | { code: string };
}

const cases: Case[] = [
  { who: 'a member', principal: member, expected: { collections: null, readers: anaReads } },
  { who: 'a member', principal: member, collections: ['x'], expected: { collections: ['x'], readers: anaReads } },
  { who: 'a member', principal: member, collections: [], expected: { collections: [], readers: anaReads } },
  { who: 'a member', principal: member, actAs: rui, expected: { code: 'scope_missing' } },
  { who: 'a limited key', principal: limited(member), expected: { collections: ['a', 'b'], readers: anaReads } },
  {
    who: 'a limited key',
    principal: limited(member),
    collections: ['b'],
    expected: { collections: ['b'], readers: anaReads },
  },
  { who: 'a limited key', principal: limited(member), collections: ['b', 'c'], expected: { code: 'forbidden' } },
  {
    who: 'a limited key',
    principal: limited(member),
    collections: [],
    expected: { collections: [], readers: anaReads },
  },
  { who: 'a limited key', principal: limited(member), actAs: rui, expected: { code: 'scope_missing' } },
  {
    who: 'a key of nothing',
    principal: { ...member, collections: [] },
    expected: { collections: [], readers: anaReads },
  },
  {
    who: 'a key of nothing',
    principal: { ...member, collections: [] },
    collections: ['a'],
    expected: { code: 'forbidden' },
  },
  { who: 'a speaking member', principal: speaking(member), expected: { collections: null, readers: anaReads } },
  {
    who: 'a speaking member',
    principal: speaking(member),
    actAs: rui,
    expected: { collections: null, readers: ruiReads },
  },
  {
    who: 'a speaking key',
    principal: limited(speaking(member)),
    actAs: rui,
    expected: { collections: ['a', 'b'], readers: ruiReads },
  },
  {
    who: 'a speaking key',
    principal: limited(speaking(member)),
    actAs: rui,
    collections: ['c'],
    expected: { code: 'forbidden' },
  },
  { who: 'an administrator', principal: admin, expected: { collections: null, readers: null } },
  { who: 'an administrator', principal: admin, collections: ['x'], expected: { collections: ['x'], readers: null } },
  { who: 'an administrator', principal: admin, actAs: rui, expected: { collections: null, readers: ruiReads } },
  { who: 'an administrator’s key', principal: limited(admin), expected: { collections: ['a', 'b'], readers: null } },
  { who: 'an administrator’s key', principal: limited(admin), collections: ['c'], expected: { code: 'forbidden' } },
  {
    who: 'an administrator’s key',
    principal: limited(admin),
    actAs: rui,
    collections: ['a'],
    expected: { collections: ['a'], readers: ruiReads },
  },
  {
    who: 'an administrator without act_as',
    principal: { ...admin, scopes: ['ask'] },
    actAs: rui,
    expected: { code: 'scope_missing' },
  },
];

describe('permitted passages', () => {
  it.each(cases.filter(({ expected }) => !('code' in expected)))(
    'of $who asking for $collections as $actAs.user',
    ({ principal, collections, actAs, expected }) => {
      expect(permittedPassages(principal, { collections, actAs })).toEqual(expected);
    },
  );

  it.each(cases.filter(({ expected }) => 'code' in expected))(
    'are refused to $who asking for $collections as $actAs.user',
    ({ principal, collections, actAs, expected }) => {
      expect(() => permittedPassages(principal, { collections, actAs })).toThrow(expect.objectContaining(expected));
    },
  );

  it('do not let an end user pass for a group, another kind of reader or everyone', () => {
    const hostile = { user: 'group:direção', groups: ['everyone', 'user:chefe', ''] };
    const { readers } = permittedPassages(admin, { actAs: hostile });
    expect(readers).toEqual(['everyone', 'user:group:direção', 'group:everyone', 'group:user:chefe', 'group:']);
  });

  it('give an end user without groups what everyone may see and their own', () => {
    expect(permittedPassages(admin, { actAs: { user: 'rui', groups: [] } }).readers).toEqual(['everyone', 'user:rui']);
  });
});
