import type { Persona } from '@billumy/protocol';
import { IconButton } from '../../../components/button.tsx';
import { DataTable, type Column } from '../../../components/data-table.tsx';
import { operateTexts } from '../../../texts/operate.ts';
import { personaTexts } from '../../../texts/personas.ts';
import { useTexts } from '../../../texts/translated.ts';

/** What is to be done to a persona. */
export type PersonaDeed = { deed: 'change' | 'copy'; persona: Persona } | { deed: 'remove'; persona: Persona };

export interface PersonasTableProps {
  personas: readonly Persona[];
  onDeed(deed: PersonaDeed): void;
}

export function PersonasTable({ personas, onDeed }: PersonasTableProps) {
  const texts = useTexts(personaTexts);
  const { sections } = useTexts(operateTexts);
  const columns: readonly Column<Persona>[] = [
    {
      name: 'name',
      title: texts.name,
      render: ({ name, built_in: isBuiltIn }) => (
        <>
          <span className="code persona-name">{name}</span>{' '}
          {isBuiltIn && <span className="badge">{texts.builtIn}</span>}
        </>
      ),
    },
    { name: 'base', title: texts.base, render: ({ base }) => base ?? texts.automatic },
    { name: 'system', title: texts.system, render: ({ system }) => <FirstWords text={system} /> },
    { name: 'knowledge', title: texts.knowledge, render: ({ knowledge }) => <Sources knowledge={knowledge} /> },
    {
      name: 'actions',
      title: texts.actions,
      kind: 'actions',
      render: (persona) => <Actions persona={persona} onDeed={onDeed} />,
    },
  ];
  return <DataTable caption={sections.personas} columns={columns} rows={personas} keyOf={({ name }) => name} />;
}

/** Instructions may be a page long: the dialog shows them whole. */
function FirstWords({ text }: { text: string | null }) {
  if (text === null) return '—';
  return <span className="persona-words">{text}</span>;
}

function Sources({ knowledge }: Pick<Persona, 'knowledge'>) {
  const texts = useTexts(personaTexts);
  if (knowledge === null) return '—';
  return knowledge.collections?.join(', ') ?? texts.fromAll;
}

interface ActionsProps {
  persona: Persona;
  onDeed(deed: PersonaDeed): void;
}

function Actions({ persona, onDeed }: ActionsProps) {
  const texts = useTexts(personaTexts);
  const button = (deed: PersonaDeed['deed'], icon: 'edit' | 'copy' | 'remove', label: string) => (
    <IconButton icon={icon} label={label} onClick={() => onDeed({ deed, persona })} />
  );
  return (
    <div className="row-actions">
      {button('change', 'edit', texts.change(persona.name))}
      {button('copy', 'copy', texts.copy(persona.name))}
      {!persona.built_in && button('remove', 'remove', texts.remove(persona.name))}
    </div>
  );
}
