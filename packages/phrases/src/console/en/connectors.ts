/** Texts of the connectors' list, of adding one and of its details. */
export const connectors = {
  title: 'Connectors',
  lead: 'Let people sign in with an account they already have.',
  back: 'Back to connectors',
  tabs: { label: 'Kinds of connectors', social: 'Social connectors' },
  list: {
    add: 'Add social connector',
    caption: 'Social connectors',
    name: 'Name',
    id: 'Connector ID',
    status: 'Sign-in page',
    inUse: 'In use',
    notInUse: 'Not in use',
    emptyTitle: 'No social connector yet',
    emptyBody: 'Add one, and your sign-in page can offer a button such as “Continue with GitLab”.',
  },
  gallery: {
    title: 'Add a social connector',
    lead: 'Choose the service whose accounts may sign in.',
    added: 'Already added',
    empty: 'This server has no social connector types.',
  },
  create: {
    title: ({ name }: { name: string }) => `Connect ${name}`,
    lead: ({ name }: { name: string }) => `Follow the steps in ${name}, and enter here what it gives you.`,
    guide: 'Set-up guide',
    values: ({ name }: { name: string }) => `Values to enter in ${name}`,
    valuesLead: 'They are final: you can register them before saving this form.',
    settings: 'Connector settings',
    save: 'Save and done',
    saved: ({ name }: { name: string }) => `${name} is connected. Add it to the sign-in page to show its button.`,
    alreadyAddedTitle: ({ name }: { name: string }) => `${name} is already connected`,
    alreadyAddedBody: 'Only one connector of this type can exist. Open it to change its settings.',
    openExisting: 'Open the connector',
    unknownTitle: 'There is no such connector type',
    unknownBody: 'This server does not know the connector type in the address.',
  },
  fields: {
    id: 'Connector ID',
    redirectUri: 'Redirect URI',
    redirectUriHint: 'The service sends people back here after they signed in.',
    syncProfile: 'Update the profile at every sign-in',
    syncProfileHint: 'On: name and avatar follow the social account. Off: they are copied once, at registration.',
    select: 'Choose',
    reveal: ({ label }: { label: string }) => `Show ${label}`,
    conceal: ({ label }: { label: string }) => `Hide ${label}`,
  },
  problems: {
    json: 'This is not valid JSON.',
    number: 'Enter a number.',
    invalid: 'The server does not accept this value.',
  },
  details: {
    inUse: 'In use on the sign-in page',
    notInUse: 'Not on the sign-in page',
    addToSignIn: 'Go to Sign-in experience',
    identity: 'Identification',
    settings: 'Settings',
    guide: 'Set-up guide',
    profile: 'Profile',
    delete: 'Delete connector',
    menu: 'More actions',
    deleted: ({ name }: { name: string }) => `${name} was deleted.`,
    deleteTitle: ({ name }: { name: string }) => `Delete ${name}?`,
    deleteBody: 'Its settings and secrets are removed for good. Nobody can sign in with it any more.',
    deleteInUse: ({ name }: { name: string }) =>
      `${name} is on your sign-in page. Its button disappears at once, and people without a password or another way to sign in are locked out.`,
    deleteConfirm: 'Delete',
    missingTitle: 'There is no such connector',
    missingBody: 'It may have been deleted in the meantime.',
  },
  factories: {
    'gitlab-universal': {
      fields: {
        baseUrl: {
          label: 'GitLab URL',
          description:
            'Only for a GitLab that you run yourself: the address of its start page. Empty means gitlab.com.',
        },
        clientId: { label: 'Application ID', description: 'GitLab shows it once the application is saved.' },
        clientSecret: { label: 'Secret', description: 'Stands below the application ID.' },
        scope: {
          label: 'Scopes',
          description: 'Separated by spaces; openid is always added. Each must be ticked in the GitLab application.',
        },
      },
      guide: [
        {
          title: 'Open GitLab’s application settings',
          body: [
            'Sign in to GitLab, open the menu behind your avatar, and choose **Edit profile**. That opens your User settings.',
            'In the left sidebar choose **Applications**, then **Add new application**.',
            'On a GitLab of your own, an administrator can also do this in the **Admin** area under **Applications**. **Trusted** skips the consent page there.',
          ],
        },
        {
          title: 'Describe the application',
          body: [
            '**Name**: what people read on GitLab’s consent page, such as the name of your product.',
            '**Redirect URI**: paste the redirect URI shown on this page, exactly as it is.',
            'Keep **Confidential** ticked.',
            '**Scopes**: tick `openid`, `profile` and `email`.',
          ],
        },
        {
          title: 'Copy the credentials',
          body: [
            'Save the application. GitLab now shows its **Application ID** and its **Secret**.',
            'Copy both into the form. GitLab shows the secret only once; **Renew secret** makes a new one.',
          ],
        },
        {
          title: 'Save, and show the button',
          body: [
            'Choose **Save and done**.',
            'Then add GitLab to **Social sign-in** under Sign-in experience → Sign-up and sign-in.',
          ],
        },
      ],
    },
  },
};
