import { openExistingStore } from '../app/open-store.ts';
import { UsageError } from '../app/usage-error.ts';
import { hashPassword } from '../store/password.ts';
import { addUser, listUsers, removeUser, setPassword } from '../store/users.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, storeOptions } from './options.ts';
import { readPassword } from './read-password.ts';
import { table } from './table.ts';

const shape = {
  own: { operator: { type: 'boolean' }, json: { type: 'boolean' } },
  settings: storeOptions,
  words: ['list', 'add', 'password', 'remove', 'hash'],
} as const satisfies Shape;

export const command: Command = {
  summary: 'accounts of readers: add, password, remove',
  shape,
  help: `
Usage: courant users [--json]               list the accounts
       courant users add NAME [--operator]  add one; the password is asked for, or read from standard input
       courant users password NAME          set another password, which ends all sessions
       courant users remove NAME            remove it with its stars and marks
       courant users hash                   print the scrypt hash of a password, for OPERATOR_PASSWORD

No account is needed to read. With one, a reader follows filters and stars articles, in the browser and in apps that speak the Google
Reader API. An operator's account opens the operator's pages too.

  echo 'a long password' | courant users add anna

${settingHelp(storeOptions)}`,
  async run(argv) {
    const { words, values, settings } = parseCommand(argv, shape);
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
        if (await addUser(store.db, name ?? '', password, values.operator ? 'operator' : 'reader', new Date())) {
          console.error(
            `${name} can sign in at /account${values.operator ? ', which opens the operator pages too' : ''}.`,
          );
          return 0;
        }
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
        const users = (await listUsers(store.db)).map(({ name, role, created_at }) => ({
          name,
          role,
          since: created_at,
        }));
        if (values.json) console.log(JSON.stringify(users, null, 2));
        else
          console.log(
            table(
              ['name', 'role', 'since'],
              users.map((user) => [user.name, user.role, user.since.toISOString()]),
            ),
          );
        return 0;
      }
    }
  },
};
