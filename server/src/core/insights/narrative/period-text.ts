import type { Grain } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';

/** A name in a sentence, with what its neighbours must agree with. */
export interface Name {
  text: string;
  /** Portuguese: joins with the preposition before it ("em" + "o" is "no"). */
  article: 'o' | 'a' | null;
  /** English: "on" a day, "in" anything else. */
  isDay: boolean;
}

const formats = { pt: formatsOf('pt-BR'), en: formatsOf('en-US') } as const;

/** A period by its first day (`YYYY-MM-DD`): "junho de 2025", "the week of June 2, 2025". */
export function periodName(start: string, { grain, language }: { grain: Grain; language: Language }): Name {
  const date = new Date(`${start.slice(0, 10)}T00:00:00Z`);
  const year = `${date.getUTCFullYear()}`;
  const quarter = Math.floor(date.getUTCMonth() / 3) + 1;
  switch (grain) {
    case 'day':
      return { text: dayText(date, language), article: null, isDay: true };
    case 'week':
      return language === 'pt'
        ? { text: `semana de ${dayText(date, language)}`, article: 'a', isDay: false }
        : { text: `the week of ${dayText(date, language)}`, article: null, isDay: false };
    case 'month':
      return { text: formats[language].month.format(date), article: null, isDay: false };
    case 'quarter':
      return language === 'pt'
        ? { text: `${quarter}º trimestre de ${year}`, article: 'o', isDay: false }
        : { text: `Q${quarter} ${year}`, article: null, isDay: false };
    case 'year':
      return { text: year, article: null, isDay: false };
    default:
      return grain satisfies never;
  }
}

/** A day of the week (1 is Monday, 7 Sunday) or a month (1 to 12) of any year. */
export function seasonName(
  of: 'weekday' | 'month',
  { number, language }: { number: number; language: Language },
): Name {
  // 2024 began on a Monday.
  const date = of === 'weekday' ? new Date(Date.UTC(2024, 0, number)) : new Date(Date.UTC(2024, number - 1, 1));
  const text = formats[language][of === 'weekday' ? 'weekday' : 'monthOfAnyYear'].format(date);
  if (of === 'month') return { text, article: null, isDay: false };
  return { text, article: language === 'en' ? null : text.endsWith('feira') ? 'a' : 'o', isDay: true };
}

function dayText(date: Date, language: Language): string {
  return formats[language].day.format(date);
}

function formatsOf(
  locale: string,
): Readonly<Record<'day' | 'month' | 'monthOfAnyYear' | 'weekday', Intl.DateTimeFormat>> {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return {
    day: format({ dateStyle: 'long' }),
    month: format({ month: 'long', year: 'numeric' }),
    monthOfAnyYear: format({ month: 'long' }),
    weekday: format({ weekday: 'long' }),
  };
}
