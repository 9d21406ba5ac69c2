import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { useMe } from '../../../lib/cache/use-me.js';
import { changeLanguage } from '../api/account.js';
import { languages } from '../model/languages.js';
import { Section, Select } from './form.js';
import styles from './form.module.css';

/** In which language reports by e-mail come to oneself. */
export function MailLanguageSection() {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const me = useMe();
  const save = useMutation({
    mutationFn: (value: string) => changeLanguage(api, languages.find((language) => language.value === value)?.value ?? null),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.me });
      toast({ text: 'Saved.' });
    },
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  const house = languages.find((language) => language.value === me.workspace.defaultLanguage)?.label ?? 'English';
  return (
    <Section title="Mails to you" help="Reports that are sent to you by e-mail.">
      <div className={styles['fields']}>
        <Select label="Language" value={me.preferences.language ?? ''} disabled={save.isPending} choices={[{ value: '', label: `As the company: ${house}` }, ...languages]} onChange={(value) => save.mutate(value)} />
      </div>
    </Section>
  );
}
