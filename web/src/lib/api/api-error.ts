/** What a call came back with when it did not work. Branch on `code`; `message` is for people. */
export class ApiError extends Error {
  readonly code: string;
  /** 0 when the server could not be reached. */
  readonly status: number;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: { status: number; facts?: Record<string, unknown> }) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = options.status;
    this.facts = options.facts ?? {};
  }
}

/** Whether the server could not be reached at all, or was down behind its proxy: worth another try. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504);
}

/** What to tell a person about anything that was thrown. */
export function wordsOf(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  return 'Something went wrong. Nothing was changed.';
}

/** Reads the server's problem document; anything else becomes a plain sentence about the status. */
export function problemOf(status: number, body: unknown): ApiError {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : undefined;
  if (error !== undefined && typeof error['code'] === 'string' && typeof error['message'] === 'string') {
    return new ApiError(error['code'], sentence(error['message']), { status, ...(isRecord(error['facts']) ? { facts: error['facts'] } : {}) });
  }
  return new ApiError('unexpected', `The server answered with ${status}. Nothing was changed.`, { status });
}

/** The same for a call that never got an answer. */
export function unreachable(): ApiError {
  return new ApiError('unreachable', 'No connection to the server.', { status: 0 });
}

function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!…]$/.test(upper) ? upper : `${upper}.`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
