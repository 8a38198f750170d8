import { translated } from './translated.ts';

/** What components say on every page. */
export const commonTexts = translated({
  pt: {
    close: 'Fechar',
    cancel: 'Cancelar',
    save: 'Salvar',
    retry: 'Tentar de novo',
    remove: 'Excluir',
    more: 'Mostrar mais',
    loading: 'Carregando…',
    loadingSlowly: (what: string) => `Ainda esperando: ${what}. O serviço está demorando mais que o normal.`,
    dismiss: 'Dispensar aviso',
    copied: 'Copiado.',
    notCopied: 'O navegador não permitiu copiar.',
    requestId: (id: string) => `Pedido ${id}`,
  },
  en: {
    close: 'Close',
    cancel: 'Cancel',
    save: 'Save',
    retry: 'Try again',
    remove: 'Delete',
    more: 'Show more',
    loading: 'Loading…',
    loadingSlowly: (what: string) => `Still waiting: ${what}. The service takes longer than usual.`,
    dismiss: 'Dismiss notice',
    copied: 'Copied.',
    notCopied: 'The browser did not allow copying.',
    requestId: (id: string) => `Request ${id}`,
  },
});
