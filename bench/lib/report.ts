import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

export interface Figure {
  part: string;
  name: string;
  value: number;
  unit: string;
  /** What it has to be, as a comparison with the value: `<= 5`. Absent: only told. */
  goal?: string;
  /** More to know about it, e.g. the figure it was divided by. */
  note?: string;
}

export function isMet(figure: Figure): boolean | undefined {
  const [, sign, bound] = /^(<=|>=) ([\d.]+)$/.exec(figure.goal ?? '') ?? [];
  if (sign === undefined) return undefined;
  return sign === '<=' ? figure.value <= Number(bound) : figure.value >= Number(bound);
}

/** Collects figures, prints each as it comes, and writes them all to `bench/results/`. */
export class Report {
  readonly figures: Figure[] = [];

  add(figure: Figure): void {
    this.figures.push(figure);
    process.stdout.write(`${line(figure)}\n`);
  }

  heading(text: string): void {
    process.stdout.write(`\n${text}\n`);
  }

  /** Prints how many goals were met, names those missed, and returns the file written. */
  finish(folder: string, facts: Record<string, unknown>): string {
    const missed = this.figures.filter((figure) => isMet(figure) === false);
    const judged = this.figures.filter((figure) => isMet(figure) !== undefined);
    process.stdout.write(`\n${judged.length - missed.length} of ${judged.length} goals met.\n${missed.map((figure) => `${line(figure)}\n`).join('')}`);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
    const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
    writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine, ...facts, figures: this.figures.map((figure) => ({ ...figure, met: isMet(figure) })) }, null, 2)}\n`);
    return file;
  }
}

function line(figure: Figure): string {
  const met = isMet(figure);
  const mark = met === undefined ? '      ' : met ? 'ok    ' : 'MISSED';
  const goal = figure.goal === undefined ? '' : `goal ${figure.goal} ${figure.unit}`;
  return `  ${mark}  ${`${figure.part}: ${figure.name}`.padEnd(58)} ${`${figure.value} ${figure.unit}`.padStart(16)}  ${goal.padEnd(22)} ${figure.note ?? ''}`.trimEnd();
}
