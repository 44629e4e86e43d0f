import type { ApiAnswer, TestApp } from './harness.ts';
import { createClient, requestToken } from './protocol.ts';

/** Sends files as forms do; `app.api` takes JSON alone. */
export interface Uploader {
  /** The Authorization header of the machine that uploads. */
  authorization: string;
  upload(path: string, bytes: Uint8Array, field?: string): Promise<ApiAnswer>;
  image(bytes: Uint8Array): Promise<ApiAnswer>;
  customUi(bytes: Uint8Array): Promise<ApiAnswer>;
}

/** A machine that may call the Management API. */
export async function createUploader(app: TestApp): Promise<Uploader> {
  const machine = await createClient(app, { type: 'MachineToMachine' });
  await app.modules.tenants.grantManagementApi(app.scope(), machine.id);
  const resource = 'https://default.logto.app/api';
  const { body } = await requestToken(app, machine, { grant_type: 'client_credentials', resource, scope: 'all' });
  const authorization = `Bearer ${body.access_token}`;

  const upload = async (path: string, bytes: Uint8Array, field = 'file'): Promise<ApiAnswer> => {
    const form = new FormData();
    form.set(field, new Blob([new Uint8Array(bytes)], { type: 'text/plain' }), '../../etc/passwd');
    const response = await fetch(app.origin + path, { method: 'POST', body: form, headers: { authorization } });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return {
    authorization,
    upload,
    image: (bytes) => upload('/api/user-assets', bytes),
    customUi: (bytes) => upload('/api/sign-in-exp/default/custom-ui-assets', bytes),
  };
}
