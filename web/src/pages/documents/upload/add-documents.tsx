import { useCallback, useRef, useState } from 'react';
import { useDrop } from '../../../browser/use-drop.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { Icon } from '../../../components/icon.tsx';
import { documentTexts } from '../../../texts/documents.ts';
import { useTexts } from '../../../texts/translated.ts';
import { chosenFiles, droppedFiles, type DroppedFile } from './dropped-files.ts';
import { useUploads } from './use-uploads.ts';

/** As the service names collections. */
const collectionPattern = '[a-z0-9][a-z0-9_\\-]{0,63}';

/** Where files and folders are dropped or chosen, with the collection they go to and who may read them. */
export function AddDocuments({ collections }: { collections: readonly string[] }) {
  const texts = useTexts(documentTexts).upload;
  const { uploads } = useUploads();
  const [collection, setCollection] = useState('');
  const [groups, setGroups] = useState('');
  const area = useRef<HTMLElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const add = useCallback(
    (added: readonly DroppedFile[]): void =>
      uploads.add(added, {
        collection: collection === '' ? undefined : collection,
        groups: groups
          .split(',')
          .map((group) => group.trim())
          .filter((group) => group !== ''),
      }),
    [uploads, collection, groups],
  );
  const drop = useCallback((transfer: DataTransfer) => void droppedFiles(transfer).then(add), [add]);
  const isOver = useDrop(area, drop);
  const choose = (input: HTMLInputElement): void => {
    if (input.files !== null) add(chosenFiles(input.files));
    // The same file may be chosen again.
    input.value = '';
  };

  return (
    <section ref={area} className={`panel drop ${isOver ? 'over' : ''}`} aria-label={texts.add}>
      <div className="drop-target">
        <Icon name="upload" />
        <p>{texts.drop}</p>
        <p className="drop-formats">{texts.formats}</p>
        <div className="drop-actions">
          <Button variant="primary" onClick={() => files.current?.click()}>
            {texts.chooseFiles}
          </Button>
          <Button onClick={() => folder.current?.click()}>{texts.chooseFolder}</Button>
        </div>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={texts.chooseFiles}
          onChange={(event) => choose(event.currentTarget)}
        />
        <input
          ref={folder}
          type="file"
          multiple
          hidden
          webkitdirectory=""
          aria-label={texts.chooseFolder}
          onChange={(event) => choose(event.currentTarget)}
        />
      </div>
      <div className="drop-options">
        <Field label={texts.collection} hint={texts.collectionHint}>
          {(control) => (
            <>
              <input
                {...control}
                list="collections"
                pattern={collectionPattern}
                placeholder="default"
                value={collection}
                onChange={(event) => setCollection(event.target.value.toLowerCase())}
              />
              <datalist id="collections">
                {collections.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field label={texts.groups} hint={texts.groupsHint}>
          {(control) => <input {...control} value={groups} onChange={(event) => setGroups(event.target.value)} />}
        </Field>
      </div>
    </section>
  );
}
