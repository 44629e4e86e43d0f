const characterTypes = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/];

const measures: Record<string, (password: string) => number> = {
  length: (password) => password.length,
  'character-types': (password) => characterTypes.filter((type) => type.test(password)).length,
};

function enhanceToggle(field: HTMLElement): void {
  const input = field.querySelector('input');
  const toggle = field.querySelector('button');
  if (!input || !toggle) return;
  const { title } = toggle;
  const show = (visible: boolean) => {
    input.type = visible ? 'text' : 'password';
    toggle.setAttribute('aria-pressed', String(visible));
    toggle.title = visible ? (toggle.dataset.hideTitle ?? title) : title;
  };
  toggle.hidden = false;
  toggle.addEventListener('click', () => show(input.type === 'password'));
  // Sent while it can be read, browsers would remember it among ordinary texts.
  input.form?.addEventListener('submit', () => show(false));
}

function enhanceRules(input: HTMLInputElement): void {
  const rules = document.querySelectorAll<HTMLElement>('[data-rule]');
  const judge = () => {
    for (const rule of rules) {
      const met = (measures[rule.dataset.rule ?? '']?.(input.value) ?? 0) >= Number(rule.dataset.min);
      rule.classList.toggle('lk-rule-met', met);
      rule.querySelector('.lk-visually-hidden')?.remove();
      if (met) rule.append(metNote(rule));
    }
  };
  input.addEventListener('input', judge);
  // A browser may have filled the field before this ran.
  judge();
}

/** Says to a screen reader what the tick shows. */
function metNote(rule: HTMLElement): HTMLElement {
  const note = document.createElement('span');
  note.className = 'lk-visually-hidden';
  note.textContent = ` ${rule.dataset.metText}`;
  return note;
}

/** Lets passwords be shown, and ticks off the rules of a new one while it is typed. */
export function enhancePasswords(root: Document): void {
  for (const field of root.querySelectorAll<HTMLElement>('.lk-password')) enhanceToggle(field);
  const chosen = root.querySelector<HTMLInputElement>('input[autocomplete="new-password"]');
  if (chosen) enhanceRules(chosen);
}
