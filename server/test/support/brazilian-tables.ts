import { cnpj, cpf } from './brazilian-numbers.ts';

/** A CSV file, what its columns are, and what its sums are. */
export interface BrazilianTable {
  name: string;
  content: Uint8Array | string;
  columns: Readonly<Record<string, 'sum' | 'avg' | 'last' | 'dimension' | 'time' | 'id' | 'ignore'>>;
  personal: readonly string[];
  sums: Readonly<Record<string, number>>;
}

const rows = 24;
const places = Array.from({ length: rows }, (_, index) => index);
const states = ['SP', 'RJ', 'MG', 'BA'];
const cities = ['São Paulo', 'Niterói', 'Uberlândia', 'Ilhéus'];
const people = [
  'Ana Souza',
  'João da Silva',
  'Maria Antônia Lima',
  'Carlos Eduardo Dias',
  'Beatriz Rocha',
  'Pedro Alves',
];
const pad = (number: number, length: number): string => String(number).padStart(length, '0');

const day = (index: number): string => `${pad((index % 28) + 1, 2)}/${pad(Math.floor(index / 2) + 1, 2)}/2024`;
const isoDay = (index: number): string => `2024-${pad(Math.floor(index / 2) + 1, 2)}-${pad((index % 28) + 1, 2)}`;
const cents = (index: number): number => 100_050 + index * 12_345;
const real = (index: number): string =>
  (cents(index) / 100).toLocaleString('pt-BR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const sumOf = (value: (index: number) => number): number => places.reduce((sum, index) => sum + value(index), 0);
const realSum = sumOf(cents) / 100;

const dottedCpf = (index: number): string => cpf(index).replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, '$1.$2.$3-$4');
const dottedCnpj = (index: number): string =>
  cnpj(index).replace(/(\d{2})(\d{3})(\d{3})(\d{4})(\d{2})/, '$1.$2.$3/$4-$5');
const mobile = (index: number): string => `1198${pad(1_234_567 + index * 7919, 7)}`;

type Cells = Readonly<Record<string, (index: number) => string | number>>;

function csv(cells: Cells, delimiter: string): string {
  const quoted = (cell: string | number): string => (String(cell).includes(delimiter) ? `"${cell}"` : String(cell));
  const lines = places.map((index) => Object.values(cells).map((cell) => quoted(cell(index))));
  return [Object.keys(cells), ...lines].map((line) => line.join(delimiter)).join('\n') + '\n';
}

const state = (index: number): string => states[index % 4]!;
const city = (index: number): string => cities[index % 4]!;
const amount = (index: number): number => 1 + (index % 5);
const amounts = sumOf(amount);

const excel: Cells = { Data: day, Cidade: city, Quantidade: amount, 'Valor (R$)': real };
const excelColumns = { Data: 'time', Cidade: 'dimension', Quantidade: 'sum', 'Valor (R$)': 'sum' } as const;
const excelSums = { Quantidade: amounts, 'Valor (R$)': realSum };

export const brazilianTables: readonly BrazilianTable[] = [
  {
    name: 'semicolons, decimal commas and days first',
    content: csv(excel, ';'),
    columns: excelColumns,
    personal: [],
    sums: excelSums,
  },
  {
    name: 'a byte order mark',
    content: `\ufeff${csv(excel, ';')}`,
    columns: excelColumns,
    personal: [],
    sums: excelSums,
  },
  {
    name: 'Latin-1',
    content: Buffer.from(csv(excel, ';'), 'latin1'),
    columns: excelColumns,
    personal: [],
    sums: excelSums,
  },
  {
    name: 'lines that end as in Windows',
    content: csv(excel, ';').replaceAll('\n', '\r\n'),
    columns: excelColumns,
    personal: [],
    sums: excelSums,
  },
  {
    name: 'commas and quoted decimal commas',
    content: csv(excel, ','),
    columns: excelColumns,
    personal: [],
    sums: excelSums,
  },
  { name: 'tabs', content: csv(excel, '\t'), columns: excelColumns, personal: [], sums: excelSums },
  {
    name: 'decimal points and days of ISO 8601',
    content: csv({ data: isoDay, uf: state, valor_total: (index) => (cents(index) / 100).toFixed(2) }, ','),
    columns: { data: 'time', uf: 'dimension', valor_total: 'sum' },
    personal: [],
    sums: { valor_total: realSum },
  },
  {
    name: 'a currency before and a percent sign behind the numbers',
    content: csv(
      { data: day, receita: (index) => `R$ ${real(index)}`, margem: (index) => `${10 + (index % 9)},5%` },
      ';',
    ),
    columns: { data: 'time', receita: 'sum', margem: 'avg' },
    personal: [],
    sums: { receita: realSum },
  },
  {
    name: 'CPF with and without dots',
    content: csv({ cpf: dottedCpf, documento: cpf, valor: real }, ';'),
    columns: { cpf: 'id', documento: 'id', valor: 'sum' },
    personal: ['cpf', 'documento'],
    sums: { valor: realSum },
  },
  {
    name: 'CPF as numbers without their zeros',
    content: csv({ contribuinte: (index) => Number(cpf(index)), valor: real }, ';'),
    columns: { contribuinte: 'id', valor: 'sum' },
    personal: ['contribuinte'],
    sums: { valor: realSum },
  },
  {
    name: 'CNPJ with dots and as numbers',
    content: csv({ cnpj: dottedCnpj, fornecedor: (index) => Number(cnpj(index)), custo: real }, ';'),
    columns: { cnpj: 'id', fornecedor: 'id', custo: 'sum' },
    personal: [],
    sums: { custo: realSum },
  },
  {
    name: 'CEP with a dash, with zeros and as numbers',
    content: csv(
      {
        CEP: (index) => `0${1310 + (index % 7)}-${pad(100 + index, 3)}`,
        cep_entrega: (index) => `0${1_310_100 + index}`,
        'Cep Origem': (index) => 88_010_000 + index * 17,
        frete: real,
      },
      ';',
    ),
    columns: { CEP: 'id', cep_entrega: 'id', 'Cep Origem': 'id', frete: 'sum' },
    personal: [],
    sums: { frete: realSum },
  },
  {
    name: 'telephones, named and not',
    content: csv(
      {
        telefone: mobile,
        contato: (index) => `(11) 9${pad(81_234_567 + index * 7919, 8).slice(0, 4)}-${pad(index * 37, 4)}`,
        whats: (index) => `55${mobile(index)}`,
        visitas: amount,
      },
      ';',
    ),
    columns: { telefone: 'id', contato: 'id', whats: 'id', visitas: 'sum' },
    personal: ['telefone', 'contato', 'whats'],
    sums: { visitas: amounts },
  },
  {
    name: 'persons and their addresses',
    content: csv(
      {
        nome: (index) => people[index % 6]!,
        'E-mail': (index) => `pessoa${index}@exemplo.com.br`,
        endereco: (index) => `Rua das Flores, ${index}`,
        nascimento: day,
        cidade: city,
        idade: (index) => 20 + (index % 40),
        salario: real,
      },
      ';',
    ),
    columns: {
      nome: 'id',
      'E-mail': 'id',
      endereco: 'id',
      nascimento: 'id',
      cidade: 'dimension',
      idade: 'avg',
      salario: 'avg',
    },
    personal: ['nome', 'E-mail', 'endereco', 'nascimento'],
    sums: {},
  },
  {
    name: 'keys and their counts',
    content: csv(
      {
        id: (index) => index + 1,
        numero_pedido: (index) => 45_001 + index * 3,
        cod_produto: (index) => 700 + (index % 5),
        nota_fiscal: (index) => 12_000 + index * 2,
        qtd_itens: amount,
        total: real,
      },
      ';',
    ),
    columns: {
      id: 'id',
      numero_pedido: 'id',
      cod_produto: 'id',
      nota_fiscal: 'id',
      qtd_itens: 'sum',
      total: 'sum',
    },
    personal: [],
    sums: { qtd_itens: amounts, total: realSum },
  },
  {
    name: 'stocks, prices and scores beside flows',
    content: csv(
      {
        data: isoDay,
        'Preço Unitário': real,
        estoque_final: (index) => 300 - index,
        nota: (index) => (index % 11) / 2,
        'Saldo (R$)': real,
        unidades: amount,
      },
      ';',
    ),
    columns: {
      data: 'time',
      'Preço Unitário': 'avg',
      estoque_final: 'last',
      nota: 'avg',
      'Saldo (R$)': 'last',
      unidades: 'sum',
    },
    personal: [],
    sums: { unidades: amounts },
  },
  {
    name: 'groups that are numbers',
    content: csv(
      {
        ano: (index) => 2020 + (index % 4),
        mes: (index) => 1 + (index % 12),
        loja: (index) => 1 + (index % 3),
        vendas: amount,
      },
      ';',
    ),
    columns: { ano: 'dimension', mes: 'dimension', loja: 'dimension', vendas: 'sum' },
    personal: [],
    sums: { vendas: amounts },
  },
  {
    name: 'products named after nobody',
    content: csv(
      {
        nome: (index) => ['Parafuso', 'Porca', 'Arruela', 'Chave de fenda'][index % 4]!,
        ativo: (index) => (index % 3 === 0 ? 'sim' : 'não'),
        vendas: amount,
      },
      ';',
    ),
    columns: { nome: 'dimension', ativo: 'dimension', vendas: 'sum' },
    personal: [],
    sums: { vendas: amounts },
  },
  {
    name: 'negative amounts and amounts without cents',
    content: csv(
      {
        data: day,
        lucro: (index) => (index % 4 === 0 ? '-' : '') + real(index),
        despesa: (index) => `${index + 1}.000`,
      },
      ';',
    ),
    columns: { data: 'time', lucro: 'sum', despesa: 'sum' },
    personal: [],
    sums: {
      lucro: sumOf((index) => (index % 4 === 0 ? -1 : 1) * cents(index)) / 100,
      despesa: sumOf((index) => (index + 1) * 1000),
    },
  },
];
