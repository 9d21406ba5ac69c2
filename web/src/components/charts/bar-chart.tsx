import { useState } from 'react';
import { scaleLinear } from 'd3-scale';
import { PointLink } from './point-link.js';
import { Readout } from './readout.js';
import { useArrows } from './use-arrows.js';
import { useWidth } from './use-width.js';
import styles from './bar-chart.module.css';

export interface Bar {
  id: string;
  value: number;
  /** Written at its left edge: where the class begins. */
  edge: string;
  title: string;
  lines: readonly string[];
  href: string;
}

interface BarChartProps {
  name: string;
  bars: readonly Bar[];
  height?: number;
  onOpen: (href: string) => void;
}

/** How often, in classes. The count stands above each bar where it has room. */
export function BarChart({ name, bars, height = 132, onOpen }: BarChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>(400);
  const [shown, setShown] = useState<number>();
  const arrows = useArrows(bars.length);
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const step = width / Math.max(1, bars.length);
  const y = scaleLinear().domain([0, most]).range([height - 20, 16]);
  const every = Math.max(1, Math.ceil((Math.max(1, ...bars.map((bar) => bar.edge.length)) * 5.9 + 8) / step));
  const point = shown === undefined ? undefined : bars[shown];
  return (
    <div ref={ref} className={styles['chart']} role="group" aria-label={`${name}. Arrow keys go from bar to bar, Enter opens what is behind it.`} onKeyDown={arrows.onKeyDown}>
      <svg width="100%" height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
        {bars.map((bar, index) => (
          <g key={bar.id}>
            <rect className={styles['bar']} data-on={shown === index || undefined} x={index * step + 1.5} width={Math.max(1, step - 3)} y={y(bar.value)} height={Math.max(0, height - 20 - y(bar.value))} rx={2} />
            {step >= 22 && bar.value > 0 && (
              <text className={styles['count']} x={index * step + step / 2} y={y(bar.value) - 5} textAnchor="middle">
                {bar.value}
              </text>
            )}
            {index % every === 0 && (
              <text x={index * step + 1.5} y={height - 4}>
                {bar.edge}
              </text>
            )}
          </g>
        ))}
        <path className={styles['rule']} d={`M0 ${height - 20}H${width}`} />
      </svg>
      {bars.map((bar, index) => (
        <PointLink
          key={bar.id} href={bar.href} onOpen={onOpen} label={`${bar.title}: ${bar.lines.join(', ')}`} className={styles['hit']} tabIndex={index === arrows.at ? 0 : -1} place={String(index)}
          style={{ left: index * step, width: step, height: height - 20 }} onShow={() => { setShown(index); arrows.setAt(index); }} onHide={() => setShown(undefined)}
        />
      ))}
      {point !== undefined && shown !== undefined && <Readout x={(shown + 0.5) * step} width={width} title={point.title} lines={point.lines} />}
    </div>
  );
}
