import type { AuthStatusResponse } from '../../duo/endpoints/auth-status.ts';
import type { EntryContext } from '../result.ts';
import { authResponse, transactionKey, transactionState } from './auth-context.ts';

/** What an answer to `duo-authenticate-status` writes. */
export const statusContext = (txid: string, reply: AuthStatusResponse): EntryContext => ({
  'Duo.AuthenticateStatus': { Response: authResponse(reply), TxID: txid },
  [transactionKey]: transactionState(txid, reply),
});
