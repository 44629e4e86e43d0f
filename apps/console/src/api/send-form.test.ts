import { afterEach, expect, it, vi } from 'vitest';
import { sendForm } from './send-form.ts';

type Outcome = { status: number; responseText: string } | 'lost';

/** A request that answers once it is sent, and the newest of them. */
function answerWith(outcome: Outcome) {
  const sent: { url?: string; method?: string; headers: Record<string, string>; form?: FormData } = { headers: {} };
  class Request extends EventTarget {
    status = 0;
    responseText = '';
    upload = new EventTarget();
    open(method: string, url: string) {
      Object.assign(sent, { method, url });
    }
    setRequestHeader(name: string, value: string) {
      sent.headers[name] = value;
    }
    send(form: FormData) {
      sent.form = form;
      this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: 1, total: 4 }));
      if (outcome === 'lost') return this.dispatchEvent(new Event('error'));
      Object.assign(this, outcome);
      return this.dispatchEvent(new Event('load'));
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request);
  return sent;
}

afterEach(() => vi.unstubAllGlobals());

const body = new FormData();
body.append('file', new File(['logo'], 'logo.svg', { type: 'image/svg+xml' }));

it('sends the form, and tells how far it is', async () => {
  const sent = answerWith({ status: 200, responseText: '{"url":"u"}' });
  const parts: number[] = [];
  const onProgress = (part: number) => parts.push(part);
  const request = { method: 'POST', headers: { authorization: 'Bearer t' }, body, onProgress };
  const response = await sendForm('https://id.example.com/api/user-assets', request);
  expect(await response.json()).toEqual({ url: 'u' });
  expect(sent).toMatchObject({ url: 'https://id.example.com/api/user-assets', headers: { authorization: 'Bearer t' } });
  expect(sent.form).toBe(body);
  expect(parts).toEqual([0.25]);
});

it('rejects as fetch does when no answer arrives', async () => {
  answerWith('lost');
  await expect(
    sendForm('https://id.example.com/', { method: 'POST', headers: {}, body, onProgress: () => undefined }),
  ).rejects.toBeInstanceOf(TypeError);
});
