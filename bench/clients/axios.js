// axios as it comes, with an agent that keeps connections.
import { Agent } from 'node:https';
import axios from 'axios';
import { drive, preauth, server } from './driver.js';
import { sign } from './sign.js';

const httpsAgent = new Agent({ keepAlive: true, ca: server.ca });
const url = `https://localhost:${server.port}/auth/v2/preauth`;

drive({
  call: async () => {
    const { headers, body } = sign(server, 'localhost', '/auth/v2/preauth', preauth);
    const { data } = await axios.post(url, body, { headers, httpsAgent });
    return data.response.result;
  },
});
