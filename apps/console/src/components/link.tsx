import {
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  UnstyledButton,
  type UnstyledButtonProps,
} from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Attributes = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps | keyof AnchorProps | 'href'>;

/** A button that is a link inside the Console. */
export const LinkButton = createLink(
  ({ ref, ...props }: ButtonProps & Attributes & { ref?: Ref<HTMLAnchorElement> }) => (
    <Button component="a" ref={ref} {...props} />
  ),
);

/** A text link inside the Console. */
export const TextLink = createLink(({ ref, ...props }: AnchorProps & Attributes & { ref?: Ref<HTMLAnchorElement> }) => (
  <Anchor ref={ref} {...props} />
));

/** The name of a list's row, which leads to what the row is about. */
export const NameLink = createLink(({ ref, ...props }: AnchorProps & Attributes & { ref?: Ref<HTMLAnchorElement> }) => (
  <Anchor ref={ref} fw={600} c="var(--mantine-color-text)" {...props} />
));

/** A whole card that is a link inside the Console. */
export const CardLink = createLink(
  ({ ref, ...props }: UnstyledButtonProps & Attributes & { ref?: Ref<HTMLAnchorElement> }) => (
    <UnstyledButton component="a" ref={ref} {...props} />
  ),
);
