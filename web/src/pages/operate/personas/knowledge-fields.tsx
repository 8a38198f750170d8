import { useQuery } from '@tanstack/react-query';
import { collectionsQuery } from '../../../api/collections-query.ts';
import { useConnection } from '../../../api/session-context.tsx';
import { Checks } from '../../../components/checks.tsx';
import { Choice } from '../../../components/choice.tsx';
import { personaTexts } from '../../../texts/personas.ts';
import { useTexts } from '../../../texts/translated.ts';
import type { KnowledgeSource, PersonaDraftProps } from './persona-draft.ts';

const sources: readonly KnowledgeSource[] = ['none', 'all', 'some'];

/** Whether a persona answers from documents, and from which. */
export function KnowledgeFields({ draft, onChange }: PersonaDraftProps) {
  const texts = useTexts(personaTexts);
  return (
    <>
      <Choice
        label={texts.knowledge}
        options={sources.map((value) => ({ value, label: texts.sources[value] }))}
        value={draft.source}
        onChange={(source) => onChange({ source })}
      />
      {draft.source !== 'none' && <p className="field-hint">{texts.allHint}</p>}
      {draft.source === 'some' && <Collections draft={draft} onChange={onChange} />}
    </>
  );
}

/** Those that there are, and those that the persona names although nothing is in them now. */
function Collections({ draft, onChange }: PersonaDraftProps) {
  const texts = useTexts(personaTexts);
  const { data: collections = [] } = useQuery(collectionsQuery(useConnection()));
  const names = [...new Set([...collections.map(({ name }) => name), ...draft.collections])];
  if (names.length === 0) return <p className="field-hint">{texts.noCollections}</p>;
  return (
    <Checks
      label={texts.collections}
      options={names.map((name) => ({ value: name, label: name }))}
      value={draft.collections}
      onChange={(chosen) => onChange({ collections: chosen })}
    />
  );
}
