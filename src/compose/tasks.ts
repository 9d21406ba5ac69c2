import type { Config } from '../config.js';
import { AppError } from '../errors.js';

/** `npm run backup -- FILE` and `npm run restore -- FILE`. */
export async function runTask(config: Config, task: string, file: string | undefined): Promise<void> {
  if ((task !== 'backup' && task !== 'restore') || file === undefined) throw new AppError('config_invalid', 'usage: npm run backup -- FILE, npm run restore -- FILE');
  await Promise.resolve(config);
  throw new AppError('config_invalid', 'backup is wired when it exists');
}
