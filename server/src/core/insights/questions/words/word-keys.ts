import { rememberedStem } from '../../../retrieval/stemming/stem.ts';

/** Words of one line mean the same column, in either language. */
const groups = `
receita faturamento revenue faturou faturaram
venda sale vendeu venderam vendido vendida sold sell
quantidade qtd qtde qty quantity
preco price
custo cost
lucro profit
despesa expense
cliente customer client
produto product
regiao region
cidade city
estado uf state
pais country
loja store shop
categoria category
vendedor seller salesperson
data date
funcionario employee colaborador
salario salary
idade age
departamento department
estoque stock inventory
desconto discount
frete shipping freight
pedido order
canal channel
avaliacao rating
nota score grade
margem margin
aluno student
turma class
curso course
disciplina materia subject
paciente patient
medico doctor
especialidade specialty
consulta appointment
temperatura temperature
chuva rain rainfall precipitacao
umidade humidity
estacao station
meta target
imposto tax
unidade unit
visita visit
clique click
impressao impression
sessao session
conversao conversion
duracao duration
marca brand
fornecedor supplier vendor
pagamento payment
tipo type
situacao status
genero gender sexo
peso weight
altura height
entrega delivery
tamanho size
consumo consumption
saldo balance
conta account
bairro neighborhood
hora hour
devolucao return
chamado ticket
prioridade priority
motivo reason
plano plan
setor sector
equipe team
campanha campaign
gasto spend gastou spent
ano year
mes month
fabrica planta factory plant
maquina machine
defeito defect
producao production produziu produced
distancia distance
motorista driver
viagem trip
passageiro passenger
linha line
rota route
absenteismo falta absence
energia energy
`;

const singulars: readonly [RegExp, string][] = [
  [/(?:oes|aes)$/, 'ao'],
  [/([aeou])is$/, '$1l'],
  [/ies$/, 'y'],
  [/([rz])es$/, '$1'],
  [/ns$/, 'm'],
  [/(ss|us|is)$/, '$1'],
  [/s$/, ''],
];

const groupOf = new Map(
  groups
    .trim()
    .split('\n')
    .flatMap((line, index) => line.split(' ').map((word) => [singular(word), `#${String(index)}`] as const)),
);

/** What a folded word can be found by: words that share a key mean the same. */
export function keysOf(word: string): string[] {
  const group = groupOf.get(singular(word));
  return [...ownKeysOf(word), ...(group === undefined ? [] : [group])];
}

/** The same without other words of the same meaning. */
export function ownKeysOf(word: string): string[] {
  return [`p:${rememberedStem(word, 'pt')}`, `e:${rememberedStem(word, 'en')}`, `s:${singular(word)}`];
}

export function shareKey(one: readonly string[], other: readonly string[]): boolean {
  return one.some((key) => other.includes(key));
}

/** Of a folded word of either language. */
export function singular(word: string): string {
  if (word.length < 4) return word;
  const found = singulars.find(([ending]) => ending.test(word));
  return found === undefined ? word : word.replace(found[0], found[1]);
}
