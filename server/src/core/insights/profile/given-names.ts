import { wordSet } from './column-words.ts';

/** Frequent given names of Brazil and of English-speaking countries, folded: enough to tell a column of persons. */
export const givenNames = wordSet(`
adriana adriano alan alessandra alex alexandre alice aline amanda ana anderson andre andrea andreia angela antonia
antonio arthur artur augusto beatriz benedito benicio bernardo bianca breno bruna bruno caio camila carla carlos
carolina caroline catarina cecilia celia celso cesar claudia claudio clara cristiane cristiano cristina daniel daniela
daniele danilo davi david debora denise diego diogo douglas edson eduarda eduardo elaine eliane elias elisa emanuel
emilia enzo erica erick eva evandro fabiana fabiano fabio felipe fernanda fernando flavia flavio francisca francisco
gabriel gabriela geraldo gilberto giovana giovanna gisele guilherme gustavo heitor helena heloisa henrique hugo igor
ines ingrid isaac isabel isabela isabella isadora ivan jaqueline jessica joana joao joaquim jorge jose josefa juan
julia juliana juliano julio karina karen kelly larissa laura leandro leonardo leticia lia lidia lorena lucas lucia
luciana luciano luis luisa luiz luiza luana manuela manoel manuel marcela marcelo marcia marcio marco marcos maria
mariana marina mario marta mateus matheus mauricio mauro michele miguel milena monica murilo natalia nathalia nelson
nicolas nicole olivia otavio pablo patricia paula paulo pedro priscila rafael rafaela raimundo raquel raul rebeca
regina renan renata renato ricardo rita roberta roberto rodrigo rogerio ronaldo rosa rosana rose samuel sandra sara
sebastiao sergio silvia simone sofia sonia sophia tais tania tatiana teresa thais thiago tiago valentina valeria
vanessa vera vicente victor vinicius vitor vitoria viviane wagner wellington william yasmin
james john robert michael mary jennifer linda elizabeth barbara susan richard joseph thomas charles christopher
matthew anthony mark donald steven andrew paul joshua kenneth kevin brian george timothy ronald jason edward jeffrey
ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin gregory frank raymond jack dennis
jerry emily emma margaret lisa betty sandra ashley dorothy kimberly donna michelle carol melissa deborah stephanie
rebecca sharon cynthia kathleen amy shirley anna pamela emma nancy helen katherine christine rachel janet heather
grace diane virginia julie joyce victoria kate lucy peter harry oliver noah liam ava mia sophie ethan logan
`);

/** Whether most of the values begin with a given name, as a column of persons does and one of products does not. */
export function arePersons(values: readonly string[], { share }: { share: number }): boolean {
  const known = values.filter((value) => {
    const [first = ''] = value.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().split(/\s+/);
    return givenNames.has(first);
  });
  return values.length > 0 && known.length >= values.length * share;
}
