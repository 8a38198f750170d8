import { useId } from 'react';
import { DataTable, type Column } from '../../../components/data-table.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { trainingTexts } from '../../../texts/training.ts';
import { useTexts } from '../../../texts/translated.ts';
import { chartSize, dotsPath, linePath, rangeOf, type ChartRange } from './chart-paths.ts';
import { smoothedLosses, validationPoints, type LossPoint } from './loss-points.ts';

const lines = [0, 25, 50, 75, 100];
const mostRows = 40;

/** How the losses fell, as a curve, in words, and as numbers for who asks for them. */
export function LossChart({ points }: { points: readonly LossPoint[] }) {
  const texts = useTexts(trainingTexts).job;
  const [first] = points;
  if (first === undefined || points.length < 2) return <p className="quiet">{texts.chartEmpty}</p>;
  return (
    <figure className="chart">
      <Curve points={points} />
      <figcaption className="chart-legend">
        <span className="chart-key training">{texts.loss}</span>
        <span className="chart-key validation">{texts.validationLoss}</span>
        {first.step > 1 && <span className="quiet">{texts.chartSince}</span>}
      </figcaption>
      <details>
        <summary>{texts.numbers}</summary>
        <Numbers points={points} />
      </details>
    </figure>
  );
}

function Curve({ points }: { points: readonly LossPoint[] }) {
  const texts = useTexts(trainingTexts).job;
  const locale = localeOf[useLanguage().language];
  const id = useId();
  const validation = validationPoints(points);
  const range = rangeOf([...points, ...validation]);
  const number = (value: number): string => value.toLocaleString(locale, { maximumFractionDigits: 3 });
  const detail = texts.chartDetail(
    number(points[0]?.loss ?? 0),
    number(points.at(-1)?.loss ?? 0),
    number(range.lastStep),
  );
  return (
    <div className="chart-field">
      <Scale range={range} format={number} />
      <svg
        viewBox={`0 0 ${chartSize} ${chartSize}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-detail`}
      >
        <title id={`${id}-title`}>{texts.chart}</title>
        <desc id={`${id}-detail`}>{detail}</desc>
        {lines.map((height) => (
          <path key={height} className="chart-line" d={`M0 ${height}H${chartSize}`} />
        ))}
        <path className="chart-curve raw" d={linePath(points, range)} />
        <path className="chart-curve training" d={linePath(smoothedLosses(points), range)} />
        <path className="chart-curve validation" d={linePath(validation, range)} />
        <path className="chart-dots" d={dotsPath(validation, range)} />
      </svg>
    </div>
  );
}

/** The ends of both axes; beside the drawing, so that it can be stretched without its letters. */
function Scale({ range, format }: { range: ChartRange; format(value: number): string }) {
  const { step } = useTexts(trainingTexts).job;
  return (
    <>
      <div className="chart-heights" aria-hidden="true">
        <span>{format(range.highest)}</span>
        <span>{format(range.highest / 2)}</span>
        <span>0</span>
      </div>
      <div className="chart-steps" aria-hidden="true">
        <span>{`${step} ${format(range.firstStep)}`}</span>
        <span>{format(range.lastStep)}</span>
      </div>
    </>
  );
}

function Numbers({ points }: { points: readonly LossPoint[] }) {
  const texts = useTexts(trainingTexts).job;
  const locale = localeOf[useLanguage().language];
  const number = (value: number | null): string =>
    value === null ? '—' : value.toLocaleString(locale, { maximumFractionDigits: 4 });
  const columns: readonly Column<LossPoint>[] = [
    { name: 'step', title: texts.step, render: ({ step }) => number(step) },
    { name: 'loss', title: texts.loss, kind: 'number', render: ({ loss }) => number(loss) },
    {
      name: 'validation',
      title: texts.validationLoss,
      kind: 'number',
      render: ({ validationLoss }) => number(validationLoss),
    },
  ];
  const every = Math.ceil(points.length / mostRows);
  const rows = points.filter((_point, index) => index % every === 0 || index === points.length - 1);
  return <DataTable caption={texts.chart} columns={columns} rows={rows} keyOf={({ step }) => String(step)} />;
}
