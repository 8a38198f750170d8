import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../prepare.mjs';

/**
 * Asks through nginx what `npm start` asks, and shows the same. The samples are added at the first start, when there is a new
 * administrator; later the question is asked with the token.
 */
export async function showFirstAnswer({ url, newAdministrator, token }) {
  const { welcome, askFirstQuestion } = await loadBuilt('welcome.js');
  const { openTerminal } = await loadBuilt('terminal.js');
  const { languageOf } = await loadBuilt('texts.js');
  const terminal = openTerminal({ language: languageOf(process.env), json: false });
  const portuguese = terminal.language === 'pt';
  if (newAdministrator === null) {
    terminal.write('\n');
    await askFirstQuestion({ url, key: token }, terminal);
  } else {
    introduce(newAdministrator, terminal);
    await welcome({ url, newAdministrator }, terminal);
  }
  terminal.write(portuguese ? '\nPronto. Ctrl-C encerra tudo.\n' : '\nReady. Ctrl-C stops everything.\n');
}

function introduce({ username, password, isGenerated }, terminal) {
  const portuguese = terminal.language === 'pt';
  terminal.write(portuguese ? `Administrador: ${username}\n` : `Administrator: ${username}\n`);
  if (!isGenerated) return;
  terminal.write(
    portuguese ? `Senha, mostrada só desta vez: ${password}\n` : `Password, shown this once: ${password}\n`,
  );
}

/** The command line is built before this runs. */
function loadBuilt(name) {
  return import(pathToFileURL(join(root, 'cli/dist', name)).href);
}
