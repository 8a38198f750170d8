import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { analyse } from '../support/analyse.ts';
import { ask } from '../support/ask.ts';
import { describeInBrowser } from '../support/in-browser.ts';
import { saveImage } from '../support/save-image.ts';
import { exampleLines, samples } from '../support/whole-way-samples.ts';

type Language = keyof typeof samples;

/** A training of the fewest examples takes a minute and a half where nothing else runs. */
const trainingMs = 540_000;

describeInBrowser('the whole way after a first start', ({ url, enter }) => {
  it('goes in Portuguese from a PDF to a training that is taken back, and to an insight that is verified', async () => {
    const page = await enter({ language: 'pt' });
    await uploadAndAsk(page, 'pt');
    await page.goto(`${url()}/#/training/new`);
    await page.getByLabel('Arquivo ou texto').check({ force: true });
    await page.getByLabel('Exemplos, um por linha').fill(exampleLines);
    await page.getByRole('button', { name: 'Treinar' }).click();
    await page.getByText('Treinamento iniciado.').waitFor();
    await analyseAndVerify(page, 'pt');
    await page.goto(`${url()}/#/training`);
    await page.getByRole('table').getByRole('link').first().click();
    const version = page.getByRole('article');
    await version.getByText('Responde agora').waitFor({ timeout: trainingMs });
    expect(await version.getByRole('row').allInnerTexts()).toContainEqual(
      expect.stringMatching(/^Erro no que já sabia[\s\S]*Passou/),
    );
    await version.evaluate((card) => card.scrollIntoView({ block: 'end' }));
    await saveImage(page, 'training.pt');
    await version.getByRole('button', { name: 'Voltar à anterior' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Voltar à anterior' }).click();
    await page.getByText('O que respondia antes responde de novo.').waitFor();
    await version.getByText('Aprovada').waitFor();
  }, 900_000);

  it('goes in English from a PDF to a training that is taken back, and to an insight that is verified', async () => {
    const page = await enter({ language: 'en' });
    await uploadAndAsk(page, 'en');
    await analyseAndVerify(page, 'en');
    await page.goto(`${url()}/#/training`);
    await page.getByRole('table').getByRole('link').first().click();
    const version = page.getByRole('article');
    await version.getByText('Accepted').waitFor();
    expect(await version.getByRole('row').allInnerTexts()).toContainEqual(
      expect.stringMatching(/^Loss on what it could do before[\s\S]*Passed/),
    );
    await version.getByRole('button', { name: 'Publish' }).click();
    await version.getByText('Answers now').waitFor();
    await version.evaluate((card) => card.scrollIntoView({ block: 'end' }));
    await saveImage(page, 'training.en');
    await version.getByRole('button', { name: 'Go back to the one before' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Go back to the one before' }).click();
    await page.getByText('What answered before answers again.').waitFor();
    await version.getByText('Accepted').waitFor();
  });

  /** A PDF becomes a source, and its words are opened where they stand. */
  async function uploadAndAsk(page: Page, language: Language): Promise<void> {
    const { pdf, question, cited } = samples[language];
    await page.goto(`${url()}/#/documents`);
    await page.locator('input[type=file]').first().setInputFiles(pdf);
    await page
      .getByRole('row', { name: pdf.name.replace('.pdf', '') })
      .getByText(/^(?:Pronto|Ready)$/)
      .waitFor();
    await saveImage(page, `documents.${language}`);
    await page.goto(`${url()}/#/`);
    const answer = await ask(page, question);
    await answer.locator('.marker').first().click();
    const highlight = page.getByRole('dialog').locator('.viewer-highlight');
    expect(await highlight.innerText()).toContain(cited);
    await page
      .getByRole('dialog')
      .getByText(/^(?:Página|Page) 2$/)
      .first()
      .waitFor();
    await saveImage(page, `ask.${language}`);
    await page.keyboard.press('Escape');
  }

  /** A table is dropped, and what is found in it holds when its queries run again. */
  async function analyseAndVerify(page: Page, language: Language): Promise<void> {
    const { csv, dataQuestion } = samples[language];
    await page.goto(`${url()}/#/insights`);
    await analyse(page, { files: [csv], question: dataQuestion });
    await page.getByRole('button', { name: /^(?:Conferir|Verify)$/ }).click();
    await page.getByText(/^(?:Confere|Verified): /).waitFor();
    await page.getByRole('article').first().getByRole('img').waitFor();
    await page.locator('.report').evaluate((report) => report.scrollIntoView());
    await saveImage(page, `insights.${language}`);
  }
});
