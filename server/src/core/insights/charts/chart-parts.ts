import type { Language } from '../../../models/language.ts';

/** Part of a Vega-Lite specification. */
export type Spec = Readonly<Record<string, unknown>>;

/** What a mark is for: a reader finds what the sentence says. */
export type MarkRole = 'usual' | 'told' | 'compared';

// Each has a contrast of 3:1 at least with white and with near-black, and they differ without colour vision, too.
export const markColours: Readonly<Record<MarkRole, string>> = {
  usual: '#8a8a8a',
  told: '#c7540a',
  compared: '#2a7fc4',
};
/** For letters: readable on white and on near-black alike. */
export const textColour = '#787878';

const numberLocales: Readonly<Record<Language, Spec>> = {
  pt: { decimal: ',', thousands: '.', grouping: [3], currency: ['R$ ', ''] },
  en: { decimal: '.', thousands: ',', grouping: [3], currency: ['$', ''] },
};

/** A whole specification: a title as plain text, no ground of its own, and one size for all. */
export function wholeChart(content: Spec, { title, language }: { title: string; language: Language }): Spec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: title, color: textColour, anchor: 'start', fontSize: 14, limit: 480 },
    width: 480,
    background: 'transparent',
    ...content,
    config: {
      locale: { number: numberLocales[language] },
      view: { stroke: null },
      axis: {
        labelColor: textColour,
        titleColor: textColour,
        domainColor: textColour,
        tickColor: textColour,
        gridColor: textColour,
        gridOpacity: 0.25,
        labelLimit: 180,
      },
    },
  };
}

/** Colours by the field `role`, without a legend: the sentence says what they mean. */
export const colourByRole: Spec = {
  field: 'role',
  type: 'nominal',
  scale: { domain: Object.keys(markColours), range: Object.values(markColours) },
  legend: null,
};

/** Names down the side, in the order of the rows. */
export function nameAxis(title: string | null): Spec {
  return { field: 'name', type: 'nominal', sort: null, axis: { title } };
}

export function amountAxis(title: string, field = 'amount'): Spec {
  return { field, type: 'quantitative', axis: { title, format: ',.4~r' } };
}
