import { useQuery } from '@tanstack/react-query';
import { collectionsQuery } from '../../api/collections-query.ts';
import { useConnection } from '../../api/session-context.tsx';
import { Icon } from '../../components/icon.tsx';
import { Menu } from '../../components/menu.tsx';
import { askTexts } from '../../texts/ask.ts';
import { useTexts } from '../../texts/translated.ts';

export interface CollectionChoiceProps {
  /** Empty: all of them. */
  value: readonly string[];
  onChange(value: readonly string[]): void;
}

/** Which collections answers come from. */
export function CollectionChoice({ value, onChange }: CollectionChoiceProps) {
  const texts = useTexts(askTexts).composer;
  const { data: collections = [] } = useQuery(collectionsQuery(useConnection()));
  const label = value.length === 0 ? texts.allCollections : texts.someCollections(value.length);
  return (
    <Menu
      className="composer-menu"
      label={`${texts.collections}: ${label}`}
      trigger={
        <>
          <Icon name="documents" />
          <span>{label}</span>
        </>
      }
    >
      {() => (
        <fieldset className="checks">
          <legend>{texts.collections}</legend>
          {collections.length === 0 && <p>{texts.noCollections}</p>}
          {collections.map(({ name, documents }) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={value.includes(name)}
                onChange={(event) =>
                  onChange(event.target.checked ? [...value, name] : value.filter((each) => each !== name))
                }
              />
              <span>{name}</span>
              <span className="checks-detail">{texts.documentCount(documents)}</span>
            </label>
          ))}
        </fieldset>
      )}
    </Menu>
  );
}
