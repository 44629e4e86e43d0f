type FormRequest = {
  method: string | undefined;
  headers: Record<string, string>;
  body: FormData;
  onProgress: (part: number) => void;
};

/** Sends a form as `fetch` would, which does not tell how far it is: this hears which part has been sent, from 0 to 1. */
export function sendForm(url: string, { method = 'POST', headers, body, onProgress }: FormRequest): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      resolve(new Response(status === 204 ? null : responseText, { status }));
    });
    // What `fetch` rejects with when no answer arrives, and what readers are told by.
    request.addEventListener('error', () => reject(new TypeError('Failed to send the form')));
    request.send(body);
  });
}
