/** What can be the matter with a part of the service and what to do, in Portuguese, by its `trouble`; `why` says it in English. */
export const partTroubleTexts = {
  too_late: 'Não respondeu a tempo.',
  failed: 'Falhou; o log do serviço tem os detalhes.',
  engine_stopped: 'O motor dos modelos parou; ele volta quando for preciso.',
  redis_unreachable: 'O Redis não responde: confira se está ligado e se `REDIS_URL` aponta para ele.',
  redis_wrong_password: 'O Redis recusa o usuário ou a senha: corrija-os em `REDIS_URL`.',
  redis_password_missing: 'O Redis pede uma senha: inclua-a em `REDIS_URL`.',
  redis_not_permitted:
    'O Redis não permite ao usuário o que o serviço faz: dê a ele todas as chaves e canais que ele deve usar.',
  redis_loading: 'O Redis está carregando os dados: será usado assim que terminar.',
  redis_replica: 'Este Redis é uma réplica: `REDIS_URL` precisa apontar para o primário.',
  redis_cluster: 'Este Redis é um cluster: `REDIS_URL` precisa apontar para um servidor só.',
  redis_memory_full: 'A memória do Redis acabou: aumente o `maxmemory`, ou veja o que mais a ocupa.',
  redis_cannot_save: 'O Redis não consegue salvar os dados e recusa gravações: o log dele diz por quê.',
  redis_too_old: 'A versão do Redis é antiga demais: é preciso a 6.2 ou mais nova.',
  redis_forgets:
    'O Redis pode esquecer limites e tarefas quando a memória enche: ponha `noeviction` em `maxmemory-policy`.',
  mongodb_unreachable: 'O MongoDB não pode ser alcançado: confira se está ligado e o endereço em MONGO_URL.',
  mongodb_slow: 'O MongoDB não responde a tempo: veja como ele está, e a rede até ele.',
  mongodb_wrong_password: 'O MongoDB recusa o usuário ou a senha de MONGO_URL.',
  mongodb_not_permitted:
    'O MongoDB não permite isto ao usuário de MONGO_URL: ele precisa do papel readWrite no banco de dados.',
  mongodb_no_primary: 'O MongoDB não aceita gravações agora: está sem primário, ou encerrando.',
  mongodb_no_majority: 'A maioria dos membros do MongoDB não confirmou uma gravação: confira se estão ligados.',
  mongodb_read_only: 'O MongoDB está só para leitura: permita gravações de novo.',
  mongodb_untrusted:
    'O certificado TLS do MongoDB não é confiável: indique a autoridade que o assinou com tlsCAFile em MONGO_URL.',
  mongodb_other_server: 'O que responde no endereço de MONGO_URL não é um MongoDB.',
  mongodb_unreadable_file: 'Um arquivo indicado em MONGO_URL, como o de tlsCAFile, não pode ser lido.',
  mongodb_too_old: 'Esta versão do MongoDB não serve: é preciso a 4.4 ou mais nova.',
  mongodb_migrating: 'Outro serviço está atualizando o esquema no MongoDB: espere que termine.',
  mongodb_newer_data: 'Os dados no MongoDB são de uma versão mais nova do Billumy: use aquela versão.',
  mongodb_copying:
    'Dados estão sendo copiados para o MongoDB; se a cópia foi interrompida, rode o mesmo comando de novo.',
  opensearch_unreachable: 'O OpenSearch não pode ser alcançado: confira se está ligado no endereço de OPENSEARCH_URL.',
  opensearch_slow: 'O OpenSearch não respondeu a tempo; pode estar sobrecarregado.',
  opensearch_overloaded: 'O OpenSearch está sobrecarregado e recusa pedidos.',
  opensearch_not_ready: 'O OpenSearch não está pronto: responde com um erro dele mesmo.',
  opensearch_preparing: 'O índice de busca no OpenSearch está sendo feito ou convertido; isso continua sozinho.',
  opensearch_wrong_password: 'O OpenSearch não aceita o usuário e a senha, ou a chave, das configurações.',
  opensearch_not_permitted:
    'O usuário do OpenSearch não pode fazer o que o índice de busca precisa; veja as permissões dele.',
  opensearch_unknown_host: 'O servidor de OPENSEARCH_URL não é conhecido; confira o nome.',
  opensearch_untrusted:
    'O certificado do OpenSearch não é confiável; aponte OPENSEARCH_CA_FILE para os certificados da autoridade que o assinou.',
  opensearch_other_host: 'O certificado do OpenSearch é de outro servidor, não do que está em OPENSEARCH_URL.',
  opensearch_expired: 'O certificado do OpenSearch venceu.',
  opensearch_no_tls: 'O OpenSearch não fala TLS nessa porta; use http:// em OPENSEARCH_URL, ou outra porta.',
  opensearch_other_server: 'O que responde em OPENSEARCH_URL não é um OpenSearch; confira o endereço.',
  opensearch_too_old: 'A versão do OpenSearch é antiga demais: é preciso a 2.19 ou mais nova.',
  opensearch_without_vectors:
    'A busca é por palavras: falta ao OpenSearch o plugin opensearch-knn, que guarda vetores; instale-o em todos os nós.',
  opensearch_foreign_index:
    'O índice no OpenSearch não foi feito por este serviço, ou foi mudado; apague-o para que seja feito de novo.',
  opensearch_newer_index: 'O índice no OpenSearch é de uma versão mais nova do serviço; atualize este.',
} as const;
