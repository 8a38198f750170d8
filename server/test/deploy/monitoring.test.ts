import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Engine } from '../../src/ports/engine.ts';
import { createPrometheusMetrics } from '../../src/services/metrics/prometheus-metrics.ts';
import { deployPath, readComposeFile, readDeployFile } from '../support/compose-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Dashboard {
  uid: string;
  panels: { title: string; datasource: { uid: string }; targets: { expr: string }[] }[];
}
interface Alerts {
  groups: { rules: { expr: string }[] }[];
}

const dashboard = JSON.parse(readDeployFile('monitoring/grafana/billumy.json')) as Dashboard;
const alerts = parse(readDeployFile('monitoring/alerts.yaml')) as Alerts;

/** What the service exports, and the names that Prometheus makes of a histogram. */
async function exportedNames(): Promise<Set<string>> {
  const metrics = createPrometheusMetrics();
  const status = async () => ({ state: 'ok', reason: null, waiting: 0, loaded: [] });
  metrics.meter({ status } as unknown as Engine);
  const { text } = await metrics.render();
  const names = [...text.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
  return new Set([...names, 'up']);
}

function namesIn(expression: string): string[] {
  return [...expression.matchAll(/\b(?:up|(?:billumy|nodejs|process)_\w+)\b/g)]
    .map(([name]) => name)
    .filter((name) => name !== 'billumy');
}

describe('monitoring', () => {
  it('shows and watches metrics that the service exports', async () => {
    const exported = await exportedNames();
    const expressions = [
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
      ...alerts.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
    ];
    expect(expressions.length).toBeGreaterThan(15);
    for (const expression of expressions) {
      const names = namesIn(expression);
      expect(names.length, expression).toBeGreaterThan(0);
      expect(
        names.filter((name) => !exported.has(name)),
        expression,
      ).toEqual([]);
    }
  });

  it('asks the data source that Grafana is given', () => {
    const { datasources } = parse(readDeployFile('monitoring/grafana/datasources.yaml')) as {
      datasources: { uid: string; url: string }[];
    };
    const [source] = datasources;
    expect(new Set(dashboard.panels.map(({ datasource }) => datasource.uid))).toEqual(new Set([source!.uid]));
    expect(Object.keys(readComposeFile().services)).toContain(new URL(source!.url).hostname);
  });

  it('scrapes every replica, with the key of its own', () => {
    const {
      scrape_configs: [scrape],
    } = parse(readDeployFile('monitoring/prometheus.yaml')) as {
      scrape_configs: object[];
    };
    expect(scrape).toMatchObject({
      metrics_path: '/metrics',
      authorization: { credentials_file: '/run/secrets/metrics-key' },
      dns_sd_configs: [{ names: ['billumy'], type: 'A', port: 8000 }],
    });
  });
});

/** The path of the program that comes with Prometheus. */
const promtool = process.env['PROMTOOL'] ?? '';

it.skipIf(promtool === '')(
  'Prometheus takes its settings and rules (set PROMTOOL to the path of promtool to run it)',
  async () => {
    await using folder = await temporaryFolder();
    copyFileSync(deployPath('monitoring/alerts.yaml'), folder.file('alerts.yaml'));
    writeFileSync(folder.file('key'), 'key');
    const settings = readFileSync(deployPath('monitoring/prometheus.yaml'), 'utf8');
    writeFileSync(folder.file('prometheus.yaml'), settings.replace('/run/secrets/metrics-key', folder.file('key')));
    const said = execFileSync(promtool, ['check', 'config', folder.file('prometheus.yaml')], { encoding: 'utf8' });
    expect(said).toContain('4 rules found');
  },
);
