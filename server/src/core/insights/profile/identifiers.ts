import { isCardNumber, isCnpj, isCpf } from '../../text/check-digits.ts';
import type { ColumnFacts } from './column-facts.ts';
import { hasWord, wordSet, wordsOfName } from './column-words.ts';
import { arePersons } from './given-names.ts';
import { saysMeasure } from './measure-words.ts';
import { isNumber } from './type-kind.ts';

/** A column that names something and counts nothing. */
export interface Identifier {
  /** Whether it names a person, or tells where one is reached. */
  isPersonal: boolean;
}

const person: Identifier = { isPersonal: true };
const thing: Identifier = { isPersonal: false };

const personalWords = wordSet(`cpf rg cnh passaporte passport pis pasep nis nit ssn email mail telefone fone celular
  whatsapp phone cellphone telephone mobile sobrenome surname lastname firstname fullname imei ip`);
// What only text can be: a number of that name counts, as "emails" and "enderecos" do.
const personalTexts = wordSet('endereco logradouro address street nascimento birth birthday birthdate dob tel cel');
const birthWords = wordSet('nascimento birth birthday birthdate dob');
// What is called so is a key, whatever it is the key of.
const keyWords = wordSet('id ids uuid guid codigo cod code key chave hash token pk fk');
// What is called so is one unless a measure is named beside it: `valor_nf`.
const referenceWords = wordSet(`matricula protocolo placa renavam chassi ean gtin barcode sku ncm cfop cest cnae ibge
  serial nsu isbn cep zip zipcode postal postcode cnpj nfe nf inscricao`);
const numberWords = wordSet('numero num nro nr no number');
const nameWords = wordSet('nome nomes name names');
const persons = wordSet(`cliente paciente funcionario colaborador empregado aluno usuario contato mae pai responsavel
  titular beneficiario medico professor vendedor vendedora atendente autor motorista pessoa socio candidato
  customer patient employee student user contact mother father owner doctor teacher seller salesperson agent author
  driver person candidate first last full completo social`);
const joinedKey =
  /^(?:id|cod|codigo)(?:cliente|produto|pedido|venda|loja|usuario|user|customer|order|product|item|filial|vendedor)$/;
const oddPersons = 0.6;
const someValues = 3;

/** Whether the column identifies, by its name or by what is in it; null: it does not. */
export function identifierOf(column: ColumnFacts): Identifier | null {
  return byName(column) ?? byValues(column) ?? byShape(column);
}

function byName(column: ColumnFacts): Identifier | null {
  const words = wordsOfName(column.name);
  const isText = column.kind === 'text';
  if (column.kind === 'uuid') return thing;
  if (column.kind === 'boolean' || column.kind === 'other') return null;
  if (column.kind === 'date') return hasWord(words, birthWords) ? person : null;
  if (hasWord(words, personalWords) && !saysMeasure(words)) return person;
  if (isText && hasWord(words, personalTexts)) return person;
  if (isText && namesPersons(words)) return person;
  if (isText && isAskedForPersons(words) && arePersons(column.sample, { share: oddPersons })) return person;
  if (words.some((word) => keyWords.has(word) || joinedKey.test(word))) return thing;
  if (words[0] === 'nota' && words[1] === 'fiscal') return thing;
  if (hasWord(words, referenceWords) && !saysMeasure(words)) return thing;
  return isNumbered(words) ? thing : null;
}

/** `nome_cliente`, and not `nome_produto`. */
function namesPersons(words: readonly string[]): boolean {
  return hasWord(words, nameWords) && hasWord(words, persons);
}

function isAskedForPersons(words: readonly string[]): boolean {
  return hasWord(words, nameWords) || hasWord(words, persons);
}

/** `numero_pedido` numbers orders; `numero_de_pedidos` counts them. */
function isNumbered(words: readonly string[]): boolean {
  const rest = words.filter((word) => !numberWords.has(word));
  if (rest.length === words.length || rest.length === 0) return false;
  return !rest.some((word) => word === 'de' || word === 'of' || word.endsWith('s'));
}

function byValues(column: ColumnFacts): Identifier | null {
  const isInteger = isWhole(column);
  if (column.sample.length < someValues || (!isInteger && column.kind !== 'text')) return null;
  const values = column.sample.map((value) => (isInteger ? value.replace(/\.0+$/, '') : value.trim()));
  const areMost = (is: (value: string) => boolean): boolean => values.filter(is).length >= values.length * 0.9;
  if (areMost(isInteger ? looksLikeCpfNumber : looksLikeCpf)) return person;
  if (areMost((value) => /^\d{14}$/.test(bare(value)) && isCnpj(bare(value)))) return thing;
  if (areMost((value) => /^\d{15,16}$/.test(bare(value)) && isCardNumber(bare(value)))) return person;
  if (areMost((value) => mobileNumber.test(value) || (!isInteger && telephone.test(value)))) return person;
  if (isInteger) return null;
  if (areMost((value) => /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}$/.test(value))) return person;
  if (areMost((value) => /^\d{5}-\d{3}$/.test(value) || /^[0-9a-f-]{32,40}$/i.test(value))) return thing;
  return areMost((value) => /^\p{Lu}[\p{L}'.]*(?: (?:d[aeo]s?|e|\p{Lu}[\p{L}'.]*)){1,6}$/u.test(value)) &&
    arePersons(values, { share: 0.4 })
    ? person
    : null;
}

// Brazilian mobile numbers as digits alone: area code, then a 9.
const mobileNumber = /^(?:55)?[1-9][1-9]9\d{8}$/;
const telephone = /^(?:\+\d{1,3}[ -]?)?\(?\d{2,3}\)?[ -]?\d{4,5}[ -]\d{4}$/;

const bare = (value: string): string => value.replaceAll(/[.\-/ ]/g, '');

function looksLikeCpf(value: string): boolean {
  return /^\d{3}\.?\d{3}\.?\d{3}-?\d{2}$/.test(value) && isCpf(bare(value));
}

/** Read as a number it has lost its zeros in front. */
function looksLikeCpfNumber(value: string): boolean {
  return /^\d{9,11}$/.test(value) && isCpf(value.padStart(11, '0'));
}

/** Whole numbers that are all different and stand close together count rows, or are as long as keys are. */
function byShape(column: ColumnFacts): Identifier | null {
  if (!isWhole(column) || saysMeasure(wordsOfName(column.name))) return null;
  const { values, distinct, least, greatest } = column;
  if (values < 10 || distinct < values || least === null || greatest === null) return null;
  const isDense = Number(greatest) - Number(least) < values * 2;
  const isLong = Number(least) >= 1_000_000 && digits(least) === digits(greatest);
  return isDense || isLong ? thing : null;
}

function digits(number: string): number {
  return (number.split('.')[0] ?? '').length;
}

function isWhole({ kind, fractions }: ColumnFacts): boolean {
  return isNumber(kind) && fractions === 0;
}
