import { tableBroken } from '../table-error.ts';
import { firstBytes } from './first-bytes.ts';
import { told, type Told } from '../../../../errors/told.ts';

/** How files begin that are sometimes sent as CSV, byte by byte. */
const beginnings: readonly { what: Told; begin: string }[] = [
  { what: told`a PDF document`, begin: '%PDF-' },
  { what: told`a ZIP archive, as workbooks are`, begin: 'PK\u0003\u0004' },
  { what: told`a document of an old office program`, begin: '\u00d0\u00cf\u0011\u00e0' },
  { what: told`a Parquet file`, begin: 'PAR1' },
  { what: told`compressed with gzip`, begin: '\u001f\u008b' },
  { what: told`a picture`, begin: '\u0089PNG' },
  { what: told`a picture`, begin: 'GIF8' },
  { what: told`a picture`, begin: '\u00ff\u00d8\u00ff' },
  { what: told`an SQLite database`, begin: 'SQLite format 3' },
  { what: told`an RTF document`, begin: '{\\rtf' },
];
const texts: readonly { what: Told; form: RegExp }[] = [
  { what: told`an HTML or XML page`, form: /^\s*<(?:!doctype|\?xml|html|head|body|table)[\s>]/i },
  { what: told`JSON`, form: /^\s*(?:\[\s*)?\{\s*"[^"]*"\s*:/ },
];
const lookedAtBytes = 1024;
/** As the mark at the beginning of UTF-8 reads byte by byte. */
const mark = /^\u00ef\u00bb\u00bf/;

/** Rejects with `table_broken` for a file that is something else, which could be read as a table of one column. */
export async function refuseForeign(path: string): Promise<void> {
  const beginning = (await firstBytes(path, lookedAtBytes)).toString('latin1').replace(mark, '');
  const kind =
    beginnings.find(({ begin }) => beginning.startsWith(begin)) ?? texts.find(({ form }) => form.test(beginning));
  if (kind === undefined) return;
  throw tableBroken(told`The file is ${kind.what}, not a table in CSV: send the table, or say its format.`);
}
