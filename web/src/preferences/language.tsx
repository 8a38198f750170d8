import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { readStored, writeStored } from './stored.ts';

export const languages = ['pt', 'en'] as const;
export type Language = (typeof languages)[number];

/** What the browser and the APIs of dates and numbers call them. */
export const localeOf = { pt: 'pt-BR', en: 'en' } as const satisfies Readonly<Record<Language, string>>;

interface LanguageChoice {
  language: Language;
  choose(language: Language): void;
}

const LanguageContext = createContext<LanguageChoice>({ language: 'pt', choose: () => undefined });

interface LanguageProviderProps {
  children: ReactNode;
  /** Called after another one was chosen: what the service told in the last one is to be asked for again. */
  onChange(): void;
}

export function LanguageProvider({ children, onChange }: LanguageProviderProps) {
  const [language, setLanguage] = useState(chosenLanguage);
  useEffect(() => {
    document.documentElement.lang = localeOf[language];
  }, [language]);
  const choice = useMemo<LanguageChoice>(
    () => ({
      language,
      choose(next) {
        writeStored('language', next);
        setLanguage(next);
        onChange();
      },
    }),
    [language, onChange],
  );
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext);
}

/** The one chosen before, else English for a browser that prefers it to Portuguese, else Portuguese. */
export function chosenLanguage(): Language {
  const stored = readStored('language');
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return (
    languages.find((language) => language === stored) ??
    languages.find((language) => language === preferred.find((tag) => tag === 'pt' || tag === 'en')) ??
    'pt'
  );
}
