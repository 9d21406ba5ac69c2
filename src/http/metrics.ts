import type { Gauge } from './deps.js';

/** Counts of this process. Counting costs a map entry; the Prometheus client is loaded at the first scrape only. */
export interface Metrics {
  countRequest(facts: { method: string; route: string; status: number; ms: number }): void;
  countHook(status: number): void;
  /** The text for Prometheus, with these figures of the moment. */
  render(gauges: readonly Gauge[]): Promise<{ contentType: string; text: string }>;
}

interface Sum {
  labels: { method: string; route: string; status: string };
  count: number;
  seconds: number;
}

export function createMetrics(): Metrics {
  const requests = new Map<string, Sum>();
  let renderer: ReturnType<typeof createRenderer> | undefined;

  function add(labels: Sum['labels'], seconds: number): void {
    const key = `${labels.method} ${labels.route} ${labels.status}`;
    const sum = requests.get(key) ?? { labels, count: 0, seconds: 0 };
    sum.count += 1;
    sum.seconds += seconds;
    requests.set(key, sum);
  }

  return {
    countRequest: ({ method, route, status, ms }) => add({ method, route, status: String(status) }, ms / 1000),
    countHook: (status) => add({ method: 'POST', route: '/hooks/:channelId', status: String(status) }, 0),
    async render(gauges) {
      renderer ??= createRenderer(requests);
      return (await renderer)(gauges);
    },
  };
}

async function createRenderer(requests: ReadonlyMap<string, Sum>) {
  const { Counter, Gauge: PromGauge, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const total = new Counter({ name: 'rapport_http_requests_total', help: 'Requests answered', labelNames, registers: [registry] });
  const seconds = new Counter({ name: 'rapport_http_request_seconds_total', help: 'Time spent answering them', labelNames, registers: [registry] });
  const gauges = new Map<string, InstanceType<typeof PromGauge>>();

  return async (figures: readonly Gauge[]) => {
    total.reset();
    seconds.reset();
    for (const sum of requests.values()) {
      total.inc(sum.labels, sum.count);
      seconds.inc(sum.labels, sum.seconds);
    }
    for (const { name, help, value } of figures) {
      const gauge = gauges.get(name) ?? new PromGauge({ name, help, registers: [registry] });
      gauges.set(name, gauge);
      gauge.set(value);
    }
    return { contentType: registry.contentType, text: await registry.metrics() };
  };
}
