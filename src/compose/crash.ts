/**
 * For tests: the process kills itself the first time it comes to the named point, as a power cut would. `name#3` waits
 * for the third time.
 */
export function createCrashAt(point: string | undefined): (name: string) => void {
  if (point === undefined) return () => undefined;
  const [wanted, count = '1'] = point.split('#');
  let left = Number(count);
  return (name) => {
    if (name !== wanted) return;
    left -= 1;
    if (left <= 0) process.kill(process.pid, 'SIGKILL');
  };
}
