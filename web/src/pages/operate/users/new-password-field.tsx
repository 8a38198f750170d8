import { useState } from 'react';
import { Button, IconButton } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { loginTexts } from '../../../texts/login.ts';
import { useTexts } from '../../../texts/translated.ts';
import { generatePassword } from './generate-password.ts';

/** A password for somebody else: typed, or made and shown so that it can be handed over. */
export function NewPasswordField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const texts = useTexts(accountTexts).users;
  const { show, hide } = useTexts(loginTexts);
  const [isShown, setShown] = useState(false);
  const generate = (): void => {
    onChange(generatePassword());
    setShown(true);
  };
  return (
    <Field label={texts.password} hint={texts.passwordHint}>
      {(control) => (
        <div className="password-row">
          <div className="input-with-button">
            <input
              {...control}
              type={isShown ? 'text' : 'password'}
              autoComplete="new-password"
              spellCheck={false}
              maxLength={256}
              value={value}
              onChange={({ target }) => onChange(target.value)}
            />
            <IconButton
              icon="eye"
              label={isShown ? hide : show}
              aria-pressed={isShown}
              onClick={() => setShown(!isShown)}
            />
          </div>
          <Button onClick={generate}>{texts.generate}</Button>
        </div>
      )}
    </Field>
  );
}
