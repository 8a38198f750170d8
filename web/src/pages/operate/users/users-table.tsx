import type { User } from '@billumy/protocol';
import { useMe } from '../../../api/session-context.tsx';
import { IconButton } from '../../../components/button.tsx';
import { DataTable, type Column } from '../../../components/data-table.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { formatTime } from '../../../texts/formats.ts';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';

/** What is to be done to a user. */
export type UserDeed = { deed: 'change' | 'password' | 'remove'; user: User };

export interface UsersTableProps {
  users: readonly User[];
  onDeed(deed: UserDeed): void;
}

export function UsersTable({ users, onDeed }: UsersTableProps) {
  const { users: texts, roles } = useTexts(accountTexts);
  const { sections } = useTexts(operateTexts);
  const me = useMe();
  const locale = localeOf[useLanguage().language];
  const columns: readonly Column<User>[] = [
    {
      name: 'username',
      title: texts.username,
      render: ({ id, username }) => (id === me.user_id ? `${username} (${texts.you})` : username),
    },
    { name: 'role', title: texts.role, render: ({ role }) => roles[role] },
    { name: 'groups', title: texts.groups, render: ({ groups }) => (groups.length === 0 ? '—' : groups.join(', ')) },
    {
      name: 'state',
      title: texts.state,
      render: ({ disabled }) => (
        <StateBadge tone={disabled ? 'quiet' : 'good'}>{disabled ? texts.disabled : texts.active}</StateBadge>
      ),
    },
    { name: 'created', title: texts.created, render: ({ created_at: at }) => formatTime(at, locale) },
    {
      name: 'actions',
      title: texts.actions,
      kind: 'actions',
      render: (user) => <Actions user={user} isOneself={user.id === me.user_id} onDeed={onDeed} />,
    },
  ];
  return <DataTable caption={sections.users} columns={columns} rows={users} keyOf={({ id }) => id} />;
}

interface ActionsProps {
  user: User;
  isOneself: boolean;
  onDeed(deed: UserDeed): void;
}

/** Nobody ends their own account by mistake; one's own password takes the current one. */
function Actions({ user, isOneself, onDeed }: ActionsProps) {
  const texts = useTexts(accountTexts).users;
  const button = (deed: UserDeed['deed'], icon: 'edit' | 'lock' | 'remove', label: string) => (
    <IconButton icon={icon} label={label} onClick={() => onDeed({ deed, user })} />
  );
  return (
    <div className="row-actions">
      {button('change', 'edit', texts.change(user.username))}
      {!isOneself && button('password', 'lock', texts.resetPassword(user.username))}
      {!isOneself && button('remove', 'remove', texts.remove(user.username))}
    </div>
  );
}
