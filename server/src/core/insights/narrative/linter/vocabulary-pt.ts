/** Words of Portuguese that a model may write around the slots, folded. None counts, denies, or says which way it went. */
export const portugueseWords = `
a ao aos as o os um uma e ou de da das do dos em na nas no nos para pelo pela pelos pelas por com entre desde como
que qual quais quando onde cuja cujo se sua suas seu seus este esta estes estas esse essa esses essas isso isto aquele
aquela ele ela eles elas tambem ja ainda aqui assim ele cada outra outras outro outros demais mesmo mesma
e foi foram era eram esta estao ser sido sao seria fica ficou ficaram ficam ter tem tinha teve tiveram ha houve passou passa
passaram segue seguem vai indo vem vieram vale valem mostra mostram indica indicam revela aponta apresenta apresentou
apresentaram registra registrou registraram registrado registrada enquanto observa observou observada observado observados ocorre ocorreu ocorreram
aparece apareceu destaca concentra concentram representa representam corresponde soma somam inclui forma formam varia
variam muda mudou mudaram difere diferem chega chegou comparado comparada comparados comparacao comparando considerando
em relacao frente diante sobre dentro conforme junto juntos junta juntas
valor valores dado dados periodo periodos total totais resultado parte partes grupo grupos membro membros categoria
categorias linha linhas registro registros serie conjunto medida medidas coluna colunas tabela numero taxa taxas mudanca
mudancas variacao variacoes diferenca diferencas mediana media participacao composicao andamento comportamento movimento
intervalo faixa ponto pontos analise item itens informacao quadro cenario
amplo ampla claro clara relevante relevantes importante importantes notavel expressivo expressiva significativo
significativa consistente principal principais tipico tipica esperado esperada seguinte seguida geral restante usual
comum proprio propria propriamente somente apenas bem bastante`;

/** Those that only fit what a kind of insight says. */
export const portugueseWordsOfType = {
  trend: 'tendencia inclinacao inclinacoes pares longo trajetoria comeco fim',
  level_shift: 'patamar novo nivel degrau',
  time_outlier: 'padrao fora incomum atipico atipica destoa',
  record_outlier: 'padrao fora incomum incomuns atipico atipicos extremo extremos limite alem',
  category_outlier: 'padrao fora incomum atipico atipica destoa',
  change: '',
  contribution: 'contribuicao contribui contribuiu contribuem pesa pesou bastam explica explicam maior parte',
  rate_mix: '',
  concentration: 'concentracao indice hhi concentrado concentrada poucos poucas',
  correlation: 'correlacao spearman pares relacionadas relacionados associacao associados associadas andam',
  group_difference: 'extremo extremos',
  seasonality: 'sazonal sazonalidade padrao repete pico minimo ciclo',
  steady: 'estavel estaveis torno coeficiente constante',
  steady_share: 'estavel torno coeficiente constante',
  majority: 'dominante predomina',
  data_quality:
    'problema problemas qualidade distorcer afeta afetam afetar pode podem somas medias comparacoes feitas esses',
} as const;

/** Those of what could be done. */
export const portugueseActionWords = `
verifique verificar confira conferir veja ver analise analisar avalie avaliar investigue investigar examine examinar
compare comparar descubra descobrir identifique identificar considere considerar revise revisar acompanhe acompanhar
corrija corrigir comece comecar procure procurar pergunte ouca converse entenda entender priorize planeje planejar use
usar leve levar envie enviar repita repetir mantenha manter ajuste ajustar equipe equipes responsavel responsaveis area
areas time gestor gestores cliente clientes fornecedor fornecedores produto produtos preco precos estoque estoques meta
metas plano planos processo processos acao acoes medidas campanha campanhas oferta contrato contratos fonte origem erro
erros digitacao caso casos especial especiais risco riscos dependencia depender tanto referencia atencao possivel
possiveis pode podem poderia deve devem vale pena antes depois agir continue diferente tendo conta novo nova notar
esperava separado correcao teria efeito contexto mercado trabalho pratica praticas tras favoreceu da serve
feito feita faz falta repetir coisa outra leve padrao origem tabela ser`;
