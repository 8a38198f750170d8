import type { CreatedApiKey } from '@billumy/protocol';
import { Button } from '../../../components/button.tsx';
import { CopyField } from '../../../components/copy-field.tsx';
import { Icon } from '../../../components/icon.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { useTexts } from '../../../texts/translated.ts';

/** The one time that a key is shown. */
export function CreatedKey({ created, onClose }: { created: CreatedApiKey; onClose(): void }) {
  const texts = useTexts(accountTexts).keys;
  return (
    <div className="form">
      <div className="notice warning" role="status">
        <Icon name="warning" />
        <p className="notice-body">{texts.createdDetail}</p>
      </div>
      <CopyField label={texts.secret} text={created.key} />
      <div>
        <p className="quiet">{texts.example}</p>
        <pre className="key-example">
          {`curl ${window.location.origin}/v1/models -H "Authorization: Bearer ${created.key}"`}
        </pre>
      </div>
      <div className="dialog-actions">
        <Button variant="primary" onClick={onClose}>
          {texts.done}
        </Button>
      </div>
    </div>
  );
}
