import { translated } from './translated.ts';

/** What stands around every page. */
export const shellTexts = translated({
  pt: {
    skip: 'Ir para o conteúdo',
    navigation: 'Navegação',
    pages: {
      ask: 'Perguntar',
      documents: 'Documentos',
      training: 'Treinamento',
      insights: 'Análises',
      operate: 'Operação',
    },
    account: {
      open: (name: string) => `Conta de ${name}`,
      language: 'Idioma',
      theme: 'Aparência',
      themes: { system: 'Do sistema', light: 'Clara', dark: 'Escura' },
      api: 'Documentação da API',
      logOut: 'Sair',
    },
    languages: { pt: 'Português', en: 'English' },
    notFound: {
      title: 'Página não encontrada',
      detail: 'O endereço não leva a nenhuma página.',
      back: 'Ir para o início',
    },
    noPages: {
      title: 'Nada para esta conta',
      detail: 'Esta conta não pode usar nenhuma página. Peça acesso a quem administra o serviço.',
    },
    broken: {
      title: 'Esta página parou',
      detail: 'Algo falhou no navegador. Seus dados no serviço não foram afetados.',
      reload: 'Carregar de novo',
    },
  },
  en: {
    skip: 'Skip to content',
    navigation: 'Navigation',
    pages: {
      ask: 'Ask',
      documents: 'Documents',
      training: 'Training',
      insights: 'Insights',
      operate: 'Operate',
    },
    account: {
      open: (name: string) => `Account of ${name}`,
      language: 'Language',
      theme: 'Appearance',
      themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
      api: 'API documentation',
      logOut: 'Log out',
    },
    languages: { pt: 'Português', en: 'English' },
    notFound: { title: 'Page not found', detail: 'This address leads to no page.', back: 'Go to the start' },
    noPages: {
      title: 'Nothing for this account',
      detail: 'This account may use no page. Ask whoever administers the service for access.',
    },
    broken: {
      title: 'This page stopped',
      detail: 'Something failed in the browser. Your data in the service was not affected.',
      reload: 'Load again',
    },
  },
});
