/** Digits of other scripts, as a Japanese or Arabic keyboard types them, are digits too. */
function plainDigits(text: string): string {
  return text.normalize('NFKC').replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));
}

/**
 * A whole code that is pasted, or filled in by the phone, is sent at once; once, so that a wrong one can be mended.
 * One that is typed is not: whoever types also presses the button, and would press one of the next page.
 */
function enhanceCode(input: HTMLInputElement): void {
  const length = Number(input.dataset.code);
  let isSent = false;
  let before = 0;
  input.addEventListener('input', () => {
    const digits = plainDigits(input.value).replace(/\D/g, '').slice(0, length);
    if (digits !== input.value) input.value = digits;
    const isFilledIn = digits.length - before > 1;
    before = digits.length;
    if (digits.length < length || isSent || !isFilledIn) return;
    isSent = true;
    input.form?.requestSubmit();
  });
}

/** The button says how long until another code can be sent. */
function countDown(button: HTMLButtonElement): void {
  const { resendAfter, resendIn = '' } = button.dataset;
  const label = button.textContent ?? '';
  const end = Date.now() + Number(resendAfter) * 1000;
  const tick = () => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    const isOver = seconds <= 0 || !button.isConnected;
    button.disabled = !isOver;
    button.textContent = isOver ? label : resendIn.replace('#', String(seconds));
    if (isOver) clearInterval(timer);
  };
  const timer = setInterval(tick, 1000);
  tick();
}

/** Fields for codes, and buttons for new ones. */
export function enhanceCodes(root: Document): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('input[data-code]')) enhanceCode(input);
  for (const button of root.querySelectorAll<HTMLButtonElement>('button[data-resend-after]')) countDown(button);
}
