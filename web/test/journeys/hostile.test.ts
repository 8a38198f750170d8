import { expect, it } from 'vitest';
import { ask } from '../support/ask.ts';
import { hostileAnswers } from '../support/hostile-answers.ts';
import { describeInBrowser } from '../support/in-browser.ts';
import { wasRun, watchRequests } from '../support/requests.ts';
import { asEvents, sampleAnswer, sampleConversation } from '../support/sample-answer.ts';

describeInBrowser('what a model or a document writes', ({ url, enter }) => {
  it('is never run or loaded, in 300 ways to try it', async () => {
    const page = await enter();
    const elsewhere = await watchRequests(page, url());
    const answers = hostileAnswers.map((text, index) => sampleAnswer(`ans_${index}`, text));
    expect(answers).toHaveLength(300);
    await page.route('**/conversations/con_played', (route) => route.fulfill({ json: sampleConversation(answers) }));
    await page.goto(`${url()}/#/ask/con_played`);
    await page.locator('.answer').nth(299).waitFor();
    await page.mouse.move(640, 400);
    const made = page.locator(
      '.answer :is(script, img, iframe, object, embed, video, link, style, form, base, meta, details, [style], a[href])',
    );
    expect(await made.evaluateAll((elements) => elements.map((element) => element.outerHTML))).toEqual([]);
    expect(elsewhere).toEqual([]);
    expect(await wasRun(page)).toBe(false);
    expect(page.url()).toBe(`${url()}/#/ask/con_played`);
  });

  it('is never run or loaded while it is written', async () => {
    const page = await enter();
    const elsewhere = await watchRequests(page, url());
    const answer = sampleAnswer('ans_all', hostileAnswers.slice(0, 100).join('\n\n'));
    await page.route('**/ask/question', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body: asEvents(answer) }),
    );
    await ask(page, 'Qual é o prazo?');
    expect(elsewhere).toEqual([]);
    expect(await wasRun(page)).toBe(false);
  });

  it('is shown as it is written in the text of a document and in titles', async () => {
    const page = await enter();
    const elsewhere = await watchRequests(page, url());
    const [hostile = ''] = hostileAnswers.filter((text) => text.startsWith('<img'));
    const title = `Prazos ${hostile}`;
    const document = { id: 'doc_played', title, revision: 1 };
    const citation = { ...sampleAnswer('x', '').citations[0]!, document, start: 0, end: hostile.length };
    const answer = sampleAnswer('ans_1', 'Doze dias [1].', { citations: [citation] });
    const conversation = { ...sampleConversation([answer]), title };
    const content = { id: 'doc_played', revision: 1, title, text: `${hostile} e mais`, sections: [], pages: [] };
    await page.route('**/conversations/con_played', (route) => route.fulfill({ json: conversation }));
    await page.route('**/documents/doc_played/content**', (route) => route.fulfill({ json: content }));
    await page.goto(`${url()}/#/ask/con_played`);
    await page.locator('.marker').click();
    expect(await page.locator('.viewer-highlight').innerText()).toBe(hostile);
    expect(await page.getByRole('dialog').getByRole('heading').innerText()).toBe(title);
    expect(elsewhere).toEqual([]);
    expect(await wasRun(page)).toBe(false);
  });

  it('may be followed where a cited source has the same address, and nowhere else', async () => {
    const page = await enter();
    const text = 'Veja [os prazos](https://aurora.example/prazos) ou [isto](https://aurora.example/outra) [1].';
    const conversation = sampleConversation([sampleAnswer('ans_1', text)]);
    await page.route('**/conversations/con_played', (route) => route.fulfill({ json: conversation }));
    await page.goto(`${url()}/#/ask/con_played`);
    const links = page.locator('.answer a');
    await links.first().waitFor();
    expect(await links.evaluateAll((found) => found.map((link) => link.getAttribute('href')))).toEqual([
      'https://aurora.example/prazos',
    ]);
    expect(await links.first().getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(await page.locator('.answer .markdown').innerText()).toContain('isto (https://aurora.example/outra)');
  });

  it('could load nothing even if it were run: the policy of the page forbids it', async () => {
    const page = await enter();
    const elsewhere = await watchRequests(page, url());
    const refused = await page.evaluate(async () => {
      const image = new Image();
      const failed = new Promise((resolve) => image.addEventListener('error', resolve));
      image.src = 'http://evil.example/x.png';
      await failed;
      return fetch('http://evil.example/x').then(
        () => false,
        () => true,
      );
    });
    expect([refused, elsewhere]).toEqual([true, []]);
  });
});
