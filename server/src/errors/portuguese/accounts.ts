/** Accounts, keys and what they may do. */
export const accounts: Readonly<Record<string, string>> = {
  'This key may not use the model "{0}".': 'Esta chave não pode usar o modelo "{0}".',
  'There is no user with that id.': 'Não há usuário com esse id.',
  'A key with the scope "admin" must belong to an administrator.':
    'Uma chave com o escopo "admin" deve ser de quem administra o serviço.',
  'Keys are managed after logging in with a password.': 'As chaves são administradas por quem entrou com uma senha.',
  'Keys are made after logging in with a password, not with a key.':
    'As chaves são criadas por quem entrou com uma senha, e não com uma chave.',
  'You cannot give a key the scope "{0}": you lack it.':
    'Você não pode dar a uma chave o escopo "{0}": você não o tem.',
  'Only administrators make keys for somebody else.': 'Só quem administra o serviço cria chaves para outra pessoa.',
  'Send the header "Authorization: Bearer <API key or access token>".':
    'Envie o cabeçalho "Authorization: Bearer <chave de API ou token de acesso>".',
  'This login has ended; log in again.': 'Este acesso terminou; entre de novo.',
  'This API key has expired; make another one.': 'Esta chave de API expirou; crie outra.',
  'Choose another password: see "issues".': 'Escolha outra senha: veja "issues".',
  'This key may not use the collection "{0}".': 'Esta chave não pode usar a coleção "{0}".',
  'This token lacks the scope "act_as".': 'Este token não tem o escopo "act_as".',
  '{0} requests per minute': '{0} pedidos por minuto',
  '{0} tokens per day': '{0} tokens por dia',
  'This key may use {0}.': 'Esta chave pode usar {0}.',
  'A key has no login to end: delete the key instead.': 'Uma chave não tem acesso a encerrar: exclua a chave.',
  'Passwords are changed after logging in with the current one.':
    'A senha é trocada por quem entrou com a senha atual.',
  'Choose another user name: see "issues".': 'Escolha outro nome de usuário: veja "issues".',
  'Change your own password with POST /auth/password.': 'Troque a sua própria senha com POST /auth/password.',
  'This token lacks the scope "ask".': 'Este token não tem o escopo "ask".',
  'This key may not call the routes of the dialect "{0}": an administrator can make one that may.':
    'Esta chave não pode chamar as rotas do dialeto "{0}": quem administra o serviço pode criar uma que possa.',
  'This token lacks the scope "{0}": an administrator can make a key that has it.':
    'Este token não tem o escopo "{0}": quem administra o serviço pode criar uma chave que o tenha.',
  'Send the header {0}: only a page of this service can.':
    'Envie o cabeçalho {0}: só uma página deste serviço pode enviá-lo.',
  'Nobody is logged in here; log in.': 'Ninguém entrou aqui; entre no serviço.',
  'No administrator exists yet: set ADMIN_PASSWORD, or start the service again to have a password made.':
    'Ainda não há quem administre o serviço: defina ADMIN_PASSWORD, ou inicie o serviço de novo para que uma senha seja criada.',
};
