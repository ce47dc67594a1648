// Node's https and nothing else.
import { Agent, request } from 'node:https';
import { drive, preauth, server } from './driver.js';
import { sign } from './sign.js';

const agent = new Agent({ keepAlive: true, ca: server.ca });
const path = '/auth/v2/preauth';

drive({
  call: () =>
    new Promise((resolve, reject) => {
      const { headers, body } = sign(server, 'localhost', path, preauth);
      const options = {
        agent,
        host: 'localhost',
        port: server.port,
        path,
        method: 'POST',
        headers,
      };
      const sent = request(options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve(JSON.parse(text).response.result));
      });
      sent.on('error', reject);
      sent.end(body);
    }),
});
