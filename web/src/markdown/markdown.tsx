import type { Element } from 'hast';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import { askTexts } from '../texts/ask.ts';
import { useTexts } from '../texts/translated.ts';
import { makeTables } from './make-tables.ts';
import { markAnswer, markerElement, unsupportedElement, type AnswerMarks, type MarkedSpan } from './mark-answer.ts';

export interface MarkdownProps {
  /** From a model or a document: nothing in it is ever run or fetched. */
  text: string;
  /** What stands for `[n]`; numbers without one stay text. */
  markers?: ReadonlyMap<number, ReactNode>;
  unsupported?: readonly MarkedSpan[];
  /** Addresses that may be opened, because a cited source has them. */
  links?: ReadonlySet<string>;
}

const noMarkers: ReadonlyMap<number, ReactNode> = new Map();
const noSpans: readonly MarkedSpan[] = [];
const noLinks: ReadonlySet<string> = new Set();

/** Markdown as React elements. HTML in it is shown as it is written, images as their description. */
export function Markdown({ text, markers = noMarkers, unsupported = noSpans, links = noLinks }: MarkdownProps) {
  const plugins = useMemo(() => {
    const marks: AnswerMarks = { markers: new Set(markers.keys()), unsupported };
    return [makeTables, [markAnswer, marks] satisfies [unknown, AnswerMarks]];
  }, [markers, unsupported]);
  const allowed = useMemo(() => ({ markers, links }), [markers, links]);
  return (
    <div className="markdown">
      <AllowedContext value={allowed}>
        <ReactMarkdown rehypePlugins={plugins} components={components} urlTransform={keepUrl}>
          {text}
        </ReactMarkdown>
      </AllowedContext>
    </div>
  );
}

/** What a text may become beside text. */
const AllowedContext = createContext<Required<Pick<MarkdownProps, 'markers' | 'links'>>>({
  markers: noMarkers,
  links: noLinks,
});

const components: Components = {
  a: ({ href = '', children }) => <SafeLink href={href}>{children}</SafeLink>,
  img: ({ alt = '' }) => <ImageText description={alt} />,
  // Headings of an answer are below those of the page.
  h1: 'h3',
  h2: 'h4',
  h3: 'h5',
  h4: 'h6',
  h5: 'h6',
  table: ({ children }) => <WideTable>{children}</WideTable>,
  [markerElement]: ({ node }) => <Marker node={node} />,
  [unsupportedElement]: ({ children }) => <Unsupported>{children}</Unsupported>,
};

/** Where a link leads is shown, but only what a source has can be followed. */
function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  if (useContext(AllowedContext).links.has(href)) {
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    );
  }
  const isShown = href === '' || children === href;
  return (
    <span>
      {children}
      {!isShown && <span className="markdown-address"> ({href})</span>}
    </span>
  );
}

/** Scrolls by itself where it is wider than the answer. */
function WideTable({ children }: { children: ReactNode }) {
  const label = useTexts(askTexts).answer.table;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- wide tables are scrolled with the keyboard too
    <div className="markdown-table" role="region" aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}

function ImageText({ description }: { description: string }) {
  return <span className="markdown-image">{useTexts(askTexts).answer.image(description)}</span>;
}

function Marker({ node }: { node: Element | undefined }) {
  return useContext(AllowedContext).markers.get(Number(node?.properties['dataMarker'])) ?? null;
}

function Unsupported({ children }: { children: ReactNode }) {
  return (
    <mark className="unsupported" title={useTexts(askTexts).answer.unsupported}>
      {children}
    </mark>
  );
}

/** Which addresses may be opened is decided where the link is made. */
function keepUrl(url: string): string {
  return url;
}
