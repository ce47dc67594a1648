// A client in a process of its own, because Node reads NODE_EXTRA_CA_CERTS once, when it starts. It asks the
// servers that its arguments name, and prints what each came to.
import { DuoClient, type NetworkError } from '../../../src/index.ts';
import { keys } from '../../../testing/keys.ts';

const [caFile, ...hostnames] = process.argv.slice(3);

for (const hostname of hostnames) {
  const duo = new DuoClient({ hostname, ...keys, caFile });
  const outcome = await duo.auth({ username: 'alice', factor: 'push' }).then(
    ({ result }) => result,
    ({ kind }: NetworkError) => kind,
  );
  process.stdout.write(`${outcome}\n`);
}
