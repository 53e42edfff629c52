import { text } from 'node:stream/consumers';
import { openExistingStore } from '../app/open-store.ts';
import { UsageError } from '../app/usage-error.ts';
import { hashPassword } from '../store/password.ts';
import { addUser, listUsers, removeUser, setPassword } from '../store/users.ts';
import type { Command } from './command.ts';
import { parseCommand, settingHelp, storeOptions } from './options.ts';
import { table } from './table.ts';

const shortest = 8;

export const command: Command = {
  summary: 'accounts of readers: add, password, remove',
  help: `
Usage: courant users                        list the accounts
       courant users add NAME [--operator]  add one; the password is read from standard input
       courant users password NAME          set another password, which ends all sessions
       courant users remove NAME            remove it with its stars and marks
       courant users hash                   print the scrypt hash of a password, for OPERATOR_PASSWORD

No account is needed to read. With one, a reader follows filters and stars articles, in the browser and in apps that speak the Google
Reader API. An operator's account opens the operator's pages too.

  echo 'a long password' | courant users add anna

${settingHelp(storeOptions)}`,
  async run(argv) {
    const { words, values, settings } = parseCommand(argv, {
      own: { operator: { type: 'boolean' } },
      settings: storeOptions,
      words: true,
    });
    const [verb = 'list', name, ...more] = words;
    if (verb === 'hash') {
      console.log(await hashPassword(await readPassword()));
      return 0;
    }
    if (!['list', 'add', 'password', 'remove'].includes(verb))
      throw new UsageError(`users knows add, password, remove and hash, not '${verb}'.`);
    if (verb !== 'list' && (name === undefined || !/^[\p{L}\p{N}._@-]{1,60}$/u.test(name)))
      throw new UsageError(
        'the name of the account is missing, or holds other signs than letters, digits, . _ @ and -',
      );
    if (more.length > 0) throw new UsageError(`one name at a time; '${more[0]}' is one too many`);
    const password = verb === 'add' || verb === 'password' ? await readPassword() : '';
    await using store = await openExistingStore(settings);
    switch (verb) {
      case 'add':
        if (await addUser(store.db, name ?? '', password, values.operator ? 'operator' : 'reader', new Date()))
          return 0;
        throw new UsageError(
          `there is an account '${name}' already; 'courant users password ${name}' sets its password`,
        );
      case 'password':
        if (await setPassword(store.db, name ?? '', password)) return 0;
        throw new UsageError(`there is no account '${name}'`);
      case 'remove':
        if (await removeUser(store.db, name ?? '')) return 0;
        throw new UsageError(`there is no account '${name}'`);
      default: {
        const rows = (await listUsers(store.db)).map((user) => [user.name, user.role, user.created_at.toISOString()]);
        console.log(table(['name', 'role', 'since'], rows));
        return 0;
      }
    }
  },
};

/** The first line of standard input. @throws UsageError when it is too short */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) console.error('Password (a line, then Ctrl-D):');
  const password = (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? '';
  if (password.length < shortest)
    throw new UsageError(`the password has ${password.length} characters; take ${shortest} or more`);
  return password;
}
