/** What we use of d3: the packages bring no types of their own. */
declare module 'd3-scale' {
  export interface ContinuousScale {
    (value: number): number;
    domain(domain: readonly [number, number]): ContinuousScale;
    range(range: readonly [number, number]): ContinuousScale;
  }
  export function scaleLinear(): ContinuousScale;
  export function scaleSqrt(): ContinuousScale;
}
declare module 'd3-shape' {
  export interface Line<T> {
    (data: readonly T[]): string | null;
    defined(test: (datum: T) => boolean): Line<T>;
    x(of: (datum: T) => number): Line<T>;
    y(of: (datum: T) => number): Line<T>;
  }
  export function line<T>(): Line<T>;
}
