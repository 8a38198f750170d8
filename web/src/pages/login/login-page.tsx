import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useSession } from '../../api/session-context.tsx';
import { Preferences } from '../../components/account-menu.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { loginTexts } from '../../texts/login.ts';
import { useTexts } from '../../texts/translated.ts';

export function LoginPage({ ended }: { ended: boolean }) {
  const texts = useTexts(loginTexts);
  return (
    <main className="login">
      <div className="login-card">
        <div className="brand">
          <Icon name="brand" />
          <span>Billumy</span>
        </div>
        <h1>{texts.title}</h1>
        <p className="login-lead">{ended ? texts.ended : texts.lead}</p>
        <LoginForm />
        <p className="login-help">{texts.help}</p>
      </div>
      <div className="login-preferences">
        <Preferences />
      </div>
    </main>
  );
}

function LoginForm() {
  const texts = useTexts(loginTexts);
  const session = useSession();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ missing: true } | { error: unknown } | null>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (username.trim() === '' || password === '') return setFailure({ missing: true });
    setBusy(true);
    setFailure(null);
    await session.logIn({ username: username.trim(), password }).catch((error: unknown) => setFailure({ error }));
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {failure !== null && 'error' in failure && <ErrorNotice error={failure.error} />}
      <Field label={texts.username} error={failure !== null && 'missing' in failure ? texts.missing : null}>
        {(control) => (
          <input
            {...control}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            ref={first}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        )}
      </Field>
      <Field label={texts.password}>
        {(control) => (
          <div className="input-with-button">
            <input
              {...control}
              name="password"
              type={isShown ? 'text' : 'password'}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
            <IconButton
              icon="eye"
              label={isShown ? texts.hide : texts.show}
              aria-pressed={isShown}
              onClick={() => setShown(!isShown)}
            />
          </div>
        )}
      </Field>
      <Button type="submit" variant="primary" disabled={isBusy}>
        {isBusy ? texts.submitting : texts.submit}
      </Button>
    </form>
  );
}
