import { logoRequest, parseLogoResponse } from '../../duo/endpoints/logo.ts';
import { ask, map } from '../../duo/plan.ts';
import { defineCommand } from '../command.ts';
import { output } from '../entry.ts';

const name = 'duo-logo.png';

// A PNG begins with these bytes.
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const duoLogo = defineCommand({
  name: 'duo-logo',
  description: 'Returns the logo of the account, as the Duo prompt shows it.',
  arguments: {},
  outputs: [
    output('Duo.Logo.Name', 'Name of the file.'),
    output('Duo.Logo.Size', 'Size of the file in bytes.', 'Number'),
  ],
  returnsFile: true,
  examples: ['!duo-logo'],
  samples: [{ responses: [new Uint8Array(pngSignature)] }],
  plan: () =>
    map(ask(logoRequest(), parseLogoResponse), ({ png }) => ({
      readable: {
        title: 'Duo logo: the logo of the account',
        rows: [{ File: name, Size: `${png.length} bytes` }],
      },
      contents: '',
      context: { 'Duo.Logo': { Name: name, Size: png.length } },
      file: { name, bytes: png },
    })),
});
