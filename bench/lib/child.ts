import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a script of the bench in a process of its own, with `input` as its argument, and gives back the JSON that it prints last. */
export async function runChild<T>(script: string, input: unknown): Promise<T> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL(`../${script}`, import.meta.url)), JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}: ${last}`);
  return JSON.parse(last) as T;
}

/** The argument that `runChild` gave. */
export function childInput<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}
