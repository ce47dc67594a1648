import { type ApiRequest, apiRequest } from '../request.ts';

export interface AuthStatusParams {
  readonly txid: string;
}

/** Where does a transaction stand? Duo holds the answer back until the status changes. */
export const authStatusRequest = ({ txid }: AuthStatusParams): ApiRequest =>
  apiRequest('auth_status', 'GET', { txid }, { holdsOpen: true });
