import { IconArrowLeft } from '@tabler/icons-react';
import { TextLink } from '../../components/link.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import classes from './connectors.module.css';

/** The way from one connector to all of them. */
export function BackToConnectors() {
  const { connectors: t } = usePhrases();
  return (
    <TextLink to="/connectors/social" size="sm" mb="sm" className={classes.back}>
      <IconArrowLeft size={16} aria-hidden />
      {t.back}
    </TextLink>
  );
}
