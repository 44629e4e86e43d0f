type Named = {
  id: string;
  name: string | null;
  username?: string | null;
  primaryEmail?: string | null;
  primaryPhone?: string | null;
};

const phoneText = (phone: string | null | undefined) => (phone ? `+${phone}` : undefined);

/** What a user is called on screen: the name, else whatever else they are known by. */
export const userName = ({ id, name, username, primaryEmail, primaryPhone }: Named): string =>
  name || username || primaryEmail || phoneText(primaryPhone) || id;

/** What tells a user from another of the same name. */
export const userHint = (user: Named): string | undefined => {
  const shown = userName(user);
  return [user.username, user.primaryEmail, phoneText(user.primaryPhone), user.id].find(
    (known) => known && known !== shown,
  ) as string | undefined;
};
