import { logger, None, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { serveCalls } from '../../process/serve-calls.ts';
import { undrawable } from './check-specification.ts';
import { maxSvgLength } from './limits.ts';
import { told } from '../../errors/told.ts';

/** The program of a process that draws charts. */
serveCalls({
  async draw(specification: Readonly<Record<string, unknown>>): Promise<string> {
    const svg = await svgOf(specification);
    if (svg.length > maxSvgLength) throw undrawable(told`The drawing is too large.`);
    return svg;
  },
});

async function svgOf(specification: Readonly<Record<string, unknown>>): Promise<string> {
  try {
    // The compiler looks at what it is given, whatever that is.
    const { spec } = compile(specification as unknown as TopLevelSpec, { logger: logger(None) });
    // Expressions, which the compiler makes for axes, are interpreted: nothing is compiled to code.
    const view = new View(parse(spec, undefined, { ast: true }), {
      renderer: 'none',
      loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse },
      expr: expressionInterpreter,
      logLevel: None,
    });
    const svg = await view.toSVG();
    view.finalize();
    return svg;
  } catch (error) {
    throw undrawable(told`It is not a specification of Vega-Lite that holds its data.`, error);
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('Nothing is loaded.'));
}
