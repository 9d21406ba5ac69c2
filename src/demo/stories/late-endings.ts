import type { DemoLanguage } from '../world/days.js';

/** How the desk answers what it left lying; only ever said days too late. */
export const lateAnswers: Record<DemoLanguage, string[]> = {
  en: [
    'Hello {first}, I am sorry for the late answer; your message was handed from one desk to the other. Yes, everything is on its way, and you have it this week.\n\n{agent}',
    '{first}, you waited too long for this, and I apologise. I have looked into it myself: it is settled, and the confirmation is in your account.\n\nBest, {agent}',
    'Hello {first}, this should have been answered days ago. It is done now. If anything is still missing, write to me directly.\n\n{agent}',
    'Sorry for the silence, {first}. The short answer is yes. The longer one: we had two colleagues ill and an order of forty bikes.\n\n{agent}',
  ],
  de: [
    'Hallo {first}, bitte entschuldigen Sie die späte Antwort, Ihre Nachricht lag beim falschen Team. Ja, es ist unterwegs und diese Woche bei Ihnen.\n\n{agent}',
    '{first}, Sie haben zu lange gewartet, das tut mir leid. Ich habe selbst nachgesehen: es ist erledigt, die Bestätigung liegt in Ihrem Konto.\n\nViele Grüße, {agent}',
    'Hallo {first}, das hätte längst beantwortet sein müssen. Jetzt ist es geklärt. Fehlt noch etwas, schreiben Sie mir direkt.\n\n{agent}',
    'Entschuldigung für die Funkstille, {first}. Die kurze Antwort ist: ja. Die lange: zwei Kranke und ein Auftrag über vierzig Räder.\n\n{agent}',
  ],
  fr: [
    'Bonjour {first}, pardon pour cette réponse tardive : votre message était resté dans le mauvais service. C\'est réglé, vous recevrez la confirmation demain.\n\n{agent}',
    '{first}, vous avez trop attendu, toutes mes excuses. J\'ai vérifié moi-même : oui, et cette semaine encore.\n\nBien à vous, {agent}',
  ],
  es: [
    'Hola {first}, perdón por la tardanza: el mensaje se quedó en el equipo equivocado. Ya está resuelto y mañana recibe la confirmación.\n\n{agent}',
    '{first}, ha esperado demasiado y lo siento. Lo he mirado yo: sí, y esta misma semana.\n\nUn saludo, {agent}',
  ],
};
