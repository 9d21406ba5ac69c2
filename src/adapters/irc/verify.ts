/** What a nick is worth: the account that the network itself names for the author of a line, or nothing. */
export function accountOf(tags: Readonly<Record<string, string>>): string | undefined {
  const account = tags['account'];
  return account === undefined || account === '' || account === '*' ? undefined : account;
}
