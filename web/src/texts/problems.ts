import { problemMeanings } from '@billumy/protocol';
import { translated } from './translated.ts';

/** What happened and what a person can do, by the `code` of an error reply. */
export const problemTexts = translated({
  pt: {
    unreachable: 'O serviço não respondeu. Veja se ele está em execução e se há rede, e tente de novo.',
    unexplained: 'O serviço respondeu de um modo inesperado. Tente de novo; se continuar, avise quem o administra.',
    unreadable: 'A resposta do serviço não pôde ser lida: a página pode ser de outra versão. Carregue-a de novo.',
    codes: problemMeanings.pt,
  },
  en: {
    unreachable: 'The service did not answer. Check that it runs and that there is a network, and try again.',
    unexplained: 'The service answered in an unexpected way. Try again; if it goes on, tell whoever administers it.',
    unreadable: 'The reply of the service could not be read: this page may be of another version. Load it again.',
    codes: problemMeanings.en,
  },
});
