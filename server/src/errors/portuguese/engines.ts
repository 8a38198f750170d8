/** Engines and what they can do. */
export const engines: Readonly<Record<string, string>> = {
  'The model has as many calls as it can take: yours would be {0}. Ask again later.':
    'O modelo já tem todos os pedidos que pode receber: o seu seria o {0}. Peça de novo mais tarde.',
  'The tool that must be called is not among the tools of the request.':
    'A ferramenta que deve ser chamada não está entre as do pedido.',
  'There is a number that is no token of this model.': 'Há um número que não é um token deste modelo.',
  'A text to embed has {0} tokens; split it into passages.':
    'Um texto a converter em vetor tem {0} tokens; divida-o em trechos.',
  'The model {0} does not write answers.': 'O modelo {0} não escreve respostas.',
  'The model {0} does not embed texts.': 'O modelo {0} não converte textos em vetores.',
  'The model {0} does not rank texts.': 'O modelo {0} não ordena textos.',
  'The model {0} is not loaded.': 'O modelo {0} não está carregado.',
  'The grammar has an error; check its rules.': 'A gramática tem um erro; verifique as regras dela.',
  'The adapter does not fit this model: it is damaged, or made for another.':
    'O adaptador não serve para este modelo: está danificado, ou foi feito para outro.',
  'There is not enough memory for this model; choose a smaller one.':
    'Não há memória suficiente para este modelo; escolha um menor.',
  'The prompt has far more than the {0} tokens that fit.':
    'O texto enviado ao modelo tem muito mais que os {0} tokens que cabem.',
  'The prompt has {0} tokens; at most {1} fit.': 'O texto enviado ao modelo tem {0} tokens; cabem no máximo {1}.',
  'This model does not support insert: it was not trained to fill gaps.':
    'Este modelo não aceita inserção: não foi treinado para preencher lacunas.',
  'A row has a prompt of a token at least, then an answer.':
    'Uma linha tem um pedido de pelo menos um token, e depois uma resposta.',
  'A row has {0} tokens; at most {1} fit.': 'Uma linha tem {0} tokens; cabem no máximo {1}.',
  'The model has no token that the format allows next.':
    'O modelo não tem nenhum token que o formato permita a seguir.',
  'The format can be read in too many ways at once to be followed.':
    'O formato pode ser lido de muitos modos ao mesmo tempo, e por isso não pode ser seguido.',
  'A logit bias names a number that is no token of this model.':
    'Um viés de logit indica um número que não é um token deste modelo.',
  'A text to tokenize has at most {0} characters: split it.':
    'Um texto a separar em tokens tem no máximo {0} caracteres: divida-o.',
  'Ask again: the engine starts anew.': 'Peça de novo: o motor reinicia.',
  'The model could not be run; see the log.': 'O modelo não pôde ser executado; veja o log.',
  'The model {0} is not on this machine yet.': 'O modelo {0} ainda não está nesta máquina.',
  'The adapter of this model is not on this machine any more.': 'O adaptador deste modelo não está mais nesta máquina.',
  'This model needs {0} of memory, but models may use {1}; choose a smaller one.':
    'Este modelo pede {0} de memória, mas os modelos podem usar {1}; escolha um menor.',
  'Nobody waits for it any more.': 'Ninguém mais espera por ele.',
  'The text is too long to be embedded as one passage.':
    'O texto é longo demais para ser convertido em vetor como um trecho só.',
  'Only messages make a chat.': 'Só mensagens formam uma conversa.',
  'With tools or thoughts, tokens cannot be continued.':
    'Com ferramentas ou raciocínio, não é possível continuar a partir de tokens.',
  'There is no tool with the name {0}.': 'Não há ferramenta com o nome {0}.',
  'A llama-server takes its adapters when it starts.': 'Um llama-server recebe os adaptadores quando inicia.',
  'This model does not support tools: its template does not know them.':
    'Este modelo não aceita ferramentas: o template dele não as conhece.',
  'A llama-server does not show the tokens of such a prompt.':
    'Um llama-server não mostra os tokens de um texto assim.',
  'A llama-server runs the model that it was started with.': 'Um llama-server executa o modelo com que foi iniciado.',
  'An Ollama engine does not rank texts.': 'Um motor Ollama não ordena textos.',
  'An Ollama engine does not show tokens.': 'Um motor Ollama não mostra tokens.',
  'This model does not support {0} on its engine.': 'Este modelo não aceita {0} no motor em que está.',
  "The engine could not bring the model {0}: check its name and the engine's log.":
    'O motor não conseguiu trazer o modelo {0}: verifique o nome e o log do motor.',
  'An Ollama engine takes no adapter per call: create a model with it there.':
    'Um motor Ollama não aceita adaptador por pedido: crie nele um modelo com o adaptador.',
  'An Ollama engine has no logit bias.': 'Um motor Ollama não tem viés de logit.',
  'An Ollama engine takes JSON schemas, but no grammar.': 'Um motor Ollama aceita esquemas JSON, mas não gramáticas.',
  'An Ollama engine continues messages, not tokens.': 'Um motor Ollama continua mensagens, e não tokens.',
  'An Ollama engine lets the model choose whether to call a tool.':
    'Um motor Ollama deixa o modelo escolher se chama uma ferramenta.',
  'An Ollama engine takes text, not tokens.': 'Um motor Ollama aceita texto, e não tokens.',
  'The engine takes PNG, JPEG, GIF and WebP pictures.': 'O motor aceita imagens PNG, JPEG, GIF e WebP.',
  'An OpenAI-compatible engine does not show tokens.': 'Um motor compatível com a OpenAI não mostra tokens.',
  'An OpenAI-compatible engine cannot be told to bring a model.':
    'Um motor compatível com a OpenAI não pode ser mandado trazer um modelo.',
  'An OpenAI-compatible engine cannot be told to remove a model.':
    'Um motor compatível com a OpenAI não pode ser mandado remover um modelo.',
  'An OpenAI-compatible engine takes no adapter per call.':
    'Um motor compatível com a OpenAI não aceita adaptador por pedido.',
  'An OpenAI-compatible engine takes no grammar.': 'Um motor compatível com a OpenAI não aceita gramáticas.',
  'An OpenAI-compatible engine does not fill gaps.': 'Um motor compatível com a OpenAI não preenche lacunas.',
  'An OpenAI-compatible engine takes no format for raw text.':
    'Um motor compatível com a OpenAI não aceita formato para texto puro.',
  'An OpenAI-compatible engine continues messages, not tokens.':
    'Um motor compatível com a OpenAI continua mensagens, e não tokens.',
  'An OpenAI-compatible engine takes text or tokens, not both.':
    'Um motor compatível com a OpenAI aceita texto ou tokens, e não os dois.',
  "The {0} is neither Ollama, nor llama-server, nor a server with OpenAI's API.":
    'O {0} não é Ollama, nem llama-server, nem um servidor com a API da OpenAI.',
  'The model {0} cannot do this.': 'O modelo {0} não faz isso.',
  'No engine has the model {0}: bring it to one of them.': 'Nenhum motor tem o modelo {0}: leve-o a um deles.',
  'No engine has the model {0}.': 'Nenhum motor tem o modelo {0}.',
  'Use a name that an engine lists, or one of the catalogue.': 'Use um nome que um motor liste, ou um do catálogo.',
  'No engine can bring the model {0}: start one of them with it, or name one that they have.':
    'Nenhum motor consegue trazer o modelo {0}: inicie um deles com ele, ou indique um que eles tenham.',
  'Downloads are switched off by OFFLINE.': 'Os downloads estão desligados por OFFLINE.',
  'The engines that have this model were started with it.': 'Os motores que têm este modelo foram iniciados com ele.',
  'The engine did not answer in time. Ask again.': 'O motor não respondeu a tempo. Peça de novo.',
  'The engines that have this model failed several times; they are tried again soon.':
    'Os motores que têm este modelo falharam várias vezes; em breve haverá nova tentativa.',
  'engine {0} of BILLUMY_URL': 'motor {0} de BILLUMY_URL',
  'The {0} is busy.': 'O {0} está ocupado.',
  'The prompt does not fit into the context of the engine.': 'O texto não cabe no contexto do motor.',
  'The {0} does not have this model any more.': 'O {0} não tem mais este modelo.',
  'The engine does not take this format, grammar or prompt.':
    'O motor não aceita este formato, esta gramática ou este texto.',
  'The model, or the engine it runs on, cannot do this.': 'O modelo, ou o motor em que ele está, não faz isso.',
  'The {0} failed. Ask again.': 'O {0} falhou. Peça de novo.',
  'The {0} redirects: name the address it redirects to instead.':
    'O {0} redireciona: indique o endereço para o qual ele redireciona.',
  'The engine refused the request with {0}.': 'O motor recusou o pedido com o status {0}.',
  'The {0} does not take the key: check ENGINE_API_KEY.': 'O {0} não aceita a chave: verifique ENGINE_API_KEY.',
  'The engine sent a reply that cannot be read.': 'O motor enviou uma resposta que não pode ser lida.',
  'The engine ended its answer midway. Ask again.': 'O motor parou no meio da resposta. Peça de novo.',
  'The {0} cannot be reached: check its address and that it runs.':
    'O {0} não pode ser alcançado: verifique o endereço e se ele está em execução.',
  'The model {0} runs elsewhere, where answers cannot be weighed: use a model of this machine.':
    'O modelo {0} está em outra máquina, onde as respostas não podem ser pesadas: use um modelo desta máquina.',
  '{0}st in line': '{0}º da fila',
  '{0}nd in line': '{0}º da fila',
  '{0}rd in line': '{0}º da fila',
  '{0}th in line': '{0}º da fila',
};
