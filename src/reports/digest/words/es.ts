import type { DigestWords } from './words.js';

export const es: DigestWords = {
  language: 'es', locale: 'es-ES',
  colon: ': ',
  units: { second: 's', minute: 'min', hour: 'h', day: 'd' },
  headline: { nobody: 'Nadie ha esperado una respuesta', fewer: 'Menos de la mitad de los clientes tenía ya una respuesta', half: (length) => `La mitad de los clientes tuvo una respuesta en ${length}` },
  figures: { half: 'La mitad de los respondidos, en', nine: '9 de cada 10 de los respondidos, en', within: 'Dentro del objetivo', waits: 'Esperas', owed: 'Debemos una respuesta ahora' },
  withinOf: (within, decided) => `${within} de ${decided} esperas`,
  before: (value) => `${value} antes`,
  stillOpen: (count) => `${count} abiertas todavía`,
  customers: (count, shown) => (count === 1 ? '1 cliente' : `${shown} clientes`),
  oldest: (length) => `la espera más larga dura ${length}`,
  over: (count) => `${count} fuera del objetivo`,
  inPublic: (count) => `${count} en público`,
  nobodyYet: 'nadie todavía',
  notSoMany: 'todavía no tantos, con quienes siguen esperando',
  withWaiting: (length) => `${length} con quienes siguen esperando`,
  asBefore: 'como antes',
  faster: (length) => `${length} menos`,
  slower: (length) => `${length} más`,
  none: 'ninguna',
  kinds: { first: 'primeras respuestas', next: 'respuestas siguientes', any: 'todas las respuestas' },
  clocks: { business: 'horario de apertura', calendar: 'tiempo de calendario' },
  scopes: { everything: 'todos los equipos', teams: 'sus equipos', own: 'sus propias respuestas' },
  daysIn: (zone) => `días en la zona ${zone}`,
  trend: {
    title: 'Evolución', note: (of, compared) => `lo que tardó en haber respuesta para 9 de cada 10, y para la mitad; por ${of === 'day' ? 'día' : 'semana'}${compared ? '; a trazos: el periodo anterior' : ''}`,
    nine: '9 de 10', half: 'mitad', empty: 'Ninguna respuesta en este periodo', inWords: (days) => `Lo que tardó en haber respuesta para 9 de cada 10, por día. ${days}.`, noAnswer: 'ninguna respuesta', halfOf: (length) => `mitad ${length}`,
  },
  remark: {
    first: (day, length, usual) => `${day}: nueve de cada diez tuvieron una respuesta en ${length}, un día corriente en ${usual}.`,
    people: (count, weekday, usual) => `${count === 0 ? 'No respondió nadie' : count === 1 ? 'Respondió una persona' : `Respondieron ${count} personas`}, otros ${plural(weekday)} ${usual}.`,
    arrivals: (count, weekday, usual) => `${count} empezaron a esperar, otros ${plural(weekday)} ${usual}.`,
    lay: (share, holder) => `El ${share} del tiempo estuvo ${holder}.`,
    holders: { bot: 'con el bot', unassigned: 'sin responsable', agent: 'con un agente', snoozed: 'aplazado', customer: 'con el cliente' },
  },
  groups: {
    by: { team: 'equipo', responder: 'quien respondió', channel: 'canal', language: 'idioma', tag: 'etiqueta', priority: 'prioridad', hour: 'hora', weekday: 'día de la semana', customer: 'clientes nuevos y conocidos' },
    heading: (by) => `Por ${by}`, credit: 'cuenta quien responde', answered: 'Respondidas', half: 'La mitad en', nine: '9 de cada 10 en', within: 'Dentro del objetivo',
    line: ({ answered, half, nine, within }) => `${answered} respondidas, la mitad en ${half}, 9 de cada 10 en ${nine}, ${within} dentro del objetivo`,
    none: { team: 'Ningún equipo', responder: 'Sin respuesta', channel: 'Ningún canal', language: 'Desconocido', tag: 'Sin etiqueta' },
    other: { team: 'Otro equipo', responder: 'Alguien de otro equipo' },
    priorities: { low: 'Baja', normal: 'Normal', high: 'Alta', urgent: 'Urgente' }, customers: { new: 'Clientes nuevos', known: 'Clientes conocidos' },
    outside: (name) => `${name} (fuera)`, gone: { team: 'Un equipo que ya no existe', responder: 'Alguien que ya no está', channel: 'Un canal que ya no existe' },
  },
  more: (count) => `y ${count} más`,
  owed: { title: 'A quién debemos una respuesta', when: 'cuando se envió', nobody: 'Ahora nadie espera una respuesta.', waits: (length) => `espera desde hace ${length}`, over: 'fuera del objetivo' },
  open: 'Abrir el informe',
  report: (link) => `El informe: ${link}`,
  sentBy: 'Enviado por Rapport. Quién lo recibe se cambia en la página del informe, en «Take away», «Digests».',
};

/** "martes", "sábados" */
function plural(weekday: string): string {
  return weekday.endsWith('s') ? weekday : `${weekday}s`;
}
