/**
 * Waits for an effect: calls `check` until it returns something truthy, and returns that. Throws with the last error or
 * value when `timeoutMs` (10 s) has passed.
 */
export async function waitFor<T>(check: () => T | Promise<T>, options: { timeoutMs?: number; what?: string; everyMs?: number } = {}): Promise<NonNullable<T>> {
  const deadline = performance.now() + (options.timeoutMs ?? 10_000);
  let last: unknown;
  for (;;) {
    try {
      last = await check();
      if (last) return last as NonNullable<T>;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      const seen = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`${options.what ?? 'the effect'} did not come; last seen: ${seen}`);
    }
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 15));
  }
}
