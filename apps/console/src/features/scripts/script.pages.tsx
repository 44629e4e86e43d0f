import { getRouteApi } from '@tanstack/react-router';
import { BackLink } from '../../components/back-link.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { ScriptEditor } from './script-editor.tsx';
import { actionSlots, claimsSlots } from './slots.ts';

const claimsRoute = getRouteApi('/signed-in/customize-jwt/$tokenType');
const actionRoute = getRouteApi('/signed-in/actions/$action');

/** The script for the claims of one kind of token. */
export function ClaimsScriptPage() {
  const { scripts: t } = usePhrases();
  const { tokenType } = claimsRoute.useParams();
  return (
    <ScriptEditor
      slot={claimsSlots[tokenType]}
      above={<BackLink to="/customize-jwt">{t.claimsTitle}</BackLink>}
      listPath="/customize-jwt"
    />
  );
}

/** One script that takes part in a sign-in. */
export function ActionScriptPage() {
  const { scripts: t } = usePhrases();
  const { action } = actionRoute.useParams();
  return (
    <ScriptEditor
      slot={actionSlots[action]}
      above={<BackLink to="/actions">{t.actionsTitle}</BackLink>}
      listPath="/actions"
    />
  );
}
