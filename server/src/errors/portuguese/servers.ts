/** MongoDB and Redis. */
export const servers: Readonly<Record<string, string>> = {
  'MONGO_URL is not an address that the MongoDB driver understands.':
    'MONGO_URL não é um endereço que o driver do MongoDB entenda.',
  'MongoDB cannot be reached: check that it runs, and the address in MONGO_URL.':
    'O MongoDB não pode ser alcançado: verifique se está em execução, e o endereço em MONGO_URL.',
  'MongoDB does not answer in time: check how it does, and the network to it.':
    'O MongoDB não responde a tempo: verifique como ele está, e a rede até ele.',
  'MongoDB refuses the user or the password in MONGO_URL.': 'O MongoDB recusa o usuário ou a senha de MONGO_URL.',
  'MongoDB forbids this to the user in MONGO_URL: it needs the role readWrite on the database.':
    'O MongoDB proíbe isto ao usuário de MONGO_URL: ele precisa do papel readWrite no banco de dados.',
  'MongoDB takes no writes now: it has no primary, or is stopping.':
    'O MongoDB não aceita gravações agora: não tem primário, ou está parando.',
  'MongoDB could not confirm a write on the majority of its members: check that they run.':
    'O MongoDB não conseguiu confirmar uma gravação na maioria dos membros: verifique se estão em execução.',
  'MongoDB is read-only now: allow writes again.': 'O MongoDB está só para leitura agora: permita gravações de novo.',
  'The TLS certificate of MongoDB is not trusted: name its authority with tlsCAFile in MONGO_URL.':
    'O certificado TLS do MongoDB não é confiável: indique a autoridade dele com tlsCAFile em MONGO_URL.',
  'What answers at the address in MONGO_URL does not speak the protocol of MongoDB.':
    'O que responde no endereço de MONGO_URL não fala o protocolo do MongoDB.',
  'A file that MONGO_URL names, such as tlsCAFile, cannot be read.':
    'Um arquivo que MONGO_URL indica, como tlsCAFile, não pode ser lido.',
  'This version of MongoDB is not supported: 4.4 or later is needed.':
    'Esta versão do MongoDB não é aceita: é preciso 4.4 ou mais nova.',
  'MongoDB has not enough free disk space.': 'O MongoDB não tem espaço livre suficiente em disco.',
  'Another service is bringing the schema in MongoDB up to date: wait until it is done.':
    'Outro serviço está atualizando o esquema no MongoDB: espere até que termine.',
  'The data in MongoDB was written by a newer version of Billumy (schema {0}; this version knows {1}): start that version.':
    'Os dados no MongoDB foram gravados por uma versão mais nova do Billumy (esquema {0}; esta versão conhece {1}): inicie aquela versão.',
  'Redis refuses the user name or the password: correct them in `REDIS_URL`.':
    'O Redis recusa o nome de usuário ou a senha: corrija-os em `REDIS_URL`.',
  'Redis asks for a password: add it to `REDIS_URL`.': 'O Redis pede uma senha: acrescente-a a `REDIS_URL`.',
  'Redis does not permit its user what this service does: give it all keys and channels it is to use.':
    'O Redis não permite ao usuário o que este serviço faz: dê a ele todas as chaves e os canais que deve usar.',
  'Redis is loading its data: it is used as soon as it has.':
    'O Redis está carregando os dados: será usado assim que terminar.',
  'Redis is a read-only replica: `REDIS_URL` must name the primary.':
    'O Redis é uma réplica só para leitura: `REDIS_URL` deve indicar o primário.',
  'Redis is a replica without its primary: `REDIS_URL` must name the primary.':
    'O Redis é uma réplica sem o primário: `REDIS_URL` deve indicar o primário.',
  'Redis is a cluster: `REDIS_URL` must name a single server.':
    'O Redis é um cluster: `REDIS_URL` deve indicar um só servidor.',
  'Redis is out of memory: raise its `maxmemory`, or find what else fills it.':
    'O Redis está sem memória: aumente o `maxmemory` dele, ou descubra o que mais o enche.',
  'Redis cannot save its data and refuses to write: its log has the reason.':
    'O Redis não consegue salvar os dados e recusa gravações: o log dele tem o motivo.',
  'Redis refuses a command ({0}): its version or its configuration does not fit.':
    'O Redis recusa um comando ({0}): a versão ou a configuração dele não serve.',
  'Redis does not answer: check that it runs and that `REDIS_URL` names it.':
    'O Redis não responde: verifique se está em execução e se `REDIS_URL` o indica.',
  'Redis cannot be reached ({0}): check that it runs and that `REDIS_URL` names it.':
    'O Redis não pode ser alcançado ({0}): verifique se está em execução e se `REDIS_URL` o indica.',
};
