import { CopyField } from './copy-field.js';
import { Section } from './form.js';

/** The line that puts the bubble on a site. */
export function EmbedCode({ code }: { code: string }) {
  return (
    <Section title="On your site" help="Put this line before </body> on every page that shall have the bubble, and name the site below.">
      <CopyField text={code} label="Embed code" />
    </Section>
  );
}
