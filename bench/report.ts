import type { Measurement } from './measure.ts';

/** What a figure may be at most (design 9). */
export interface Budget {
  name: string;
  most: number;
  unit: string;
}

const line = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const format = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

/** One figure against its budget. */
export function reportFigure({ name, most, unit }: Budget, value: number, detail = ''): void {
  const verdict = value <= most ? 'PASS' : `over by ${format(value - most)} ${unit}`;
  line(`${name}: ${format(value)} ${unit}, budget ${format(most)}: ${verdict}${detail && `  (${detail})`}`);
}

/** CPU time an operation against its budget and against the limit that was measured in the same run. */
export function reportWork(budget: Budget, measured: Measurement, limit: number): void {
  const { server, postgres, done, seconds, p50, p99, transactions } = measured;
  const total = server + postgres;
  const parts = `server ${format(server)} + PostgreSQL ${format(postgres)} ms`;
  reportFigure(budget, total, parts);
  line(
    `    ${format(done / seconds)}/s, p50 ${format(p50)} ms, p99 ${format(p99)} ms, ${format(transactions)} transactions each, ${format(total / limit)} × the limit`,
  );
}

/** Said once a script: what the ratios are to. */
export function reportLimit(limit: number): void {
  line(`the limit (a bare server that signs one ES256 JWT): ${format(limit)} ms CPU`);
}
