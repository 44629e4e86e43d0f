import type { Connector, ConnectorFactory } from '@latchkey/server/contract';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { InlineMarkup } from '../applications/guide/inline-markup.tsx';
import { inLanguage } from './connector-texts.ts';

/** How a connector of a standard calls itself: its factory only knows the standard's name. */
export interface Presentation {
  target: string;
  name: string;
  logo: string;
  logoDark: string;
}

const TARGET = /^[\w.-]{1,128}$/;
const isAddress = (text: string) =>
  text === '' || (URL.canParse(text) && /^(https?|data):$/.test(new URL(text).protocol));

const presentationOf = (connector: Connector | undefined): Presentation => ({
  target: connector?.target ?? '',
  name: inLanguage(connector?.metadata.name ?? {}, 'en'),
  logo: connector?.metadata.logo ?? '',
  logoDark: connector?.metadata.logoDark ?? '',
});

/** State of the fields; `connector` is the one there is. A connector that people know by its service has none of them. */
export function usePresentationForm(factory: Pick<ConnectorFactory, 'isStandard'>, connector?: Connector) {
  const { connectors, shell } = usePhrases();
  const [values, setValues] = useState(() => presentationOf(connector));
  const [errors, setErrors] = useState<Partial<Record<keyof Presentation, string>>>({});
  const applies = factory.isStandard === true;

  const problems = (): typeof errors => ({
    ...(!TARGET.test(values.target) && {
      target: values.target === '' ? shell.form.required : connectors.look.targetWrong,
    }),
    ...(values.name.trim() === '' && { name: shell.form.required }),
    ...(!isAddress(values.logo) && { logo: connectors.look.addressWrong }),
    ...(!isAddress(values.logoDark) && { logoDark: connectors.look.addressWrong }),
  });

  return {
    applies,
    values,
    errors,
    dirty: JSON.stringify(values) !== JSON.stringify(presentationOf(connector)),
    change(change: Partial<Presentation>) {
      setValues((current) => ({ ...current, ...change }));
      setErrors({});
    },
    reset: (saved?: Connector) => setValues(presentationOf(saved)),
    /** True when what is typed can be sent; else it is shown what is wrong. */
    check(): boolean {
      const found = applies ? problems() : {};
      setErrors(found);
      return Object.keys(found).length === 0;
    },
    /** The part of the request that says it; the name's other languages are left as they are. */
    toBody(): { metadata?: Connector['metadata'] } {
      if (!applies) return {};
      const { target, name, logo, logoDark } = values;
      return {
        metadata: {
          target,
          name: { ...connector?.metadata.name, en: name.trim() },
          logo: logo.trim(),
          logoDark: logoDark.trim() || null,
        },
      };
    },
  };
}

type Props = { form: ReturnType<typeof usePresentationForm>; isNew?: boolean };

/** Target, name and logos of a connector that speaks a standard. */
export function PresentationFields({ form, isNew = false }: Props) {
  const { look: t } = usePhrases().connectors;
  if (!form.applies) return null;
  const { values, errors, change } = form;
  const shared = (member: keyof Presentation) => ({
    value: values[member],
    error: errors[member],
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => change({ [member]: event.currentTarget.value }),
  });
  return (
    <Section title={t.title} description={t.lead}>
      <TextInput
        {...shared('target')}
        label={t.target}
        description={<InlineMarkup text={isNew ? t.targetHint : t.targetFixed} />}
        required={isNew}
        readOnly={!isNew}
      />
      <TextInput {...shared('name')} label={t.name} description={t.nameHint} required />
      <TextInput {...shared('logo')} label={t.logo} description={t.logoHint} inputMode="url" />
      <TextInput {...shared('logoDark')} label={t.logoDark} description={t.logoDarkHint} inputMode="url" />
    </Section>
  );
}
