import { useEffect, useRef } from 'react';
import { Check, X } from 'lucide-react';
import type { ConnectionReport } from '../../../lib/shapes.js';
import styles from './connection-steps.module.css';

/** Every step of a tried connection, with what went well and what is wrong. */
export function ConnectionSteps({ report }: { report: ConnectionReport }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [report]);
  return (
    <section ref={place} className={styles['report']} data-ok={report.ok} role="status" aria-label="Test of the connection">
      <h3>{report.ok ? 'The connection works' : 'The connection does not work yet'}</h3>
      <ol>
        {report.steps.map((step) => (
          <li key={step.name} data-ok={step.ok}>
            {step.ok ? <Check size={15} aria-label="worked" /> : <X size={15} aria-label="failed" />}
            <b>{step.name}</b>
            <span>{step.detail}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
