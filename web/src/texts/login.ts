import { translated } from './translated.ts';

export const loginTexts = translated({
  pt: {
    title: 'Entrar',
    lead: 'Respostas a partir dos documentos da sua empresa, com as fontes à vista.',
    username: 'Usuário',
    password: 'Senha',
    submit: 'Entrar',
    submitting: 'Entrando…',
    show: 'Mostrar senha',
    hide: 'Ocultar senha',
    help: 'Primeira vez? O usuário é “admin” e a senha apareceu uma vez no terminal onde o serviço foi iniciado.',
    missing: 'Preencha o usuário e a senha.',
    ended: 'Seu acesso terminou. Entre de novo para continuar.',
    waiting: 'a confirmação do acesso',
  },
  en: {
    title: 'Log in',
    lead: 'Answers from your company’s documents, with the sources in sight.',
    username: 'User name',
    password: 'Password',
    submit: 'Log in',
    submitting: 'Logging in…',
    show: 'Show password',
    hide: 'Hide password',
    help: 'First time? The user is “admin”, and the password was shown once in the terminal where the service was started.',
    missing: 'Fill in user name and password.',
    ended: 'Your login has ended. Log in again to continue.',
    waiting: 'the login to be confirmed',
  },
});
