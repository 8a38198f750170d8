import type { User } from '@billumy/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useConnection } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { PagedList } from '../../../components/paged-list.tsx';
import { Section } from '../../../components/section.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';
import { usersQuery } from '../operate-queries.ts';
import { ChangeUserDialog } from './change-user-dialog.tsx';
import { CreateUserDialog } from './create-user-dialog.tsx';
import { RemoveUserDialog } from './remove-user-dialog.tsx';
import { ResetPasswordDialog } from './reset-password-dialog.tsx';
import { UsersTable, type UserDeed } from './users-table.tsx';

/** Who may log in. */
export function UsersSection() {
  const texts = useTexts(accountTexts).users;
  const title = useTexts(operateTexts).sections.users;
  const users = useInfiniteQuery(usersQuery(useConnection()));
  const [open, setOpen] = useState<UserDeed | { deed: 'create' } | null>(null);
  const close = (): void => setOpen(null);
  return (
    <Section
      title={title}
      lead={texts.lead}
      actions={
        <Button variant="primary" icon="plus" onClick={() => setOpen({ deed: 'create' })}>
          {texts.create}
        </Button>
      }
    >
      {/* There is always one: whoever looks at it. */}
      <PagedList<User> query={users} what={texts.waiting} empty={null}>
        {(items) => <UsersTable users={items} onDeed={setOpen} />}
      </PagedList>
      {open?.deed === 'create' && <CreateUserDialog onClose={close} />}
      {open?.deed === 'change' && <ChangeUserDialog user={open.user} onClose={close} />}
      {open?.deed === 'password' && <ResetPasswordDialog user={open.user} onClose={close} />}
      {open?.deed === 'remove' && <RemoveUserDialog user={open.user} onClose={close} />}
    </Section>
  );
}
