import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { everyone, groupReader, userReader, type PassageFilter } from '../../models/passage-filter.ts';
import type { EndUser, Principal } from '../../models/principal.ts';

/**
 * What a principal may see, as the filter of every query. For an end user a backend acts for, only what that person may
 * see: the rights of the backend's own account do not count then.
 * Rejects with `forbidden` when collections outside the key's are asked for, `scope_missing` without `act_as`.
 */
export function permittedPassages(
  principal: Principal,
  { collections, actAs }: { collections?: readonly string[] | undefined; actAs?: EndUser | undefined } = {},
): PassageFilter {
  return { collections: permittedCollections(principal, collections), readers: readersOf(principal, actAs) };
}

function permittedCollections(principal: Principal, asked: readonly string[] | undefined): readonly string[] | null {
  if (asked === undefined) return principal.collections;
  const refused = asked.find((name) => principal.collections !== null && !principal.collections.includes(name));
  if (refused === undefined) return asked;
  throw new AppError('forbidden', { detail: told`This key may not use the collection "${refused}".` });
}

function readersOf(principal: Principal, actAs: EndUser | undefined): readonly string[] | null {
  if (actAs !== undefined) {
    if (!principal.scopes.includes('act_as')) {
      throw new AppError('scope_missing', { detail: told`This token lacks the scope "act_as".` });
    }
    return [everyone, userReader(actAs.user), ...actAs.groups.map(groupReader)];
  }
  if (principal.role === 'admin') return null;
  return [everyone, userReader(principal.username), ...principal.groups.map(groupReader)];
}
