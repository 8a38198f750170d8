/** How the parts of the service are. */
export const health: Readonly<Record<string, string>> = {
  'It did not answer within {0} ms.': 'Não respondeu em {0} ms.',
  'It failed; the log has the details.': 'Falhou; os detalhes estão no log.',
  'Search goes by words. {0}': 'A busca é por palavras. {0}',
  'Search goes by words until {0} is on this machine.': 'Até {0} estar nesta máquina, a busca é por palavras.',
  'Passages are not reranked until {0} is on this machine.':
    'Até {0} estar nesta máquina, os trechos não são reordenados.',
  'No model is on this machine: answers are quotations.':
    'Nenhum modelo está nesta máquina: as respostas são citações das fontes.',
  '{0} answers until {1} is on this machine.': 'Até {1} estar nesta máquina, quem responde é {0}.',
  'The engine has stopped; it starts again when it is needed.': 'O motor parou; inicia de novo quando for necessário.',
  'The engine stopped; it starts anew with the next call.': 'O motor parou; inicia de novo na próxima chamada.',
  'The {0} does not work.': 'O {0} não funciona.',
  'The {0} failed several times; it is tried again soon.': 'O {0} falhou várias vezes; será tentado de novo em breve.',
  'Redis is too old: 6.2 or newer is needed.': 'O Redis é antigo demais: é preciso 6.2 ou mais novo.',
  'Redis may forget limits and jobs when its memory is full: set its `maxmemory-policy` to `noeviction`.':
    'O Redis pode esquecer limites e tarefas quando a memória encher: defina `maxmemory-policy` como `noeviction`.',
};
