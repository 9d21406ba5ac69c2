/**
 * What people choose when they must choose quickly: whole passwords of twelve characters and more, and the words they
 * are built from. Our own list, made from habits (keyboard rows, counting, names, seasons, clubs) in the four languages.
 */
const keyboardRuns = [
  'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'yxcvbnm', 'zxcvbnm', 'wxcvbn', '1q2w3e4r5t6z7u8i9o0p', '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn', 'qazwsxedcrfvtgbyhnujm', 'qayWsxedcrfvtgbzhnujm', 'q1w2e3r4t5y6u7i8o9p0', 'q1w2e3r4t5z6u7i8o9p0', 'zaq12wsxcde3', '!qaz2wsx',
];
const counting = ['01234567890123456789', '98765432109876543210', '12345678901234567890', '09876543210987654321', 'abcdefghijklmnopqrstuvwxyz', 'zyxwvutsrqponmlkjihgfedcba'];

/** A password that is only one of these, repeated or with figures and signs around it, says nothing. */
export const commonWords: readonly string[] = [
  'password', 'passwort', 'passwd', 'passphrase', 'contrasena', 'contraseña', 'motdepasse', 'kennwort', 'geheim', 'secret', 'secreto', 'letmein', 'welcome', 'willkommen',
  'bienvenue', 'bienvenido', 'hello', 'hallo', 'bonjour', 'hola', 'admin', 'administrator', 'administrador', 'root', 'login', 'master', 'superuser', 'changeme', 'default',
  'support', 'service', 'helpdesk', 'inbox', 'rapport', 'customer', 'company', 'office', 'internet', 'computer', 'system', 'server', 'database', 'testing', 'test', 'demo',
  'monkey', 'dragon', 'sunshine', 'princess', 'princesa', 'football', 'fussball', 'futbol', 'baseball', 'basketball', 'superman', 'batman', 'starwars', 'pokemon', 'shadow',
  'michael', 'daniel', 'thomas', 'andreas', 'jessica', 'jennifer', 'ashley', 'charlie', 'sebastian', 'alexander', 'nicole', 'stefan', 'carlos', 'alejandro', 'julien',
  'summer', 'winter', 'spring', 'autumn', 'sommer', 'herbst', 'fruehling', 'verano', 'invierno', 'primavera', 'printemps', 'automne', 'january', 'december', 'monday', 'friday',
  'iloveyou', 'ichliebedich', 'teamo', 'jetaime', 'schatz', 'amore', 'trustno', 'whatever', 'freedom', 'forever', 'nothing', 'something', 'correcthorsebatterystaple',
  'liverpool', 'arsenal', 'chelsea', 'barcelona', 'realmadrid', 'bayern', 'dortmund', 'schalke', 'werder', 'olympique', 'berlin', 'hamburg', 'munich', 'madrid', 'london', 'paris',
  'chocolate', 'schokolade', 'cookie', 'cheese', 'banana', 'orange', 'purple', 'yellow', 'samsung', 'google', 'facebook', 'microsoft', 'windows', 'apple', 'mustang', 'mercedes',
  'porsche', 'ferrari', 'harley', 'yamaha', 'access', 'private', 'security', 'sicherheit', 'temporary', 'newpassword', 'mypassword', 'meinpasswort', 'thisismypassword', 'hello world',
  'qwerty', 'qwertz', 'azerty', 'asdf', 'asdfgh', 'abc', 'abcd', 'abcdef', 'xyz', 'foobar', 'blah', 'user', 'guest', 'gast',
];

/** Rows of keys and figures: a password cut out of one of them says nothing either. */
export const commonRuns: readonly string[] = [...keyboardRuns, ...counting].map((run) => run.toLowerCase());
