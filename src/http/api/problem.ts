import type { Logger } from 'pino';
import type { z } from 'zod';
import { AppError, messageOf } from '../../errors.js';

export interface Problem {
  status: number;
  body: { error: { code: string; message: string; facts?: Record<string, unknown> } };
}

/**
 * What a thrown thing becomes for the one who asked. Our own errors carry their code and facts; of everything else only
 * `bug` is told, and the rest goes to the log with `requestId`.
 */
export function problemOf(error: unknown, log: Logger, requestId: string): Problem {
  const known = asAppError(error);
  if (!known || known.status >= 500) log[known?.status === 503 ? 'warn' : 'error']({ err: error, requestId }, messageOf(error));
  if (!known || known.code === 'bug') return problem('bug', 500, 'Something went wrong on our side. It was noted.', { requestId });
  if (known.code === 'config_invalid') return problem(known.code, 500, 'The configuration is faulty; the log says where.', { requestId });
  if (known.code === 'store_unavailable') return problem(known.code, 503, 'The store cannot be reached at the moment. Nothing was changed.', {});
  return problem(known.code, known.status, known.message, known.facts);
}

/** Facts of a failed check: where, and what was expected; never the value. */
export function invalidInput(where: 'path' | 'query' | 'body', error: z.ZodError): AppError {
  const issues = error.issues.slice(0, 20).map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
  return new AppError('bad_request', `The ${where} is not as it should be.`, { facts: { issues, fields: Object.fromEntries(issues.map(({ path, message }) => [path, message])) } });
}

function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  // Express answers a path with a broken escape (`%E0%A4%A`) with a URIError that carries status 400.
  if (error instanceof URIError) return new AppError('bad_request', 'The path is not well-formed.');
  return undefined;
}

function problem(code: string, status: number, message: string, facts: Readonly<Record<string, unknown>>): Problem {
  return { status, body: { error: { code, message, ...(Object.keys(facts).length > 0 && { facts: { ...facts } }) } } };
}
