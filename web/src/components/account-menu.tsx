import { useState } from 'react';
import { useMe, useSession } from '../api/session-context.tsx';
import { languages, useLanguage } from '../preferences/language.tsx';
import { chooseTheme, readTheme, themes } from '../preferences/theme.ts';
import { shellTexts } from '../texts/shell.ts';
import { useTexts } from '../texts/translated.ts';
import { Button } from './button.tsx';
import { Choice } from './choice.tsx';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';
import { useToast } from './toast.tsx';

/** Who is logged in, how the page looks, and the way out. */
export function AccountMenu() {
  const me = useMe();
  const session = useSession();
  const texts = useTexts(shellTexts).account;
  const { showError } = useToast();
  return (
    <Menu
      className="account"
      label={texts.open(me.username)}
      trigger={
        <>
          <span className="avatar">{me.username.slice(0, 1).toUpperCase()}</span>
          <span className="account-name">{me.username}</span>
        </>
      }
    >
      {() => (
        <>
          <Preferences />
          <a className="menu-item" href="/docs" target="_blank" rel="noreferrer">
            <Icon name="code" />
            {texts.api}
          </a>
          <Button variant="menu" icon="exit" onClick={() => void session.logOut().catch(showError)}>
            {texts.logOut}
          </Button>
        </>
      )}
    </Menu>
  );
}

/** Language and colours; also of the login page. */
export function Preferences() {
  const { language, choose } = useLanguage();
  const texts = useTexts(shellTexts);
  const [theme, setTheme] = useState(readTheme);
  return (
    <>
      <Choice
        label={texts.account.language}
        options={languages.map((value) => ({ value, label: texts.languages[value] }))}
        value={language}
        onChange={choose}
      />
      <Choice
        label={texts.account.theme}
        options={themes.map((value) => ({ value, label: texts.account.themes[value] }))}
        value={theme}
        onChange={(next) => {
          chooseTheme(next);
          setTheme(next);
        }}
      />
    </>
  );
}
