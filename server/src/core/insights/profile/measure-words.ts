import type { Aggregation } from '../../../models/table.ts';
import { hasWord, wordSet } from './column-words.ts';

// What is there at a moment: the values of two moments are not added.
const stocks = wordSet(`estoque estoques saldo saldos stock stocks inventory balance balances headcount populacao
  population acumulado acumulada cumulative cumulativo ytd carteira quadro ativo ativos`);
// What is a rate, a price or a score: values are averaged.
const rates = wordSet(`preco precos price prices taxa taxas rate rates percentual percentuais porcentagem percent
  percentage pct perc proporcao ratio razao indice index idade idades age ages nota notas grade grades score scores
  rating ratings avaliacao avaliacoes pontuacao temperatura temperaturas temperature temp media medio average avg mean
  mediana median margem margin satisfacao nps csat unitario unitaria unit velocidade speed altura height umidade
  humidity pressao pressure cotacao cambio share participacao conversao rendimento yield eficiencia efficiency imc bmi
  latencia latency salario salarios salary salaries`);
// What happens and adds up.
const flows = wordSet(`receita receitas faturamento valor valores venda vendas vendido vendida vendidos vendidas total
  totais quantidade quantidades qtd qtde qtdade qty quantity quantities amount amounts revenue revenues sales sale cost
  costs custo custos despesa despesas expense expenses lucro lucros profit profits unidades units pedidos orders visitas
  visits cliques clicks impressoes impressions sessoes sessions views visualizacoes horas hours minutos minutes
  pagamento pagamentos pago payment payments paid imposto impostos taxes frete shipping freight desconto descontos
  discount discounts comissao comissoes commission bonus consumo consumption producao production gasto gastos spend
  spending volume kwh devolucoes returns count contagem chamados tickets leads conversoes conversions chuva rain
  mortes deaths casos cases nascimentos births itens items pecas doses passageiros passengers atendimentos consultas
  faltas absences matriculas enrollments acidentes accidents doacoes donations downloads refunds reembolsos perdas
  losses entradas saidas emails usd brl eur`);
const countWords = wordSet('numero num nro nr number count contagem qtd qtde quantidade');

/** How the words of a name say that its values are put together; null: they do not say. */
export function aggregationByWords(words: readonly string[]): Aggregation | null {
  if (countsThings(words)) return 'sum';
  if (hasWord(words, stocks)) return 'last';
  if (hasWord(words, rates)) return 'avg';
  return hasWord(words, flows) ? 'sum' : null;
}

/** Whether the words of a name say that its numbers measure. */
export function saysMeasure(words: readonly string[]): boolean {
  return aggregationByWords(words) !== null;
}

/** `numero_de_notas`, `qtd_pedidos`, `number of orders`: counts of what would otherwise be a rate or a key. */
function countsThings(words: readonly string[]): boolean {
  const [first = '', second = ''] = words;
  return countWords.has(first) && (second === 'de' || second === 'of' || second.endsWith('s'));
}
