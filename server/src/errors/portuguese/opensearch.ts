/** The search index in OpenSearch. */
export const opensearch: Readonly<Record<string, string>> = {
  'Other services keep writing the same document in OpenSearch.':
    'Outros serviços continuam gravando o mesmo documento no OpenSearch.',
  'OpenSearch lacks the plugin opensearch-knn, so it keeps no vectors; install it on every node.':
    'O OpenSearch não tem o plugin opensearch-knn, por isso não guarda vetores; instale-o em todos os nós.',
  'The search index in OpenSearch is being made or moved to a new form; that goes on meanwhile.':
    'O índice de busca no OpenSearch está sendo criado ou passado a uma nova forma; isso continua em segundo plano.',
  'Other services keep changing the indices in OpenSearch.':
    'Outros serviços continuam mudando os índices no OpenSearch.',
  '{0} and {1} in OpenSearch must be aliases of one index, not of {2}.':
    '{0} e {1} no OpenSearch devem ser apelidos de um índice, e não de {2}.',
  'The index {0} in OpenSearch was not made by this service, or its mapping was changed; delete it to have it made anew.':
    'O índice {0} no OpenSearch não foi criado por este serviço, ou o mapeamento dele foi alterado; exclua-o para que seja criado de novo.',
  'The index {0} in OpenSearch was made by a newer version of this service; update this one.':
    'O índice {0} no OpenSearch foi criado por uma versão mais nova deste serviço; atualize esta.',
  'OpenSearch {0} is too old; {1}.{2} or a newer one is needed.':
    'O OpenSearch {0} é antigo demais; é preciso {1}.{2} ou mais novo.',
  'The search index is closed.': 'O índice de busca está fechado.',
  'OpenSearch did not answer within {0} s; it may be overloaded.':
    'O OpenSearch não respondeu em {0} s; pode estar sobrecarregado.',
  'What answers at OPENSEARCH_URL is not an OpenSearch; check the address.':
    'O que responde em OPENSEARCH_URL não é um OpenSearch; verifique o endereço.',
  'A disk of OpenSearch is so full that it lets nothing be written; make room there.':
    'Um disco do OpenSearch está tão cheio que nada pode ser gravado; libere espaço nele.',
  'Writing to the search index in OpenSearch is blocked: it is being copied, or somebody set index.blocks.write.':
    'A gravação no índice de busca do OpenSearch está bloqueada: ele está sendo copiado, ou alguém definiu index.blocks.write.',
  'OpenSearch is overloaded and refuses requests.': 'O OpenSearch está sobrecarregado e recusa pedidos.',
  'OpenSearch does not accept the user and password, or the API key, of the settings.':
    'O OpenSearch não aceita o usuário e a senha, ou a chave de API, das configurações.',
  'The user of OpenSearch may not do what the search index needs; see its permissions.':
    'O usuário do OpenSearch não pode fazer o que o índice de busca pede; veja as permissões dele.',
  'OpenSearch is not ready: it answers with an error of its own.':
    'O OpenSearch não está pronto: responde com um erro próprio.',
  'OpenSearch refuses connections; check that it runs at the address in OPENSEARCH_URL.':
    'O OpenSearch recusa conexões; verifique se está em execução no endereço de OPENSEARCH_URL.',
  'The host in OPENSEARCH_URL is not known; check its name.':
    'O servidor indicado em OPENSEARCH_URL não é conhecido; verifique o nome.',
  'The certificate of OpenSearch is not trusted; set OPENSEARCH_CA_FILE to the certificates of the authority that signed it.':
    'O certificado do OpenSearch não é confiável; defina OPENSEARCH_CA_FILE com os certificados da autoridade que o assinou.',
  'The certificate of OpenSearch is for another host than the one in OPENSEARCH_URL.':
    'O certificado do OpenSearch é de outro servidor que o de OPENSEARCH_URL.',
  'The certificate of OpenSearch has expired.': 'O certificado do OpenSearch expirou.',
  'OpenSearch does not speak TLS at that port; use http:// in OPENSEARCH_URL, or another port.':
    'O OpenSearch não fala TLS nessa porta; use http:// em OPENSEARCH_URL, ou outra porta.',
  'What answers at OPENSEARCH_URL does not speak HTTP; check the address.':
    'O que responde em OPENSEARCH_URL não fala HTTP; verifique o endereço.',
  'The connection to OpenSearch broke.': 'A conexão com o OpenSearch caiu.',
  'Other services keep changing the same documents in OpenSearch.':
    'Outros serviços continuam mudando os mesmos documentos no OpenSearch.',
};
