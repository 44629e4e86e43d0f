/** The hosted page where an invitee accepts, below the tenant's address. */
export const invitationPath = '/invitation';
