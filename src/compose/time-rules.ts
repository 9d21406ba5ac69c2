import type { TimeRules } from '../inbox/hours/place.js';
import type { AllCollections } from '../store/collections/collections.js';
import { makeFirstCalendars } from './first-calendars.js';

const hourMs = 3_600_000;
/** A resolve counts once it has held for so long, unless the settings say otherwise. */
export const defaultHoldHours = 72;

/**
 * Calendars, targets and the settings that times are reckoned by, in memory. Whoever changes one of them in the store
 * calls `reload` afterwards.
 */
export class TimeBook {
  private asked = 0;
  private shown = 0;

  private constructor(private readonly c: Pick<AllCollections, 'calendars' | 'targets' | 'settings'>, private held: TimeRules) {}

  /** Makes the first calendars where there are none yet. */
  static async open(c: Pick<AllCollections, 'calendars' | 'targets' | 'settings' | 'teams'>): Promise<TimeBook> {
    await makeFirstCalendars(c);
    return new TimeBook(c, await readRules(c));
  }

  /** As they are now; the same object until the next `reload`. */
  readonly rules = (): TimeRules => this.held;

  async reload(): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const rules = await readRules(this.c);
    // Of two at once the one that began later knows more.
    if (mine < this.shown) return;
    this.shown = mine;
    this.held = rules;
  }
}

async function readRules(c: Pick<AllCollections, 'calendars' | 'targets' | 'settings'>): Promise<TimeRules> {
  const [calendars, targets, workspace] = await Promise.all([c.calendars.all(), c.targets.all(), c.settings.workspace()]);
  return {
    calendars, targets: targets.filter((target) => target.on),
    defaultMinutes: workspace.answerTargetMinutes, resolveHoldsMs: (workspace.resolveHoldsHours ?? defaultHoldHours) * hourMs,
  };
}
