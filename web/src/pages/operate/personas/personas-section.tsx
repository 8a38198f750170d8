import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useConnection } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Loading } from '../../../components/loading.tsx';
import { Section } from '../../../components/section.tsx';
import { operateTexts } from '../../../texts/operate.ts';
import { personaTexts } from '../../../texts/personas.ts';
import { useTexts } from '../../../texts/translated.ts';
import { personasQuery } from '../operate-queries.ts';
import { PersonaDialog } from './persona-dialog.tsx';
import { PersonasTable, type PersonaDeed } from './personas-table.tsx';
import { RemovePersonaDialog } from './remove-persona-dialog.tsx';

/** The names that answer: made, copied, changed and deleted here. */
export function PersonasSection() {
  const texts = useTexts(personaTexts);
  const title = useTexts(operateTexts).sections.personas;
  const [open, setOpen] = useState<PersonaDeed | { deed: 'create' } | null>(null);
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
      <Personas onDeed={setOpen} />
      {open !== null && open.deed !== 'remove' && <PersonaDialog work={open} onClose={close} />}
      {open?.deed === 'remove' && <RemovePersonaDialog persona={open.persona} onClose={close} />}
    </Section>
  );
}

/** There are always some: those that came with the service. */
function Personas({ onDeed }: { onDeed(deed: PersonaDeed): void }) {
  const texts = useTexts(personaTexts);
  const personas = useQuery(personasQuery(useConnection()));
  if (personas.isPending) return <Loading what={texts.waiting} />;
  if (personas.isError) return <ErrorNotice error={personas.error} onRetry={() => void personas.refetch()} />;
  return <PersonasTable personas={personas.data} onDeed={onDeed} />;
}
