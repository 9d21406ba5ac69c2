import { useId, useState } from 'react';
import { Readout } from './readout.js';
import { drawn, type LineSeries } from './line-geometry.js';
import { PointLink } from './point-link.js';
import { useArrows } from './use-arrows.js';
import { useWidth } from './use-width.js';
import styles from './line-chart.module.css';

export interface LinePoint {
  id: string;
  /** "Tue 10 Nov" */
  title: string;
  /** What is said at the point. */
  lines: readonly string[];
  href: string;
  /** Written below it. */
  tick?: string;
}

interface LineChartProps {
  /** What the chart is, for screen readers. */
  name: string;
  points: readonly LinePoint[];
  series: readonly LineSeries[];
  /** Where the highest line of the scale is; at least the highest value. */
  top: number;
  scale: readonly { at: number; label: string }[];
  height?: number;
  /** One remark at a point, if it fits there. */
  mark?: { index: number; value: number; text: string } | undefined;
  onOpen: (href: string) => void;
}

/** Lines over points that are links. The numbers stand at the point on hover and by the arrow keys. */
export function LineChart({ name, points, series, top, scale, height = 190, mark, onOpen }: LineChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const clip = useId();
  const [shown, setShown] = useState<number>();
  const arrows = useArrows(points.length);
  const place = drawn({ count: points.length, series, top, width, height, scaleLabels: scale.map((line) => line.label) });
  const markText = mark === undefined ? undefined : place.fits(mark.index, mark.text);
  const point = shown === undefined ? undefined : points[shown];
  return (
    <div ref={ref} className={styles['chart']} role="group" aria-label={`${name}. Arrow keys go from point to point, Enter opens what is behind it.`} onKeyDown={arrows.onKeyDown}>
      <svg width="100%" height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
        <clipPath id={clip}>
          <rect x="0" y="0" width={width} height={height} />
        </clipPath>
        {[{ at: 0, label: '' }, ...scale].map((line) => (
          <g key={line.at}>
            <path className={styles['rule']} d={`M${place.left} ${place.y(line.at)}H${place.right}`} />
            <text x={place.left - 8} y={place.y(line.at) + 4} textAnchor="end">
              {line.label}
            </text>
          </g>
        ))}
        {place.ticks(points.map((each) => each.tick)).map((tick) => (
          <text key={tick.index} x={tick.x} y={height - 4} textAnchor={tick.anchor}>
            {tick.text}
          </text>
        ))}
        {shown !== undefined && <path className={styles['cross']} d={`M${place.x(shown)} ${place.y(top)}V${place.y(0)}`} />}
        {place.paths.map((path) => (
          <g key={path.id} data-look={path.look} className={styles['series']}>
            <path d={path.d} clipPath={`url(#${clip})`} />
            {path.alone.filter((dot) => dot.y >= 0).map((dot) => (
              <circle key={dot.x} cx={dot.x} cy={dot.y} r={path.look === 'before' ? 1.4 : 2.4} />
            ))}
            {path.name !== undefined && (
              <text x={place.right + 7} y={path.nameY}>
                {path.name}
              </text>
            )}
          </g>
        ))}
        {shown !== undefined && series.map((each) => dotOf(each, shown, place))}
        {mark !== undefined && (
          <g className={styles['mark']}>
            <circle cx={place.x(mark.index)} cy={place.y(mark.value)} r={4.5} />
            {markText !== undefined && (
              <text x={markText.x} y={place.y(mark.value) + 4} textAnchor={markText.anchor}>
                {mark.text}
              </text>
            )}
          </g>
        )}
      </svg>
      {points.map((each, index) => (
        <PointLink
          key={each.id} href={each.href} onOpen={onOpen} label={`${each.title}: ${each.lines.join(', ')}`} className={styles['hit']} tabIndex={index === arrows.at ? 0 : -1} place={String(index)}
          style={{ left: place.hit(index).left, width: place.hit(index).width, height: height - 20 }}
          onShow={() => { setShown(index); arrows.setAt(index); }} onHide={() => setShown(undefined)}
        />
      ))}
      {point !== undefined && shown !== undefined && <Readout x={place.x(shown)} width={width} title={point.title} lines={point.lines} />}
    </div>
  );
}

function dotOf(series: LineSeries, index: number, place: ReturnType<typeof drawn>) {
  const value = series.values[index];
  if (value === undefined || place.y(value) < 0) return null;
  return (
    <g key={series.id} data-look={series.look} className={styles['series']}>
      <circle cx={place.x(index)} cy={place.y(value)} r={3.5} />
    </g>
  );
}
