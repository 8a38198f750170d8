/** Draws charts. */
export interface ChartRenderer extends AsyncDisposable {
  /**
   * The SVG of a Vega-Lite specification that holds its data. Nothing is fetched, and nothing in it is run. Rejects with
   * `invalid_request` for a specification that cannot be drawn, and with `timeout`.
   */
  draw(specification: Readonly<Record<string, unknown>>, options: { signal: AbortSignal }): Promise<string>;
}
