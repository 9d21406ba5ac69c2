import type { Asking, ReportQuery } from '../api.js';
import type { Language } from '../../inbox/model/people.js';
import type { Reports } from '../shapes.js';
import { chartSize, trendChart } from './chart.js';
import { htmlOf } from './mail-html.js';
import { textOf } from './mail-text.js';
import { storyOf } from './story.js';
import { voiceIn } from './voice.js';

export interface DigestMail {
  subject: string;
  text: string;
  html: string;
  /** `cid`: what the HTML names it by. */
  pictures: { cid: string; name: string; mime: string; bytes: Uint8Array }[];
}

export interface DigestContext {
  /** The digest's own name. */
  name: string;
  publicUrl: string;
  /** English when absent. */
  language?: Language;
  /** PNG of an SVG, twice as fine as that width. */
  draw: (svg: string, width: number) => Promise<Uint8Array>;
}

const shownOwed = 10;
const cid = 'trend@rapport';

/** One recipient's mail: everything in it is asked for with their own scope. Does IO. Throws what the source throws. */
export async function makeDigest(source: Pick<Reports, 'report' | 'receipts'>, asking: Asking, query: ReportQuery, context: DigestContext): Promise<DigestMail> {
  const report = await source.report(asking, query);
  const owed = await source.receipts(asking, query, { pick: 'owed:1', sort: 'longest', limit: shownOwed });
  const story = storyOf({ report, owed }, query, context);
  const bytes = await context.draw(trendChart(report.trend, report.time, voiceIn(context.language ?? 'en')), chartSize.width);
  return { subject: `${story.headline}${story.words.colon}${story.period}`, text: textOf(story), html: htmlOf(story, { cid, ...chartSize }), pictures: [{ cid, name: 'trend.png', mime: 'image/png', bytes }] };
}
