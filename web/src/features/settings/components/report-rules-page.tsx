import { useState, type FormEvent } from 'react';
import { Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Failed, Waiting } from '../../../components/notice.js';
import { useToast } from '../../../components/toaster.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Me } from '../../../lib/shapes.js';
import { getReportRules, saveReportRules, type ReportRules } from '../api/report-rules.js';
import { SaveBar, Section, SettingsPage } from './form.js';
import styles from './form.module.css';

const mostHours = 720;

/** Who sees the reports, and when a conversation counts as solved. */
export function ReportRulesPage() {
  const api = useApi();
  const query = useQuery(getReportRules(api));
  const rules = query.data;
  return (
    <SettingsPage title="Reports" lead="Administrators see everything, leads their teams. What else holds is said here.">
      {rules !== undefined ? <Form key={`${rules.resolveHoldsHours} ${JSON.stringify(rules.reports)}`} rules={rules} /> : query.error === null ? <Waiting what="Loading" /> : <Failed error={query.error} what="This page" onRetry={() => void query.refetch()} />}
    </SettingsPage>
  );
}

function Form({ rules }: { rules: ReportRules }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const [hours, setHours] = useState(String(rules.resolveHoldsHours));
  const [reports, setReports] = useState(rules.reports);
  const typed = /^\d{1,3}$/.test(hours.trim()) ? Number(hours) : undefined;
  const sound = typed !== undefined && typed <= mostHours;
  const changed = typed !== rules.resolveHoldsHours || reports.agentsSeeOwn !== rules.reports.agentsSeeOwn || reports.hideNames !== rules.reports.hideNames;
  const save = useMutation({
    mutationFn: (next: ReportRules) => saveReportRules(api, next),
    onSuccess: (workspace) => {
      client.setQueryData(keys.settings, workspace);
      client.setQueryData<Me>(keys.me, (known) => (known === undefined ? undefined : { ...known, workspace }));
      void client.invalidateQueries({ queryKey: ['reports'] });
      toast({ text: 'Saved.' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== undefined && sound) save.mutate({ resolveHoldsHours: typed, reports });
  };
  return (
    <form onSubmit={submit} style={{ display: 'grid', gap: 32 }}>
      <Section title="Solved" help="A conversation counts as solved once it has stayed resolved for so long. One that is opened again before that was not.">
        <div className={styles['fields']}>
          <TextInput label="Hours" inputMode="numeric" description="72 hours are three days. 0 counts every resolve at once." error={sound ? undefined : `A whole number from 0 to ${mostHours}.`} value={hours} onChange={(event) => setHours(event.target.value)} />
        </div>
      </Section>
      <Section title="Who sees what" help="The same holds on the page, in the API, in files taken away and in digests.">
        <Switch label="Agents see their own figures" description="Their own waits and answers, never those of colleagues." checked={reports.agentsSeeOwn} onChange={(event) => setReports({ ...reports, agentsSeeOwn: event.currentTarget.checked })} />
        <Switch label="Hide names" description="Responders stand in reports under a made-up name that stays the same. Everybody still sees their own." checked={reports.hideNames} onChange={(event) => setReports({ ...reports, hideNames: event.currentTarget.checked })} />
      </Section>
      <SaveBar save={save} disabled={!changed || !sound} />
    </form>
  );
}
