import type { Page, PageRequest } from '../../models/page.ts';

/** Every item of a list, page after page. */
export async function* allPages<T>(list: (page: PageRequest) => Promise<Page<T>>): AsyncGenerator<T> {
  let after: string | null = null;
  do {
    const page: Page<T> = await list({ limit: 100, after });
    yield* page.items;
    after = page.next;
  } while (after !== null);
}
