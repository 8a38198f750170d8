/** Files and documents. */
export const documents: Readonly<Record<string, string>> = {
  'This document is being deleted; try again.': 'Este documento está sendo excluído; tente de novo.',
  'The revision before it stays in force.': 'A revisão anterior continua valendo.',
  'Send at least one file.': 'Envie pelo menos um arquivo.',
  'Send it again to have it read.': 'Envie-o de novo para que seja lido.',
  'Only the owner of this document or an administrator may change it.':
    'Só quem é dono deste documento, ou quem administra o serviço, pode alterá-lo.',
  'The service stopped {0} times while it read this file.': 'O serviço parou {0} vezes enquanto lia este arquivo.',
  'No document of this job could be read.': 'Nenhum documento desta tarefa pôde ser lido.',
  'Send txt, md, html, csv, json, pdf, docx or xlsx.': 'Envie txt, md, html, csv, json, pdf, docx ou xlsx.',
  'The content of the file is not what its type or name says.':
    'O conteúdo do arquivo não é o que o tipo ou o nome dele diz.',
  'Images, archives and programs are not read.': 'Imagens, arquivos compactados e programas não são lidos.',
  'Of the formats packed as ZIP, only docx and xlsx are read.':
    'Dos formatos compactados em ZIP, só docx e xlsx são lidos.',
  'Remove the password and send the file again.': 'Remova a senha e envie o arquivo de novo.',
  'Save the file as docx or xlsx and send it again.': 'Salve o arquivo como docx ou xlsx e envie de novo.',
  'This revision could not be read: its text is not known.':
    'Esta revisão não pôde ser lida: o texto dela não é conhecido.',
  'This revision is still being read: try again when its document is ready.':
    'Esta revisão ainda está sendo lida: tente de novo quando o documento estiver pronto.',
  'No text was found in the file.': 'Nenhum texto foi encontrado no arquivo.',
  'A file may have {0} bytes.': 'Um arquivo pode ter {0} bytes.',
  'The file has no content.': 'O arquivo não tem conteúdo.',
  'A row has more than {0} columns.': 'Uma linha tem mais de {0} colunas.',
  'A quoted field is not closed.': 'Um campo entre aspas não foi fechado.',
  'The file is not valid JSON.': 'O arquivo não é um JSON válido.',
  'The JSON is nested deeper than {0} levels.': 'O JSON tem mais de {0} níveis.',
  'The file has more headings than are read.': 'O arquivo tem mais títulos do que são lidos.',
  'The PDF has more than {0} pages; split it.': 'O PDF tem mais de {0} páginas; divida o arquivo.',
  'The PDF has {0} pages without text: it may be a scan. Recognise its text (OCR) and send it again.':
    'O PDF tem {0} páginas sem texto: pode ser uma digitalização. Reconheça o texto (OCR) e envie de novo.',
  'The PDF is damaged.': 'O PDF está danificado.',
  'The PDF has too much text.': 'O PDF tem texto demais.',
  'The workbook contains no filled cells.': 'A planilha não tem células preenchidas.',
  'The parser process has ended.': 'O processo que lê arquivos terminou.',
  'Split the file, or send its text alone.': 'Divida o arquivo, ou envie só o texto dele.',
  'The file is not valid text in its encoding.': 'O arquivo não é um texto válido na codificação que tem.',
  'The file contains binary data, or text in an unknown encoding.':
    'O arquivo contém dados binários, ou texto numa codificação desconhecida.',
  'The file has more text than is read; split it.': 'O arquivo tem mais texto do que é lido; divida o arquivo.',
  'The file contains no text.': 'O arquivo não contém texto.',
  'It has too many parts.': 'Ele tem partes demais.',
  'It is too large when unpacked.': 'Ele é grande demais quando descompactado.',
  'It is a decompression bomb.': 'Ele é uma bomba de descompressão.',
  'The file contains another archive.': 'O arquivo contém outro arquivo compactado.',
  'The file declares XML entities, which Office files do not.':
    'O arquivo declara entidades XML, o que arquivos do Office não fazem.',
  'The file was not unpacked. {0}': 'O arquivo não foi descompactado. {0}',
  'The ZIP container of the file is damaged.': 'O contêiner ZIP do arquivo está danificado.',
};
