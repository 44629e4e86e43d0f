/** Texts of the question whether somebody may do something. */
export const authorization = {
  title: 'Why?',
  hint: 'Asks whether this is allowed, and by which roles. Choose an API, an organization or both.',
  resource: 'API resource',
  permission: 'Permission',
  organization: 'Organization',
  ask: 'Ask',
  allowed: ({ name, permission }: { name: string; permission: string }) => `${name} has “${permission}” here, by:`,
  refused: ({ name, permission }: { name: string; permission: string }) => `${name} does not have “${permission}” here`,
  byDefault: 'given to every new user',
  grantedBy: 'Roles that would give it:',
  obstacles: {
    suspended: 'The user is suspended.',
    'not-a-member': 'Is not a member of the organization.',
    'second-factor-missing': 'The organization requires a second factor, and none is set up.',
    'resource-unknown': 'There is no such API.',
    'scope-unknown': 'There is no such permission.',
    'no-role': 'None of the roles held here gives it.',
  },
};
