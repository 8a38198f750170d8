import { makeZip, type ZipEntry } from './make-zip.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const packageNamespace = 'http://schemas.openxmlformats.org/package/2006';
const officeNamespace = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function contentTypes(parts: Readonly<Record<string, string>>): ZipEntry {
  const overrides = Object.entries(parts).map(
    ([name, type]) => `<Override PartName="/${name}" ContentType="${type}"/>`,
  );
  return {
    name: '[Content_Types].xml',
    content: `${declaration}<Types xmlns="${packageNamespace}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
  };
}

function relationships(name: string, targets: Readonly<Record<string, string>>): ZipEntry {
  const items = Object.entries(targets).map(
    ([target, type], index) =>
      `<Relationship Id="rId${index + 1}" Type="${officeNamespace}/${type}" Target="${target}"/>`,
  );
  return {
    name,
    content: `${declaration}<Relationships xmlns="${packageNamespace}/relationships">${items.join('')}</Relationships>`,
  };
}

export interface DocxParagraph {
  text: string;
  /** Such as `Heading1`. */
  style?: string;
}

/** The entries of a Word file, so that a test can add to them or damage them. */
export function docxEntries(body: string): ZipEntry[] {
  return [
    contentTypes({
      'word/document.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    }),
    relationships('_rels/.rels', { 'word/document.xml': 'officeDocument' }),
    {
      name: 'word/document.xml',
      content: `${declaration}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    },
    {
      name: 'word/styles.xml',
      content: `${declaration}<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${[
        1, 2, 3,
      ]
        .map(
          (level) =>
            `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`,
        )
        .join('')}</w:styles>`,
    },
    relationships('word/_rels/document.xml.rels', { 'styles.xml': 'styles' }),
  ];
}

export function docxParagraph({ text, style }: DocxParagraph): string {
  const properties = style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
}

/** A table whose first row is bold. */
export function docxTable(rows: readonly (readonly string[])[]): string {
  return `<w:tbl>${rows.map((row, index) => `<w:tr>${row.map((text) => docxCell(text, index === 0)).join('')}</w:tr>`).join('')}</w:tbl>`;
}

function docxCell(text: string, isBold: boolean): string {
  return `<w:tc><w:p><w:r>${isBold ? '<w:rPr><w:b/></w:rPr>' : ''}<w:t>${escapeXml(text)}</w:t></w:r></w:p></w:tc>`;
}

export function makeDocx(body: string): Buffer {
  return makeZip(docxEntries(body));
}

export type XlsxCell = string | number | boolean | Date | null;

const dayMilliseconds = 86_400_000;
/** Day 0 of the calendar of spreadsheets. */
const epoch = Date.UTC(1899, 11, 30);
const dateStyle = 1;

/** The entries of a workbook of the sheets. */
export function xlsxEntries(sheets: Readonly<Record<string, readonly (readonly XlsxCell[])[]>>): ZipEntry[] {
  const names = Object.keys(sheets);
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return [
    contentTypes({ 'xl/workbook.xml': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml' }),
    relationships('_rels/.rels', { 'xl/workbook.xml': 'officeDocument' }),
    relationships('xl/_rels/workbook.xml.rels', {
      ...Object.fromEntries(names.map((_, index) => [`worksheets/sheet${index + 1}.xml`, 'worksheet'])),
      'styles.xml': 'styles',
    }),
    {
      name: 'xl/workbook.xml',
      content: `${declaration}<workbook xmlns="${main}" xmlns:r="${officeNamespace}"><sheets>${names
        .map((name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/styles.xml',
      content: `${declaration}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    },
    ...names.map((name, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      content: `${declaration}<worksheet xmlns="${main}"><sheetData>${(sheets[name] ?? [])
        .map((row, rowIndex) => xlsxRow(row, rowIndex + 1))
        .join('')}</sheetData></worksheet>`,
    })),
  ];
}

export function makeXlsx(sheets: Readonly<Record<string, readonly (readonly XlsxCell[])[]>>): Buffer {
  return makeZip(xlsxEntries(sheets));
}

function xlsxRow(cells: readonly XlsxCell[], number: number): string {
  const content = cells.map((cell, column) => xlsxCell(cell, `${String.fromCharCode(65 + column)}${number}`));
  return `<row r="${number}">${content.join('')}</row>`;
}

function xlsxCell(cell: XlsxCell, reference: string): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return `<c r="${reference}" t="inlineStr"><is><t>${escapeXml(cell)}</t></is></c>`;
  if (typeof cell === 'boolean') return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  return `<c r="${reference}" s="${dateStyle}"><v>${(cell.getTime() - epoch) / dayMilliseconds}</v></c>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
